/** Reasons of reach: why who gets to whom, and why not. */
import { table } from './template'

const ends = table({
  'they share one network namespace, so localhost is enough':
    'comparten un espacio de nombres de red, así que basta localhost',
  '{name:end} is not running ({state})': '{name} no está en marcha ({state})',
  '{name:end} has no network but its own loopback': '{name} no tiene más red que su propio loopback',
  '{name:end} has no address there that Podman knows (DHCP, or it is just starting)':
    '{name} no tiene allí ninguna dirección que Podman conozca (DHCP, o está arrancando)',
  '{name:end} is not fully known: {detail:because}': '{name} no se conoce del todo: {detail}',
  'it runs its own engine, and a network of that may have the same addresses':
    'tiene su propio motor en marcha, y una red de este puede tener las mismas direcciones',
  '{name:end} uses a namespace that Podman did not make; what it is connected to is not known':
    '{name} usa un espacio de nombres que Podman no creó; no se sabe a qué está conectado',
  '{name:end} has no {family} address': '{name} no tiene dirección {family}',
  '{name:end} has no route there': '{name} no tiene ruta hasta allí',
  '{name:end} has no default route, so its answers do not leave':
    '{name} no tiene ruta por defecto, así que sus respuestas no salen',
  '{name:end} answers by {network}, past the host, and not the way the question came':
    '{name} responde por {network}, sin pasar por el host, y no por donde vino la pregunta',
  "{name:end} is on a bridge inside of the user's rootless namespace, which only its published ports open":
    '{name} está en un bridge dentro del espacio de nombres rootless del usuario, que solo abren sus puertos publicados',
  '{name:end} is behind {mode}: no address of its own, only published ports lead in':
    '{name} está detrás de {mode}: no tiene dirección propia, solo se entra por puertos publicados',
})

const networks = table({
  'both are on network {network}': 'ambos están en la red {network}',
  'both are on one network': 'ambos están en una misma red',
  'both stand on the segment of {interface}': 'ambos están en el segmento de {interface}',
  '{network} is macvlan in private mode: its members see the outside, never each other or other children of the parent':
    '{network} es macvlan en modo private: sus miembros ven el exterior, nunca entre sí ni a otros hijos de la interfaz padre',
  '{network} is macvlan in vepa mode: only a switch that reflects frames connects its members':
    '{network} es macvlan en modo vepa: solo un conmutador que devuelva las tramas conecta a sus miembros',
  '{network} is macvlan in passthru mode: one member alone has the parent':
    '{network} es macvlan en modo passthru: un solo miembro tiene la interfaz padre',
  '{network} is ipvlan in a routed mode: nobody finds its members without a route by this host':
    '{network} es ipvlan en un modo encaminado: nadie encuentra a sus miembros sin una ruta por este host',
  '{network} stands on a parent interface that is not known, and the kernel passes nothing between a parent and its own children':
    '{network} está sobre una interfaz padre que no se conoce, y el núcleo no pasa nada entre una interfaz padre y sus propios hijos',
  '{network} stands on {parent}, and the kernel passes nothing between a parent and its own children':
    '{network} está sobre {parent}, y el núcleo no pasa nada entre una interfaz padre y sus propios hijos',
  'its packets leave to the network outside by {network}; this host brings them no further, unless a router outside sends them back':
    'sus paquetes salen a la red de fuera por {network}; este host no los lleva más lejos, salvo que un router de fuera los devuelva',
  '{network} is internal: its members have no route out, and the host forwards nothing from it':
    '{network} es interna: sus miembros no tienen ruta de salida, y el host no reenvía nada desde ella',
  '{network} is internal: nothing but the host and its own members reaches it':
    '{network} es interna: solo la alcanzan el host y sus propios miembros',
  '{network} is internal, but the host forwards {family} to it and from it: its bridge was there when forwarding was turned on for the host':
    '{network} es interna, pero el host reenvía {family} hacia ella y desde ella: su bridge ya existía cuando se activó el reenvío en el host',
  '{network} is internal, but the host forwards {family} to it and from it: the kernel has one switch for all interfaces':
    '{network} es interna, pero el host reenvía {family} hacia ella y desde ella: el núcleo tiene un solo interruptor para todas las interfaces',
  '{network} is internal; whether the host forwards {family} to it all the same is not known':
    '{network} es interna; no se sabe si el host reenvía {family} hacia ella de todos modos',
  'it is on an internal network, which has no way out': 'está en una red interna, que no tiene salida',
  'the other is on an internal network, which nobody enters': 'el otro está en una red interna, en la que nadie entra',
  'the host does not forward packets (net.ipv4.ip_forward and net.ipv6.conf.all.forwarding say so)':
    'el host no reenvía paquetes (lo dicen net.ipv4.ip_forward y net.ipv6.conf.all.forwarding)',
  "netavark's firewall rules are not in the kernel, so the host forwards between bridges whatever isolate says":
    'las reglas de cortafuegos de netavark no están en el núcleo, así que el host reenvía entre bridges diga lo que diga isolate',
  'the host forwards between {one} and {other} ({because:because})':
    'el host reenvía entre {one} y {other} ({because})',
  'the host forwards between their networks': 'el host reenvía entre sus redes',
  'isolation stops it between {one} and {other} ({because:because})':
    'el aislamiento lo impide entre {one} y {other} ({because})',
  'isolation between their networks': 'aislamiento entre sus redes',
  'whether {one} and {other} are isolated is not known ({because:because})':
    'no se sabe si {one} y {other} están aisladas ({because})',
  'whether their networks are isolated is not known': 'no se sabe si sus redes están aisladas',
  '{network} is an unmanaged bridge: whoever runs it decides where its packets go':
    '{network} es un bridge no gestionado: quien lo administra decide adónde van sus paquetes',
  '{network} is an unmanaged bridge with the host as its gateway: the host forwards, and no isolation rule names it':
    '{network} es un bridge no gestionado con el host como pasarela: el host reenvía, y ninguna regla de aislamiento lo nombra',
  '{one} and {other} share the bridge {bridge}; how the host routes between its VLANs is not known':
    '{one} y {other} comparten el bridge {bridge}; no se sabe cómo encamina el host entre sus VLAN',
  '{network} has a routing table of its own (vrf)': '{network} tiene una tabla de rutas propia (vrf)',
  '{network} is on a VLAN of its bridge; whether the host has an address on that VLAN is not known':
    '{network} está en una VLAN de su bridge; no se sabe si el host tiene una dirección en esa VLAN',
  '{network} uses the driver {driver}, whose behaviour is not known':
    '{network} usa el controlador {driver}, cuyo comportamiento no se conoce',
  "network {network} is not in Podman's list": 'la red {network} no está en la lista de Podman',
  'several ways are equally good ({networks:commas}) and they do not agree; which one the kernel takes changes, or is not known':
    'varios caminos son igual de buenos ({networks}) y no coinciden; cuál toma el núcleo cambia, o no se sabe',
})

const host = table({
  'the host has an address on {network}; isolation and internal do not concern it':
    'el host tiene una dirección en {network}; ni el aislamiento ni internal le afectan',
  'the host has an address on its network': 'el host tiene una dirección en su red',
  'the host has no address on the bridge of {network}': 'el host no tiene dirección en el bridge de {network}',
  'whether the host has an address on {network} is not known': 'no se sabe si el host tiene una dirección en {network}',
  'its gateway on {network} is the host, which answers there (host firewall not examined)':
    'su pasarela en {network} es el host, que responde allí (cortafuegos del host sin examinar)',
  'its gateway is the host': 'su pasarela es el host',
  'its connections leave through {mode} as connections of the host itself':
    'sus conexiones salen por {mode} como conexiones del propio host',
  'behind pasta it has a copy of the address, which leads to itself; 169.254.1.2 (host.containers.internal) leads to the host from Podman 5.3 on':
    'detrás de pasta tiene una copia de la dirección, que lleva a él mismo; 169.254.1.2 (host.containers.internal) lleva al host desde Podman 5.3',
  'behind pasta it has a copy of the host’s first address, and which others the host has is not known':
    'detrás de pasta tiene una copia de la primera dirección del host, y no se sabe qué otras tiene el host',
  'behind pasta it has a copy of every IPv6 address of the host, which leads to itself':
    'detrás de pasta tiene una copia de cada dirección IPv6 del host, que lleva a él mismo',
  'slirp4netns announces its IPv6 route, and where the kernel forwards, as between bridges, it takes no announced one':
    'slirp4netns anuncia su ruta IPv6, y donde el núcleo reenvía, como entre puentes, no acepta ninguna anunciada',
  'whether IPv6 leads from a rootless bridge through {mode} to the host is not known':
    'no se sabe si IPv6 lleva de un bridge rootless al host a través de {mode}',
  "not at the host's addresses; but its options ({options:text}) open the host's loopback under another address":
    'no en las direcciones del host; pero sus opciones ({options}) abren el loopback del host con otra dirección',
  'the host has no fitting address on {interface}': 'el host no tiene una dirección adecuada en {interface}',
})

const neighbours = table({
  'a neighbour has no route to {network}; one that routes there by this host gets through':
    'un vecino no tiene ruta hasta {network}; uno que encamine por este host llega',
  'a neighbour has no route there, unless it routes by this host':
    'un vecino no tiene ruta hasta allí, salvo que encamine por este host',
  'the host forwards to {network} for whoever routes there by it; publishing is not needed (other firewalls not examined)':
    'el host reenvía a {network} para quien encamine por él; no hace falta publicar (otros cortafuegos sin examinar)',
  'the host forwards to it for whoever routes by this host': 'el host le reenvía a quien encamine por este host',
  'it stands on the segment of {interface} (host firewall not examined)':
    'está en el segmento de {interface} (cortafuegos del host sin examinar)',
  '{network} is not on the segment of {interface}': '{network} no está en el segmento de {interface}',
  '{network} has another subnet than that segment; a router outside decides':
    '{network} tiene otra subred que ese segmento; decide un router de fuera',
})

const doors = table({
  "it is bound to {address}, which only the host's own namespace can use":
    'está ligado a {address}, que solo puede usar el propio espacio de nombres del host',
  'it is bound to {address}, which is not an address on {interface}':
    'está ligado a {address}, que no es una dirección en {interface}',
  'it is bound to {address}, and which interface has that address is not known':
    'está ligado a {address}, y no se sabe qué interfaz tiene esa dirección',
  'it is bound to {address}, of which there is a copy behind pasta that leads to itself; 169.254.1.2 (host.containers.internal) leads to the host from Podman 5.3 on':
    'está ligado a {address}, de la que hay una copia detrás de pasta que lleva a él mismo; 169.254.1.2 (host.containers.internal) lleva al host desde Podman 5.3',
  'the host passes every address, port {port}, on to it':
    'el host le reenvía el puerto {port} de todas las direcciones',
  'the host passes {address}, port {port}, on to it': 'el host le reenvía el puerto {port} de {address}',
  'it answers to {family} only': 'solo responde a {family}',
  'its own door: the bridge sends nothing back to where it came from':
    'su propio puerto publicado: el bridge no devuelve nada por donde vino',
  'its own door, on several bridges: which one is used is not known':
    'su propio puerto publicado, en varios bridges: no se sabe cuál se usa',
  'from netavark 2.1 on, connections through published ports pass isolation':
    'desde netavark 2.1, las conexiones por puertos publicados pasan el aislamiento',
  'a process of the host holds this port, so whoever reaches the host reaches it':
    'un proceso del host tiene este puerto, así que quien alcanza el host lo alcanza',
  'it listens on ::, and whether that takes IPv4 as well is not known':
    'escucha en ::, y no se sabe si eso acepta también IPv4',
  'what listens there is not known: {because:because}': 'no se sabe qué escucha allí: {because}',
})

/** How one of the two is named. */
export const endNames = table({
  'the one that asks': 'quien pregunta',
  'the one that is asked': 'el destino',
  'a neighbour': 'un vecino',
  'a machine on {interface}': 'una máquina en {interface}',
  it: 'él',
  '{name}': '{name}',
})

export const reach = { ...ends, ...networks, ...host, ...neighbours, ...doors }
