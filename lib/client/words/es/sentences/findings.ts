/** Messages of the rules. */
import { table } from './template'

/** That several rules end with. */
const shared = table({
  'Nothing listens in it now.': 'Ahora no escucha nada en él.',
  'It listens on {ports:list}.': 'Escucha en {ports}.',
  '{name} shares its namespace.': '{name} comparte su espacio de nombres.',
  '{names:list} share its namespace.': '{names} comparten su espacio de nombres.',
  'The host firewall was not examined.': 'El cortafuegos del host no se ha examinado.',
  'Whether the host passes it on is unknown: {because:because}.': 'No se sabe si el host lo reenvía: {because}.',
  'Whether the host passes all of it on is unknown: {because:because}.':
    'No se sabe si el host lo reenvía todo: {because}.',
  'Open to the segment of {interface}.': 'Abierto al segmento de {interface}.',
  'Open to the segments of {interfaces:list}.': 'Abierto a los segmentos de {interfaces}.',
  'Whether machines on {interfaces:list} get through is unknown: {because:because}.':
    'No se sabe si las máquinas en {interfaces} llegan: {because}.',
  'No machine on a segment of this host gets through, unless it routes by it.':
    'Ninguna máquina de un segmento de este host llega, salvo que encamine por él.',
  'Whether the engine is rootless is unknown: assuming rootful.':
    'No se sabe si el motor es rootless: se supone rootful.',
  'Latent: it does not run now, and this holds again as soon as it does.':
    'Latente: ahora no está en marcha, y esto vuelve a valer en cuanto lo esté.',
  'Measured on Podman {versions:list}: a container on another bridge reached it.':
    'Medido en Podman {versions}: un contenedor en otro bridge llegó.',
  "Measured on Podman {version} without netavark's rules: a container on another bridge reached it, isolate=strict as well.":
    'Medido en Podman {version} sin las reglas de netavark: un contenedor en otro bridge llegó, también con isolate=strict.',
  '{because:Reason}.': '{because}.',
})

const doors = table({
  '{name}: {doors:door series}.': '{name}: {doors}.',
  '{doors:door series}.': '{doors}.',
  '{name}: {doors:door series}. Nobody answers there ({because:because}).':
    '{name}: {doors}. Allí no responde nadie ({because}).',
  '{name}: {doors:door series}, and nothing listens there.': '{name}: {doors}, y allí no escucha nadie.',
  'What does listen, listens on loopback only.': 'Lo que escucha, escucha solo en loopback.',
  'Whoever reaches any address of the host can connect.':
    'Quien alcance cualquier dirección del host puede conectarse.',
  'The address is routable on the Internet.': 'La dirección es encaminable en Internet.',
  'The engine is rootless, so net.ipv4.ip_unprivileged_port_start was lowered, for every user of the host.':
    'El motor es rootless, así que se bajó net.ipv4.ip_unprivileged_port_start, para todos los usuarios del host.',
  '{services:service list} by port number: services of this kind often trust whoever connects.':
    '{services}, según el número de puerto: los servicios de este tipo suelen fiarse de quien se conecta.',
  '{services:service list} by port number.': '{services}, según el número de puerto.',
  'SSH by port number: a way to a shell beside podman exec.':
    'SSH, según el número de puerto: un camino a una shell aparte de podman exec.',
  'By port number, its answers are larger than the questions, and anybody can forge who asks.':
    'Según el número de puerto, sus respuestas son mayores que las preguntas, y cualquiera puede falsificar quién pregunta.',
  'By port number this is the API of a container engine: whoever connects runs anything as its user.':
    'Según el número de puerto, es la API de un motor de contenedores: quien se conecta ejecuta lo que sea como su usuario.',
  'rootlessport passes connections on, so it sees an internal address instead of that of the client; allow-lists by address do not work.':
    'rootlessport reenvía las conexiones, así que ve una dirección interna en lugar de la del cliente; las listas de direcciones permitidas no funcionan.',
  '{name} publishes {count} host ports: {doors:door series}.': '{name} publica {count} puertos del host: {doors}.',
  '{name} publishes every port that image {image} declares ({ports:commas}): a new image may open more.':
    '{name} publica todos los puertos que declara la imagen {image} ({ports}): una imagen nueva puede abrir más.',
  '{name} publishes every port that image {image} declares: a new image may open more.':
    '{name} publica todos los puertos que declara la imagen {image}: una imagen nueva puede abrir más.',
  '{ports:list}: {names:claim list} claim it, and who starts first gets the connections.':
    '{ports}: {names} lo reclaman, y quien arranca primero recibe las conexiones.',
  '{name} is {state}, and will publish again ({why:return}): {doors:door series}.':
    '{name} está en estado {state}, y volverá a publicar ({why}): {doors}.',
  '{name} mounts {socket} and {way:engineWay}: what it passes on to the engine was not examined.':
    '{name} monta {socket} y {way}: no se ha examinado lo que pasa al motor.',
})

const networks = table({
  '{network}: {count} groups share the default network ({names:list}), and each reaches every port of the others by address, published or not.':
    '{network}: {count} grupos comparten la red por defecto ({names}), y cada uno alcanza por dirección todos los puertos de los demás, publicados o no.',
  '{address} is used by {names:holder list} on one segment (network {network}, {interface}): who answers is a matter of chance.':
    '{address} lo usan {names} en un mismo segmento (red {network}, {interface}): quién responde es cuestión de azar.',
  '{address} is used by {names:holder list} on one segment (network {network}): who answers is a matter of chance.':
    '{address} lo usan {names} en un mismo segmento (red {network}): quién responde es cuestión de azar.',
  '{name} has {address} on the LAN (network {network}), which is also the address of {others:holder list}: what neighbours send there arrives at one of them, and nobody knows at which.':
    '{name} tiene {address} en la LAN (red {network}), que también es la dirección de {others}: lo que los vecinos envían allí llega a uno de ellos, y nadie sabe a cuál.',
  '{name} has {address} on {interface} (network {network}), which is also the address of {others:holder list}: what neighbours send there arrives at one of them, and nobody knows at which.':
    '{name} tiene {address} en {interface} (red {network}), que también es la dirección de {others}: lo que los vecinos envían allí llega a uno de ellos, y nadie sabe a cuál.',
  '{network} is {driver} and internal: its members get no default route, and are reached by everybody on the segment of its parent all the same; one with CAP_NET_ADMIN can add the route.':
    '{network} es {driver} e interna: sus miembros no reciben ruta por defecto, y aun así los alcanza cualquiera en el segmento de su interfaz padre; uno con CAP_NET_ADMIN puede añadir la ruta.',
  '{network} is {driver} and internal: its members get no default route, and are reached by everybody on the segment of {interface} all the same; one with CAP_NET_ADMIN can add the route.':
    '{network} es {driver} e interna: sus miembros no reciben ruta por defecto, y aun así los alcanza cualquiera en el segmento de {interface}; uno con CAP_NET_ADMIN puede añadir la ruta.',
  'Containers on {names:list} and other networks reach every port on {network} by {family} address, though it is internal.':
    'Los contenedores en {names} y en otras redes alcanzan todos los puertos en {network} por dirección {family}, aunque es interna.',
  'Containers on {names:list} reach every port on {network} by {family} address, though it is internal.':
    'Los contenedores en {names} alcanzan todos los puertos en {network} por dirección {family}, aunque es interna.',
  'Its bridge was there before forwarding was turned on for the host, which opened it.':
    'Su bridge ya existía antes de que se activara el reenvío en el host, y eso lo abrió.',
  'Forwarding is off on its bridge, which the kernel heeds for IPv4 only.':
    'El reenvío está desactivado en su bridge, y el núcleo solo hace caso de eso en IPv4.',
  '{name} is on {inside:list} (internal) and on {outside:list}: it is the way in and out.':
    '{name} está en {inside} (interna) y en {outside}: es el camino de entrada y de salida.',
  'It also publishes {doors:door series}.': 'Además publica {doors}.',
  '{network} uses {subnets:list}, which is routable on the Internet: whether anybody routes it here was not examined.':
    '{network} usa {subnets}, que es encaminable en Internet: no se ha examinado si alguien lo encamina hasta aquí.',
  '{network} ({driver}) names no parent: its members appear on the interface of the default route, now {interface}, which may be another one after a restart.':
    '{network} ({driver}) no nombra interfaz padre: sus miembros aparecen en la interfaz de la ruta por defecto, ahora {interface}, que puede ser otra tras un reinicio.',
  '{network} ({driver}) names no parent: its members appear on the interface of the default route, which may be another one after a restart.':
    '{network} ({driver}) no nombra interfaz padre: sus miembros aparecen en la interfaz de la ruta por defecto, que puede ser otra tras un reinicio.',
  '{name} is on {networks:list}: who takes it over stands on all of them.':
    '{name} está en {networks}: quien se haga con él está en todas ellas.',
  'It can also route between them ({powers:list}).': 'Además puede encaminar entre ellas ({powers}).',
  'isolate=true only separates it from networks that have the option as well.':
    'isolate=true solo la separa de las redes que también tienen la opción.',
  'Containers on {names:list} and other networks reach every port on {network} by address.':
    'Los contenedores en {names} y en otras redes alcanzan por dirección todos los puertos en {network}.',
  'Containers on {names:list} reach every port on {network} by address.':
    'Los contenedores en {names} alcanzan por dirección todos los puertos en {network}.',
  '{names:list} are open to each other: a container on one reaches every port on the others by address.':
    '{names} están abiertas entre sí: un contenedor en una alcanza por dirección todos los puertos en las demás.',
  '{name} (isolate=true) is open to {names:list} as well.': '{name} (isolate=true) también está abierta a {names}.',
  '{isolated:list} (isolate=true) are open to {names:list} as well.':
    '{isolated} (isolate=true) también están abiertas a {names}.',
  'A machine on the segment of {interface} that routes container subnets through this host reaches every port on {networks:list}, published or not.':
    'Una máquina en el segmento de {interface} que encamina las subredes de contenedores por este host alcanza todos los puertos en {networks}, publicados o no.',
  'A machine on the segments of {interfaces:list} that routes container subnets through this host reaches every port on {networks:list}, published or not.':
    'Una máquina en los segmentos de {interfaces} que encamina las subredes de contenedores por este host alcanza todos los puertos en {networks}, publicados o no.',
  'Measured on Podman {versions:list}: reached, isolate=strict as well; only internal networks were not.':
    'Medido en Podman {versions}: se llegó, también con isolate=strict; solo a las redes internas no.',
  'Listening there without being published: {open:openPort list}.': 'A la escucha allí sin estar publicado: {open}.',
  'Other firewall rules than those of netavark were not examined.':
    'No se han examinado otras reglas de cortafuegos que las de netavark.',
  'Members of {network} route {routes:route list}.': 'Los miembros de {network} encaminan {routes}.',
  '{network} has driver {driver}: who reaches whom on it is unknown, not shut.':
    '{network} tiene el controlador {driver}: quién llega a quién en ella no se sabe; no está cerrada.',
  '{network} uses bridge (unnamed) as it is: members are reached on every port by whatever is on it.':
    '{network} usa un bridge (sin nombre) tal como está: cualquiera que esté en él alcanza a los miembros en todos los puertos.',
  '{network} uses bridge {bridge} as it is: members are reached on every port by whatever is on it.':
    '{network} usa el bridge {bridge} tal como está: cualquiera que esté en él alcanza a los miembros en todos los puertos.',
  '{network} uses bridge {bridge} as it is: members are reached on every port by whatever is on it, and {ports:commas} is a port of it.':
    '{network} usa el bridge {bridge} tal como está: cualquiera que esté en él alcanza a los miembros en todos los puertos, y {ports} es un puerto suyo.',
  'Published ports do nothing there.': 'Allí los puertos publicados no hacen nada.',
  "{name} is {places:lanPlace both}: every port it listens on is open to {who:lanNeighbour}, published or not, and the host's firewall does not see it.":
    '{name} es {places}: todo puerto en el que escucha está abierto {who}, publicado o no, y el cortafuegos del host no lo ve.',
  'Whether machines on {interfaces:list} reach it is unknown: {because:because}.':
    'No se sabe si las máquinas en {interfaces} lo alcanzan: {because}.',
})

const namespaces = table({
  '{name} knows the host as {aliases:alias list}.': '{name} conoce el host como {aliases}.',
  '{name} listens on {sockets:list} of the host: whoever reaches the host can connect.':
    '{name} escucha en {sockets} del host: quien alcance el host puede conectarse.',
  "{name} runs in the host's network namespace with {powers:list}: it can sniff, forge and redirect the host's traffic, and change its addresses, routes and firewall.":
    '{name} está en el espacio de nombres de red del host con {powers}: puede espiar, falsificar y desviar el tráfico del host, y cambiar sus direcciones, rutas y cortafuegos.',
  "{name} runs in the host's network namespace: it sees every host interface and every service on localhost, and what it listens on is open on the host itself, without a published port.":
    '{name} está en el espacio de nombres de red del host: ve todas las interfaces del host y todos los servicios en localhost, y aquello en lo que escucha está abierto en el propio host, sin puerto publicado.',
  "{name} runs in the host's network namespace (inherited from {origin:origin}): it sees every host interface and every service on localhost, and what it listens on is open on the host itself, without a published port.":
    '{name} está en el espacio de nombres de red del host (heredado de: {origin}): ve todas las interfaces del host y todos los servicios en localhost, y aquello en lo que escucha está abierto en el propio host, sin puerto publicado.',
  "{name} shares the host's IPC namespace: it can read and write the shared memory of processes on the host.":
    '{name} comparte el espacio de nombres IPC del host: puede leer y escribir la memoria compartida de los procesos del host.',
  "{name} shares the host's process namespace: it sees every process with its arguments and, as root, their files and network through /proc.":
    '{name} comparte el espacio de nombres de procesos del host: ve todos los procesos con sus argumentos y, como root, sus ficheros y su red a través de /proc.',
  '{name} uses the network of a container that is gone: they share localhost, addresses and ports.':
    '{name} usa la red de un contenedor que ya no existe: comparten localhost, direcciones y puertos.',
  '{name} uses the network of {owner}: they share localhost, addresses and ports.':
    '{name} usa la red de {owner}: comparten localhost, direcciones y puertos.',
  "{name} is in {path}, which is the host's network namespace.":
    '{name} está en {path}, que es el espacio de nombres de red del host.',
  '{name} is in {path}: who made it, and what it is connected to, is not seen here.':
    '{name} está en {path}: quién lo creó, y a qué está conectado, no se ve desde aquí.',
  "{name} was created with {mode} {options:list}: services that listen on the host's 127.0.0.1 may be reached from it.":
    '{name} se creó con {mode} {options}: los servicios que escuchan en el 127.0.0.1 del host pueden ser accesibles desde él.',
  'Which ones listen there was not examined.': 'No se ha examinado cuáles escuchan allí.',
  "{name} has {device} and CAP_NET_ADMIN: it can carry other networks' traffic, which no picture of this host shows.":
    '{name} tiene {device} y CAP_NET_ADMIN: puede transportar el tráfico de otras redes, que ninguna imagen de este host muestra.',
  "{name} has {device}: with CAP_NET_ADMIN it could carry other networks' traffic.":
    '{name} tiene {device}: con CAP_NET_ADMIN podría transportar el tráfico de otras redes.',
  'Podwire {open:openness}: whoever reaches it sees all of this.': 'Podwire {open}: quien lo alcance ve todo esto.',
})

const privileges = table({
  '{name} has {capability}, which Podman does not give by itself: it can change its addresses and routes, and take the place of others on the networks it is on.':
    '{name} tiene {capability}, que Podman no concede por sí mismo: puede cambiar sus direcciones y rutas, y ocupar el lugar de otros en las redes en las que está.',
  '{name} has {capability}, which Podman does not give by itself: it can forge ARP and DNS answers on the networks it is on, and so take the place of others.':
    '{name} tiene {capability}, que Podman no concede por sí mismo: puede falsificar respuestas ARP y DNS en las redes en las que está, y ocupar así el lugar de otros.',
  '{name} runs with {options:list}: a flaw in it is easier to use against the host.':
    '{name} corre con {options}: un fallo en él es más fácil de aprovechar contra el host.',
  '{name} has {mounts:mount commas}.': '{name} tiene {mounts}.',
  'Whoever connects to it runs anything as {power:hostPower}.':
    'Quien se conecta a él ejecuta lo que sea como {power}.',
  'Engine sockets stand below it, and whoever connects to one runs anything as the user of that engine.':
    'Por debajo hay sockets del motor, y quien se conecta a uno ejecuta lo que sea como el usuario de ese motor.',
  'A read-only mount does not hinder that.': 'Un montaje de solo lectura no lo impide.',
  'outside → {step:step} → {powers:power list} → {power:hostPower}.': 'fuera → {step} → {powers} → {power}.',
  'A single flaw in what listens there is enough.': 'Basta un solo fallo en lo que escucha allí.',
  'What it listens on is open on the host itself.': 'Aquello en lo que escucha está abierto en el propio host.',
  'It stands on the LAN by {driver} network {network}.': 'Está en la LAN por la red {driver} {network}.',
  'It stands on {interface} by {driver} network {network}.': 'Está en {interface} por la red {driver} {network}.',
  '{name} has {capabilities:list}: with known techniques, root in it becomes {power:hostPower}.':
    '{name} tiene {capabilities}: con técnicas conocidas, el root de dentro se convierte en {power}.',
  '{name} can write {paths:list}: it can change the networks that are shown here.':
    '{name} puede escribir en {paths}: puede cambiar las redes que aquí se muestran.',
  "{name} is reached from outside and has no user namespace: root in it is the host's root, less its capabilities.":
    '{name} es accesible desde fuera y no tiene espacio de nombres de usuario: el root de dentro es el root del host, menos sus capacidades.',
  '{name} is privileged: every capability, every device of the host, and no seccomp or SELinux confinement.':
    '{name} es privilegiado: todas las capacidades, todos los dispositivos del host, y sin confinamiento de seccomp ni de SELinux.',
  'Whoever is root in it becomes {power:hostPower}.': 'Quien sea root en él se convierte en {power}.',
  '{name} has {mounts:volume list}: it can change the system it runs on.':
    '{name} tiene {mounts}: puede cambiar el sistema en el que corre.',
  '{name} has {mounts:volume list}: it can read the system it runs on.':
    '{name} tiene {mounts}: puede leer el sistema en el que corre.',
  'What {name} mounts below {paths:list} appears on the host as well.':
    'Lo que {name} monta por debajo de {paths} aparece también en el host.',
})

const files = table({
  '{name} could not be examined: {why:because}. Its exposure is unknown.':
    '{name} no se ha podido examinar: {why}. Su exposición no se sabe.',
  '{name} was read earlier: {why:because}. Its findings are those of the last answer.':
    '{name} se leyó antes: {why}. Sus hallazgos son los de la última respuesta.',
  '{path}: {problems:said}. What runs was made before.': '{path}: {problems}. Lo que corre se creó antes.',
  '{path}: {problems:said}. What runs was made before, and does not start again.':
    '{path}: {problems}. Lo que corre se creó antes, y no vuelve a arrancar.',
  '{path}: {problems:said}. Podman makes no service of it.':
    '{path}: {problems}. Podman no hace de él ningún servicio.',
  '{path}: {problems:said}. Its service does not start.': '{path}: {problems}. Su servicio no arranca.',
  '{path}: {problems:said}. It is started without that.': '{path}: {problems}. Arranca sin eso.',
  'With it, Podman skips {names:list}.': 'Con él, Podman se salta {names}.',
  '{path} was changed after {name} was made of it; what runs may not be what it says.':
    '{path} se cambió después de crear {name} a partir de él; lo que corre puede no ser lo que dice.',
  '{path} says {file:setting}; {network} has {live:setting}. Podman leaves a network that is there as it is.':
    '{path} dice {file}; {network} tiene {live}. Podman deja una red que ya existe tal como está.',
  '{path} says {file:text}; {network} has {live:text}. Podman leaves a network that is there as it is.':
    '{path} dice {file}; {network} tiene {live}. Podman deja una red que ya existe tal como está.',
  '{ports}: {units:list} publish it, and who starts first gets it.':
    '{ports}: {units} lo publican, y se lo queda quien arranca primero.',
  '{path} says {file:setting series}. {name} runs with {live:setting series}.':
    '{path} dice {file}. {name} corre con {live}.',
})

export const findings = { ...shared, ...doors, ...networks, ...namespaces, ...privileges, ...files }
