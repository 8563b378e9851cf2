/** What no rule looked at, and why. */
import { table } from './template'

const hosts = table({
  'host firewall': 'cortafuegos del host',
  '{host} was never read: {problem:said}': '{host} no se ha leído nunca: {problem}',
  '{host} is as it was {seconds} s ago: {problem:said}': '{host} está como hace {seconds} s: {problem}',
  'it does not answer': 'no responde',
  'kernel of {host}: {reason:said}': 'núcleo de {host}: {reason}',
  'not read': 'sin leer',
  'not read yet': 'sin leer todavía',
  'nothing was read of it': 'no se ha leído nada de él',
  'which network is the default one: the engine did not say': 'cuál es la red por defecto: el motor no lo dijo',
  'network {network}: its options were not read': 'red {network}: sus opciones no se han leído',
  'network {network}: whether others reach it is not known: {because:because}':
    'red {network}: no se sabe si otros llegan a ella: {because}',
  'network {network}: {because:because}': 'red {network}: {because}',
  '{network}: whether the host itself has one of its addresses is not known':
    '{network}: no se sabe si el propio host tiene una de sus direcciones',
  'whether neighbours reach containers by route: {because:because}':
    'si los vecinos alcanzan contenedores por ruta: {because}',
  'whether neighbours reach containers by route: {names:unsure list}':
    'si los vecinos alcanzan contenedores por ruta: {names}',
  'whether the engine is rootless is not known': 'no se sabe si el motor es rootless',
  'the interfaces of the host: {reason:said}': 'las interfaces del host: {reason}',
  'the interfaces of this host: {reason:said}': 'las interfaces de este host: {reason}',
  'what listens on the host: {reason:said}': 'qué escucha en el host: {reason}',
  'what listens in {names:list}: {because:because}': 'qué escucha en {names}: {because}',
  'whether client addresses are preserved: whether the engine is rootless is not known':
    'si se conservan las direcciones de los clientes: no se sabe si el motor es rootless',
  'Podwire {open:openness}; whether it runs on this host is not known':
    'Podwire {open}; no se sabe si corre en este host',
  'quadlet files: when they were changed is not known': 'ficheros quadlet: no se sabe cuándo se cambiaron',
  'quadlet files: {note:said}': 'ficheros quadlet: {note}',
  'Nobody looked for quadlet files.': 'Nadie ha buscado ficheros quadlet.',
})

const containers = table({
  'which containers run with unmask=all: {engine:engine} may not say so':
    'qué contenedores corren con unmask=all: {engine} puede no decirlo',
  '{names:list}: {engine:engine} says IpcMode shareable of --ipc=host too':
    '{names}: {engine} dice IpcMode shareable también con --ipc=host',
  '{names:list}: {engine:engine} may say PublishAllPorts false of --publish-all too':
    '{names}: {engine} puede decir PublishAllPorts false también con --publish-all',
  "{names:list}: which of the host's listening sockets are theirs is not known":
    '{names}: no se sabe cuáles de los sockets a la escucha del host son suyos',
  "{names:list}: whether options of containers.conf, or given over the API, open the host's loopback is not known":
    '{names}: no se sabe si opciones de containers.conf, o dadas por la API, abren el loopback del host',
  '{name}: the engine does not say which capabilities it has': '{name}: el motor no dice qué capacidades tiene',
  '{name}: its mounts are not known': '{name}: no se conocen sus montajes',
  '{name}: its devices are not known': '{name}: no se conocen sus dispositivos',
  '{name}: its user namespace is not known': '{name}: no se conoce su espacio de nombres de usuario',
  '{name}: its {field} is not known': '{name}: no se conoce su {field}',
  '{name}: volumes could not be read, and a bind mount may hide behind one':
    '{name}: no se pudieron leer los volúmenes, y tras uno puede esconderse un montaje bind',
  '{name}: whether it has a user namespace depends on the engine being rootless, which is not known':
    '{name}: si tiene un espacio de nombres de usuario depende de si el motor es rootless, y eso no se sabe',
  '{name}: whether it publishes all ports is not known': '{name}: no se sabe si publica todos los puertos',
  'network {network}: PodmanArgs= of {unit} has {options:list}': 'red {network}: PodmanArgs= de {unit} tiene {options}',
  '{unit}: PodmanArgs= has {options:list}, so what it declares is not known':
    '{unit}: PodmanArgs= tiene {options}, así que no se sabe lo que declara',
  '{unit}: a template declares nothing without an instance': '{unit}: una plantilla no declara nada sin una instancia',
  '{unit}: what its YAML declares is not read': '{unit}: lo que declara su YAML no se lee',
  "{unit}: the host's port of {value} is chosen when it starts":
    '{unit}: el puerto del host de {value} se elige al arrancar',
})

const exceptions = table({
  'accepted findings: {problem:said}; every finding is shown': 'hallazgos aceptados: {problem}; se muestran todos',
  '{place:configuration}: the exception for {rule} on {subject} ended on {day}':
    '{place}: la excepción de {rule} para {subject} terminó el {day}',
  '{name}: annotation {key}: the command that created it does not have it, so it may come from the image and accepts nothing':
    '{name}: anotación {key}: la orden que lo creó no la tiene, así que puede venir de la imagen y no acepta nada',
  '{name}: annotation {key}: there is no such rule': '{name}: anotación {key}: no existe esa regla',
  '{name}: annotation {key}: this cannot be accepted': '{name}: anotación {key}: esto no se puede aceptar',
  '{name}: annotation {key}: it is longer than {count} characters, so it accepts nothing':
    '{name}: anotación {key}: tiene más de {count} caracteres, así que no acepta nada',
  '{name}: annotation {key}: it gives no reason, so it accepts nothing':
    '{name}: anotación {key}: no da ningún motivo, así que no acepta nada',
  '{name}: annotation {key}: expected "REASON" or "REASON; until=YYYY-MM-DD", so it accepts nothing':
    '{name}: anotación {key}: se esperaba «REASON» o «REASON; until=YYYY-MM-DD», así que no acepta nada',
  '{name}: annotation {key}: it ended on {day}': '{name}: anotación {key}: terminó el {day}',
  '{name}: annotation {key}: what is critical is accepted in the configuration file only':
    '{name}: anotación {key}: lo crítico solo se acepta en el fichero de configuración',
})

/** Where an exception stands. */
export const configuration = table({
  'configuration file, line {line}': 'fichero de configuración, línea {line}',
  'configuration file': 'fichero de configuración',
})

/** Whose reach is not known, and why. */
export const unsure = table({ '{name}: {because:reason series}': '{name}: {because}' })

/** Whose reason it is; tried last. */
export const named = table({ '{name}: {because:because}': '{name}: {because}' })

/** Labels of the steps on a finding's way. */
export const labels = table({
  outside: 'fuera',
  'root on the host': 'root en el host',
  'the user who runs the engine': 'el usuario que ejecuta el motor',
  '{powers:plainPower list}': '{powers}',
})

export const notes = { ...hosts, ...containers, ...exceptions }
