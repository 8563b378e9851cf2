/** What is wrong with a connection, and what cannot be read of a host. Commands and errors of others stay as they are. */
import { table } from './template'

const connections = table({
  'No Podman socket at {at}: {advice:advice}.': 'No hay socket de Podman en {at}: {advice}.',
  'No permission to use {at}: {advice:advice}.': 'Sin permiso para usar {at}: {advice}.',
  'Nobody listens on {at} (a stale socket file): {advice:advice}.':
    'Nadie escucha en {at} (un fichero de socket abandonado): {advice}.',
  '{at} is not a socket: point CONTAINER_HOST to the one that {command:code} names.':
    '{at} no es un socket: haga que CONTAINER_HOST apunte al que indica {command}.',
  "Something other than Podman answers on {at}: find out who with {command:code} and point CONTAINER_HOST to Podman's socket.":
    'En {at} responde algo que no es Podman: averigüe qué con {command} y haga que CONTAINER_HOST apunte al socket de Podman.',
  "Docker answers on {at}, and Podwire needs Podman's own API: {advice:advice}.":
    'En {at} responde Docker, y Podwire necesita la API propia de Podman: {advice}.',
  'Podman is hanging on {at}, with {error:said}: {advice:advice}.':
    'Podman está colgado en {at}, con {error}: {advice}.',
  'Podman broke the connection on {at} ({error:said}): see why with {command:code}.':
    'Podman cortó la conexión en {at} ({error}): vea por qué con {command}.',
  'Podman answered {request:request} on {at} with an error, {error:said}: see more with {command:code}.':
    'Podman respondió a {request} en {at} con un error, {error}: vea más con {command}.',
  'The answer to {request:request} from {at} is malformed ({error:said}): see more with {command:code}.':
    'La respuesta a {request} de {at} está mal formada ({error}): vea más con {command}.',
  'The answer to {request:request} from {at} is too large ({error:said}): see how much there is with {command:code}.':
    'La respuesta a {request} de {at} es demasiado grande ({error}): vea cuánto hay con {command}.',
  'The request to {at} was aborted by Podwire itself.': 'El propio Podwire abandonó la petición a {at}.',
  'Linux cannot connect to {uri}, a {error:said}: make a shorter one with {command:code} and set CONTAINER_HOST=unix:///tmp/podman.sock.':
    'Linux no puede conectar con {uri} ({error}): haga uno más corto con {command} y ponga CONTAINER_HOST=unix:///tmp/podman.sock.',
  'The connection {uri} is not yet supported: forward its socket with {command:code} and set CONTAINER_HOST=unix:///tmp/podman.sock.':
    'La conexión {uri} aún no se admite: reenvíe su socket con {command} y ponga CONTAINER_HOST=unix:///tmp/podman.sock.',
  'No recording at {at}: set PODWIRE_RECORDING to a file that exists.':
    'No hay grabación en {at}: ponga en PODWIRE_RECORDING un fichero que exista.',
  'No permission to read the recording {at}: allow it with {command:code}.':
    'Sin permiso para leer la grabación {at}: concédalo con {command}.',
  'The recording {at} has an error for {request:request}: {error:said}.':
    'La grabación {at} tiene un error para {request}: {error}.',
  'The recording {at} cannot be used ({error:said}): set PODWIRE_RECORDING to another one.':
    'La grabación {at} no se puede usar ({error}): ponga otra en PODWIRE_RECORDING.',
})

/** What to do, without a full stop. */
export const advice = table({
  'start one there with {command:code}': 'arranque uno allí con {command}',
  'enable it with {command:code}': 'actívelo con {command}',
  'enable it with {command:code} as user {uid}': 'actívelo con {command} como usuario {uid}',
  'start it again with {command:code}': 'arránquelo de nuevo con {command}',
  'restart it with {command:code}': 'reinícielo con {command}',
  'restart it with {command:code} as user {uid}': 'reinícielo con {command} como usuario {uid}',
  'run Podwire as its owner, or as root with {command:code}':
    'ejecute Podwire como su propietario, o como root con {command}',
  'it belongs to root, so run Podwire as root, e.g. {command:code}':
    'es de root, así que ejecute Podwire como root, p. ej. {command}',
  'it belongs to user {uid}, so run Podwire as that user, e.g. {command:code}, or as root':
    'es del usuario {uid}, así que ejecute Podwire como ese usuario, p. ej. {command}, o como root',
})

/** What was asked of the engine. */
export const requests = table({
  'a request': 'una petición',
  '{method} {path}': '{method} {path}',
  '{path}': '{path}',
})

const collecting = table({
  "The kernel's side was not read yet.": 'La parte del núcleo aún no se ha leído.',
  'Not read yet.': 'Sin leer todavía.',
  "The kernel's side could not be read: {error:said}.": 'No se pudo leer la parte del núcleo: {error}.',
  'Quadlet files could not be read: {error:said}.': 'No se pudieron leer los ficheros quadlet: {error}.',
  'The machine slept, or the Podman socket was replaced: everything is being read again.':
    'La máquina estuvo suspendida, o se sustituyó el socket de Podman: se está leyendo todo de nuevo.',
  'Podman gives no events ({why:said}), so changes are seen every {seconds} s; set events_logger="file" in containers.conf.':
    'Podman no da eventos ({why}), así que los cambios se ven cada {seconds} s; ponga events_logger="file" en containers.conf.',
  'Podman gives no events ({why:said}), so changes are seen every {seconds} s.':
    'Podman no da eventos ({why}), así que los cambios se ven cada {seconds} s.',
  'The engine was not read.': 'El motor no se ha leído.',
  'The quadlet files in the recording are malformed.': 'Los ficheros quadlet de la grabación están mal formados.',
  'The recording holds no quadlet files.': 'La grabación no contiene ficheros quadlet.',
  "The kernel's side in the recording is malformed.": 'La parte del núcleo en la grabación está mal formada.',
  "The recording holds nothing of the kernel's side.": 'La grabación no contiene nada de la parte del núcleo.',
  'Quadlet files are read on the machine of the engine only.':
    'Los ficheros quadlet solo se leen en la máquina del motor.',
  'Quadlet files are not readable here: {because:said}.': 'Los ficheros quadlet no se pueden leer aquí: {because}.',
  'Where the quadlet files are is not known: {because:said}.':
    'No se sabe dónde están los ficheros quadlet: {because}.',
  'The process that showed the host namespace ended while it was read.':
    'El proceso que mostraba el espacio de nombres del host terminó mientras se leía.',
  'Which network namespace is the host of this engine is not proven: {tried:because}.':
    'No está probado qué espacio de nombres de red es el del host de este motor: {tried}.',
})

/** Reasons of the kernel's side and of quadlet files, without a full stop. */
export const reading = table({
  'nobody looked at the processes of the containers': 'nadie ha mirado los procesos de los contenedores',
  'processes of other users are hidden here': 'aquí los procesos de otros usuarios están ocultos',
  'conmon runs among its processes': 'conmon corre entre sus procesos',
  'podman system service runs among its processes': 'podman system service corre entre sus procesos',
  'its first process ended while it was looked at': 'su primer proceso terminó mientras se miraba',
  'they end at once': 'terminan enseguida',
  'the socket file was removed': 'se eliminó el fichero del socket',
  'the recorded answer has no state': 'la respuesta grabada no tiene estado',
  'not recorded': 'no grabado',
  'drop-ins were not recorded': 'los drop-ins no se grabaron',
  'more than {count} quadlet files': 'más de {count} ficheros quadlet',
  'folders of quadlets beyond the first {count}': 'carpetas de quadlets más allá de las primeras {count}',
  'systemd is not asked: only the files are read': 'no se pregunta a systemd: solo se leen los ficheros',
  'the engine does not say whether it is rootless': 'el motor no dice si es rootless',
  'whose engine it is is not known': 'no se sabe de quién es el motor',
  'the home of user {uid} is not in /etc/passwd': 'el directorio del usuario {uid} no está en /etc/passwd',
  'the process that showed them ended while they were read': 'el proceso que los mostraba terminó mientras se leían',
  'no systemd runs there': 'allí no corre systemd',
  'no process in namespace {namespace} is visible here':
    'aquí no se ve ningún proceso del espacio de nombres {namespace}',
  "reading other users' processes needs root": 'leer procesos de otros usuarios requiere root',
  'its process ended while it was read': 'su proceso terminó mientras se leía',
  "which machine's files are this engine's is not proven ({because:said})":
    'no está probado de qué máquina son los ficheros de este motor ({because})',
  'Podwire runs in a container of this engine, and sees its own files only':
    'Podwire corre en un contenedor de este motor, y solo ve sus propios ficheros',
  'the files of process {pid} may not be looked at': 'no se permite mirar los ficheros del proceso {pid}',
  'nft is not installed or may not list rules here': 'nft no está instalado o no puede listar reglas aquí',
  'its containers were started in several network namespaces':
    'sus contenedores se arrancaron en varios espacios de nombres de red',
  'conmon is in namespace {namespace}, and host-mode containers are listed in {listed:commas}':
    'conmon está en el espacio de nombres {namespace}, y los contenedores en modo host figuran en {listed}',
  'the namespace of its conmon processes may not be read':
    'no se permite leer el espacio de nombres de sus procesos conmon',
  'no conmon of its containers is visible here': 'aquí no se ve ningún conmon de sus contenedores',
  'Podwire is no host-mode container of it': 'Podwire no es un contenedor suyo en modo host',
  'no podman or systemd process holds its socket': 'ningún proceso podman ni systemd tiene su socket',
  'no podman or systemd process that may be looked into holds its socket':
    'ningún proceso podman ni systemd que se permita mirar tiene su socket',
  'the socket tables of namespace {namespace} could not be read ({error:said})':
    'no se pudieron leer las tablas de sockets del espacio de nombres {namespace} ({error})',
  'entering another network namespace needs root': 'entrar en otro espacio de nombres de red requiere root',
  'the recording holds no {what:said}': 'la grabación no contiene {what}',
})

/** What the kernel's side could not be asked. */
export const kernel = table({
  'its routes could not be read ({code})': 'no se pudieron leer sus rutas ({code})',
  'its IPv6 routes could not be read ({code})': 'no se pudieron leer sus rutas IPv6 ({code})',
  'firewalld holds the rules': 'firewalld guarda las reglas',
  'legacy iptables could not be read': 'no se pudo leer iptables legacy',
  'legacy iptables has tables, and iptables-save is not there to read them':
    'iptables legacy tiene tablas, y no está iptables-save para leerlas',
  '/proc/sys/net/ipv4/conf could not be read in the host namespace':
    'no se pudo leer /proc/sys/net/ipv4/conf en el espacio de nombres del host',
  'nft did not list the rules of published ports': 'nft no listó las reglas de los puertos publicados',
  'listing firewall rules needs root': 'listar reglas de cortafuegos requiere root',
  'ip printed no JSON': 'ip no imprimió JSON',
  '/proc/sys/net could not be read in the host namespace':
    'no se pudo leer /proc/sys/net en el espacio de nombres del host',
  'net.ipv4.ip_unprivileged_port_start could not be read in the host namespace':
    'no se pudo leer net.ipv4.ip_unprivileged_port_start en el espacio de nombres del host',
  '{command} is not installed': '{command} no está instalado',
  '{command:code} failed ({code})': '{command} falló ({code})',
  'Podwire runs in a container, and sees its processes only': 'Podwire corre en un contenedor, y solo ve sus procesos',
  '{path} cannot be opened ({code})': '{path} no se puede abrir ({code})',
  '{path} has no root': '{path} no tiene raíz',
  '{path} is too long': '{path} es demasiado largo',
  '{path} leads through too many links': '{path} pasa por demasiados enlaces',
  '{path} leads through what is no folder': '{path} pasa por algo que no es una carpeta',
  '{path} is no socket': '{path} no es un socket',
  'too many names': 'demasiados nombres',
  'it is no regular file': 'no es un fichero regular',
  'it is larger than {count} bytes': 'tiene más de {count} bytes',
})

export const hosts = { ...connections, ...collecting }
