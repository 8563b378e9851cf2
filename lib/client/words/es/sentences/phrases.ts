/** What stands within sentences: doors, mounts, powers, holders of addresses. */
import { table } from './template'

export const doors = table({
  '{inside} → every host address, port {port} (HostIp unset)':
    '{inside} → todas las direcciones del host, puerto {port} (HostIp sin definir)',
  '{inside} → every host address, ports {ports} (HostIp unset)':
    '{inside} → todas las direcciones del host, puertos {ports} (HostIp sin definir)',
  '{inside} → every host address, port {port} (HostIp {ip})':
    '{inside} → todas las direcciones del host, puerto {port} (HostIp {ip})',
  '{inside} → every host address, ports {ports} (HostIp {ip})':
    '{inside} → todas las direcciones del host, puertos {ports} (HostIp {ip})',
  '{inside} → {place}': '{inside} → {place}',
  '{count} more': '{count} más',
})

export const mounts = table({
  '{source} ({mode}) at {destination}': '{source} ({mode}) en {destination}',
})

export const volumes = table({
  '{source} → {destination} {mode}': '{source} → {destination} {mode}',
})

export const routes = table({
  '{destination} via no gateway': '{destination} sin pasarela',
  '{destination} via {gateway}': '{destination} por {gateway}',
})

export const aliases = table({ '{name} → {address}': '{name} → {address}' })

/** Who claims a port, and what it is doing. */
export const claims = table({ '{name} ({state})': '{name} ({state})' })

/** What root becomes once it is out. */
export const hostPower = table({
  'root on the host': 'root en el host',
  'the user who runs the engine': 'el usuario que ejecuta el motor',
  'the user of that engine': 'el usuario de ese motor',
})

const powerWords = table({
  'the engine socket {socket}': 'el socket del motor {socket}',
  'engine sockets below {path}': 'sockets del motor por debajo de {path}',
  'the whole host mounted writable': 'el host entero, montado con escritura',
})

/** What gives power over the host, told apart from other texts. */
export const plainPowers = table({ ...powerWords, '--{option}': '--{option}', 'CAP_{name}': 'CAP_{name}' })

/** What gives power over the host. */
export const powers = table({
  ...powerWords,
  '{option}, {next}, {other}': '{option}, {next}, {other}',
  '{option}, {next}': '{option}, {next}',
  '{option}': '{option}',
})

/** The step from outside to a container. */
export const steps = table({
  "the host's network → {name}": 'la red del host → {name}',
  '{name} (an address of the LAN)': '{name} (una dirección de la LAN)',
  '{name} ({addresses:commas})': '{name} ({addresses})',
  '{door}': '{door}',
})

/** Why somebody has an address of the LAN. */
export const lanPlaces = table({
  '{place:lanAddress} on the interface of the default route (network {network}, {driver}, mode {mode})':
    '{place} en la interfaz de la ruta por defecto (red {network}, {driver}, modo {mode})',
  '{place:lanAddress} on {parent} (network {network}, {driver}, mode {mode})':
    '{place} en {parent} (red {network}, {driver}, modo {mode})',
})

export const lanAddresses = table({
  'a machine without a known address': 'una máquina sin dirección conocida',
  '{addresses:commas}': '{addresses}',
})

/** Who reaches a machine of the LAN. */
export const lanNeighbours = table({
  'those of that segment who have a route to it': 'a los de ese segmento que tienen una ruta hasta él',
  'that segment': 'a ese segmento',
  'the segment of {interface}': 'al segmento de {interface}',
  'the segments of {interfaces:list}': 'a los segmentos de {interfaces}',
})

export const holders = table({
  "the host's {interface}": 'la interfaz {interface} del host',
  '{name}': '{name}',
})

/** By which way a container that passes an engine on is reached. */
export const engineWays = table({
  "runs in the host's network namespace": 'está en el espacio de nombres de red del host',
  'publishes {doors:door series}': 'publica {doors}',
  'is on {driver} network {network}': 'está en la red {driver} {network}',
})

export const origins = table({
  'pod {name}': 'el pod {name}',
  'another container': 'otro contenedor',
  '{name}': '{name}',
})

/** What makes a stopped container come back. */
export const returns = table({
  'unit {unit}': 'unidad {unit}',
  'restart={policy}': 'restart={policy}',
})

/** Well-known services, by port number. */
export const services = table({
  'Microsoft SQL Server': 'Microsoft SQL Server',
  'etcd peers': 'pares de etcd',
  'Kubernetes API': 'API de Kubernetes',
  'Elasticsearch nodes': 'nodos de Elasticsearch',
  'RabbitMQ management': 'administración de RabbitMQ',
  '{name} {next}': '{name} {next}',
  '{name}': '{name}',
})

/** What a file says, or what runs. */
export const settings = table({
  '{key}=not that': '{key}=(no eso)',
  '{values:list}': '{values}',
})

/** A socket that no door leads to. */
export const openPorts = table({ '{name} {port}': '{name} {port}' })

/** Why Podwire itself is open. */
export const openness = table({
  'listens on {listen} and asks for no token': 'escucha en {listen} y no pide token',
  'answers under any host name, so that any web page can ask it':
    'responde a cualquier nombre de host, de modo que cualquier página web puede preguntarle',
  'listens on {listen} and asks for no token, and answers under any host name, so that any web page can ask it':
    'escucha en {listen} y no pide token, y responde a cualquier nombre de host, de modo que cualquier página web puede preguntarle',
})

/** "This Podman" as a subject. */
export const engines = table({
  'This Podman, whose version is not known,': 'Este Podman, cuya versión no se sabe,',
  'Podman {version}': 'Podman {version}',
})
