/** Reasons of the topology: doors, isolation, namespaces, sockets, and what could not be read. */
import { table } from './template'

const doors = table({
  'the state of {name} is {state}': 'el estado de {name} es {state}',
  '{name} is {state}; would open when started': '{name} está en estado {state}; se abriría al arrancar',
  '{name} is {state}': '{name} está en estado {state}',
  'inspect failed, so how it is published is not known': 'inspect falló, así que no se sabe cómo se publica',
  'Podman publishes nothing for this network mode': 'Podman no publica nada en este modo de red',
  'the container is on no network': 'el contenedor no está en ninguna red',
  'the name of a network is decided when it starts': 'el nombre de una red se decide al arrancar',
  'whether this Podman is rootless is not known': 'no se sabe si este Podman es rootless',
  '{process} does not forward SCTP': '{process} no reenvía SCTP',
  '{process} listens on the host and passes connections on': '{process} escucha en el host y reenvía las conexiones',
  'which port forwarder this rootless Podman uses is not known':
    'no se sabe qué reenviador de puertos usa este Podman rootless',
  "with rootless_port_forwarder=pasta, connections to an internal network's ports hang":
    'con rootless_port_forwarder=pasta, las conexiones a puertos de una red interna se quedan colgadas',
  'rootless_port_forwarder=pasta let some connections through and others hang':
    'rootless_port_forwarder=pasta dejó pasar unas conexiones y dejó colgadas otras',
  'the network backend is not known': 'no se sabe cuál es el backend de red',
  'network backend {backend}': 'backend de red {backend}',
  'network {network} is not in the list of networks': 'la red {network} no está en la lista de redes',
  'netavark forwards nothing to {driver} network {network}': 'netavark no reenvía nada a la red {driver} {network}',
  'driver {driver} of network {network} is not known': 'no se conoce el controlador {driver} de la red {network}',
  'network {network} is internal: Podman only reserves the port, nothing is forwarded':
    'la red {network} es interna: Podman solo reserva el puerto, no se reenvía nada',
  'bridge of network {network} is unmanaged: nothing is forwarded':
    'el bridge de la red {network} no está gestionado: no se reenvía nada',
  'network {network} is in a VRF, which was not measured': 'la red {network} está en un VRF, lo que no se ha medido',
  "netavark's rules are not in the kernel (firewall_driver=none, or flushed)":
    'las reglas de netavark no están en el núcleo (firewall_driver=none, o se vaciaron)',
  'netavark forwards nothing from the IPv6 loopback address':
    'netavark no reenvía nada desde la dirección loopback IPv6',
  'an IPv4-mapped bind address was not measured': 'una dirección IPv4 mapeada en IPv6 no se ha medido',
  'the addresses of the container are not known': 'no se conocen las direcciones del contenedor',
  'the container has no address on a network that forwards': 'el contenedor no tiene dirección en una red que reenvíe',
  'the container has no {family} address on a network that forwards':
    'el contenedor no tiene dirección {family} en una red que reenvíe',
  'IP forwarding is off on the host: only the host itself is sure to get through':
    'el reenvío IP está desactivado en el host: solo es seguro que llega el propio host',
  'netavark forwards it through {networks:commas}{rest:forwarding}': 'netavark lo reenvía por {networks}{rest}',
  'netavark forwards it through {networks:commas}': 'netavark lo reenvía por {networks}',
  'netavark before 1.6 forwards nothing that is bound to {address}':
    'netavark anterior a 1.6 no reenvía nada que esté ligado a {address}',
  'netavark before 1.6 forwards nothing that is bound to {address}, and its version is not known':
    'netavark anterior a 1.6 no reenvía nada que esté ligado a {address}, y no se sabe su versión',
  'no interface of the host has {address}': 'ninguna interfaz del host tiene {address}',
  'netavark writes its rules when the container starts': 'netavark escribe sus reglas cuando arranca el contenedor',
  '"{address}" is no IP address that is understood': '«{address}» no es una dirección IP que se entienda',
})

/** What follows the networks by which netavark forwards. */
export const forwarding = table({
  ', IPv4 only{rest:forwarding}': ', solo IPv4{rest}',
  ', IPv6 only{rest:forwarding}': ', solo IPv6{rest}',
  ', IPv4 only': ', solo IPv4',
  ', IPv6 only': ', solo IPv6',
  '; replies to its segment leave through {networks:commas}{rest:forwarding}':
    '; las respuestas a su segmento salen por {networks}{rest}',
  '; replies to its segment leave through {networks:commas}': '; las respuestas a su segmento salen por {networks}',
  ' (firewall rules not examined)': ' (reglas de cortafuegos sin examinar)',
})

const isolation = table({
  '{driver}: netavark installs no rules; members are on the segment of the parent interface':
    '{driver}: netavark no instala reglas; los miembros están en el segmento de la interfaz padre',
  'driver {driver} is not known': 'no se conoce el controlador {driver}',
  'network backend {backend} is not examined': 'el backend de red {backend} no se examina',
  'unmanaged bridge: netavark installs no rules': 'bridge no gestionado: netavark no instala reglas',
  'internal: netavark installs no rules; forwarding is off on the bridge, which stops other networks':
    'interna: netavark no instala reglas; el reenvío está desactivado en el bridge, lo que detiene a otras redes',
  'not set, and the version of netavark, which decides, is not known':
    'sin definir, y no se sabe la versión de netavark, que es la que decide',
  'not set: netavark {version} isolates strictly by default':
    'sin definir: netavark {version} aísla de forma estricta por defecto',
  'not set: netavark {version} does not isolate by default': 'sin definir: netavark {version} no aísla por defecto',
  'isolate={value}': 'isolate={value}',
  'isolate={value} is no value that netavark defines': 'isolate={value} no es un valor que netavark defina',
  'isolate=strict needs netavark 1.7 or later; its version is not known':
    'isolate=strict necesita netavark 1.7 o posterior; no se sabe su versión',
  'isolate=strict needs netavark 1.7 or later; this is {version}':
    'isolate=strict necesita netavark 1.7 o posterior; este es {version}',
})

const namespaces = table({
  'the kernel of this host is not examined': 'el núcleo de este host no se examina',
  'Podman does not say which namespace its rootless bridges are in':
    'Podman no dice en qué espacio de nombres están sus bridges rootless',
  'Podman does not say which namespace it is': 'Podman no dice qué espacio de nombres es',
  'nothing runs in it': 'no corre nada en él',
  'its sockets were not read': 'sus sockets no se han leído',
  'list and inspect disagree about its networks': 'la lista e inspect no coinciden sobre sus redes',
  'inspect failed': 'inspect falló',
  'inspect failed: {error:said}': 'inspect falló: {error}',
  'its network namespace is taken to be that of its pod': 'se supone que su espacio de nombres de red es el de su pod',
  'network mode "{mode}" is not known': 'no se conoce el modo de red «{mode}»',
  'its pod is not in the list of pods': 'su pod no está en la lista de pods',
  'pod {pod} has {count} infra containers': 'el pod {pod} tiene {count} contenedores infra',
  'what its network namespace is attached to is not known':
    'no se sabe a qué está conectado su espacio de nombres de red',
  'container:{id} does not exist': 'container:{id} no existe',
  'its network mode leads back to itself': 'su modo de red lleva de vuelta a sí mismo',
  'its network mode leads into a circle': 'su modo de red lleva a un círculo',
  'its network mode leads through more than {count} containers': 'su modo de red pasa por más de {count} contenedores',
  'runs in another network namespace than its mode says: one of its own':
    'corre en otro espacio de nombres de red que el que dice su modo: uno propio',
  "runs in another network namespace than its mode says: the host's":
    'corre en otro espacio de nombres de red que el que dice su modo: el del host',
  'runs in another network namespace than its mode says: that of {name}':
    'corre en otro espacio de nombres de red que el que dice su modo: el de {name}',
  'PodmanArgs= has {options:commas}, so its wiring is not known':
    'PodmanArgs= tiene {options}, así que no se sabe cómo está conectado',
  'these are files: there is no host': 'son ficheros: no hay host',
  'its SELinux type is {type}, which is that of QM': 'su tipo de SELinux es {type}, que es el de QM',
  'its unit is {unit}, and it runs from a root file system as QM does':
    'su unidad es {unit}, y corre desde un sistema de ficheros raíz como hace QM',
  'the outer engine does not tell the namespace of the container':
    'el motor exterior no dice el espacio de nombres del contenedor',
  'the namespace of this host was not read': 'el espacio de nombres de este host no se ha leído',
  'both are network namespace {inode}': 'ambos son el espacio de nombres de red {inode}',
  'the container is in network namespace {outer}, its engine in {inner}':
    'el contenedor está en el espacio de nombres de red {outer}, su motor en {inner}',
  'a process of the host': 'un proceso del host',
  'no such socket': 'no existe ese socket',
  'no such published port': 'no existe ese puerto publicado',
  'port mapping {outer}:{inner} is out of range': 'la asignación de puertos {outer}:{inner} está fuera de rango',
})

export const topology = { ...doors, ...isolation, ...namespaces }
