/** Refusals and remarks of what if. */
import { table } from './template'

export const whatIf = table({
  'Neither another network nor another port is asked for.': 'No se pide ni otra red ni otro puerto.',
  '{name}: {problem:said}, so what it has now is not known.':
    '{name}: {problem}, así que no se sabe lo que tiene ahora.',
  '{name} uses the network of pod {pod}: ask for pod:{same}.':
    '{name} usa la red del pod {pod}: pregunte por pod:{same}.',
  '{name} uses the network namespace of {owner}: ask for container:{same}.':
    '{name} usa el espacio de nombres de red de {owner}: pregunte por container:{same}.',
  'Which network namespace {name} is in is not known.': 'No se sabe en qué espacio de nombres de red está {name}.',
  'Whether this Podman is rootless, which decides what private means, is not known.':
    'No se sabe si este Podman es rootless, que es lo que decide qué significa private.',
  'There is no network {network} on this host.': 'No hay ninguna red {network} en este host.',
  '{name} is no name that Podman accepts for a network.': '{name} no es un nombre que Podman acepte para una red.',
  'There is a network {network} on this host already.': 'Ya hay una red {network} en este host.',
  'isolate is true, false or strict, not {value}.': 'isolate es true, false o strict, no {value}.',
  'isolate=strict needs netavark 1.7 or later; its version is not known.':
    'isolate=strict necesita netavark 1.7 o posterior; no se sabe su versión.',
  'isolate=strict needs netavark 1.7 or later; this is {version}.':
    'isolate=strict necesita netavark 1.7 o posterior; este es {version}.',
  'Network {network} is {driver}: a rootless Podman has no interface of the host to put it on.':
    'La red {network} es {driver}: un Podman rootless no tiene interfaz del host sobre la que ponerla.',
  'Driver {driver} of network {network} is not known here.':
    'Aquí no se conoce el controlador {driver} de la red {network}.',
  '{address} is no IP address.': '{address} no es una dirección IP.',
  '{address} is in no subnet of network {network} ({subnets:commas}).':
    '{address} no está en ninguna subred de la red {network} ({subnets}).',
  '{address} is in no subnet of network {network}.': '{address} no está en ninguna subred de la red {network}.',
  '{address} is the address of the subnet itself, or its broadcast address.':
    '{address} es la dirección de la propia subred, o la de difusión.',
  '{address} is taken already.': '{address} ya está ocupada.',
  'Port {port} is asked for twice.': 'El puerto {port} se pide dos veces.',
  '{name} publishes no port {port}.': '{name} no publica ningún puerto {port}.',
  'Podman publishes nothing in host mode: port {port} would be discarded.':
    'Podman no publica nada en modo host: el puerto {port} se descartaría.',
  'Podman publishes nothing without a network: port {port} would be discarded.':
    'Podman no publica nada sin red: el puerto {port} se descartaría.',
  'Podman publishes nothing into a namespace of somebody else: port {port} would be discarded.':
    'Podman no publica nada hacia un espacio de nombres ajeno: el puerto {port} se descartaría.',
  '{mode} does not forward SCTP.': '{mode} no reenvía SCTP.',
  'No interface of the host has {address}.': 'Ninguna interfaz del host tiene {address}.',
  'A rootless Podman may bind ports from {port} on only (net.ipv4.ip_unprivileged_port_start).':
    'Un Podman rootless solo puede ligar puertos desde el {port} (net.ipv4.ip_unprivileged_port_start).',
  'Port {port} is taken on that address already, by {holder:said}.':
    'El puerto {port} ya está ocupado en esa dirección, por {holder}.',
  'Whether port {port} can be bound is not known: {holder:said} has it for the other family, or for both.':
    'No se sabe si el puerto {port} se puede ligar: {holder} lo tiene para la otra familia, o para ambas.',
  'Port {port} is published by {name} already.': 'El puerto {port} ya lo publica {name}.',
  'Port {port} is in use on the host.': 'El puerto {port} está en uso en el host.',
  'Port {port} is in use on the host by {process}.': 'El puerto {port} está en uso en el host por {process}.',
  'Which address of network {network} Podman gives to it is not known; a free one is assumed.':
    'No se sabe qué dirección de la red {network} le da Podman; se supone una libre.',
  'Which address it gets on network {network} is not known.': 'No se sabe qué dirección recibe en la red {network}.',
  'Which subnet Podman gives to {network} is not known.': 'No se sabe qué subred da Podman a {network}.',
  'Podman gives {network} the first free subnet of its pool; {subnet} is assumed.':
    'Podman da a {network} la primera subred libre de su reserva; se supone {subnet}.',
  'Who asks for it by name is not known; on network {network} its name has an answer.':
    'No se sabe quién pregunta por su nombre; en la red {network} su nombre tiene respuesta.',
  'What listens in {name} now is assumed to listen there too.':
    'Se supone que lo que ahora escucha en {name} escucha también allí.',
  'What {name} listens on is not known: {because:because}.': 'No se sabe en qué escucha {name}: {because}.',
  'Its socket at {socket} is bound to an address that it has no longer; whether it opens is not known.':
    'Su socket en {socket} está ligado a una dirección que ya no tiene; no se sabe si se abre.',
  'Its socket at {address} port {port} is bound to an address that it has no longer; whether it opens is not known.':
    'Su socket en {address}, puerto {port}, está ligado a una dirección que ya no tiene; no se sabe si se abre.',
  'Its socket at port {port} does not open: a process of the host has that port.':
    'Su socket en el puerto {port} no se abre: un proceso del host tiene ese puerto.',
  'Its socket at port {port} does not open: {holder} has that port.':
    'Su socket en el puerto {port} no se abre: {holder} tiene ese puerto.',
  'Podman discards its published ports with network {mode}: the lines that publish them go.':
    'Podman descarta sus puertos publicados con la red {mode}: las líneas que los publican desaparecen.',
  '{names:list} would move with it, and are created again after it.':
    '{names} se trasladarían con él, y se crean de nuevo tras él.',
  '{name} does not run: nothing of this is so before it is started.':
    '{name} no está en marcha: nada de esto es así hasta que arranque.',
  'For this Podman private is {mode}.': 'Para este Podman, private es {mode}.',
  'netavark turns IP forwarding on, which sets the switch of every interface anew.':
    'netavark activa el reenvío IP, lo que restablece el interruptor de cada interfaz.',
})
