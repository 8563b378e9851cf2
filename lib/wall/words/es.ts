import { legend } from '@/lib/client/words/es/legend'
import { map } from '@/lib/client/words/es/map'
import { page } from '@/lib/client/words/es/page'
import { rules } from '@/lib/client/words/es/rules'
import { values } from '@/lib/client/words/es/values'
import { capital, portOf } from './change'
import type { WallTexts } from '../texts'
import type { WallChange } from '../ticker'

const clock = new Intl.DateTimeFormat('es', { hour: '2-digit', minute: '2-digit' })
const number = new Intl.NumberFormat('es')
const plural = (count: number, one: string, many = `${one}s`) => `${number.format(count)} ${count === 1 ? one : many}`

const states: ReadonlyMap<string, string> = new Map([
  ...Object.entries(values.states),
  ['running, unhealthy', `${values.states.running}, enfermo`],
])
const isolation: ReadonlyMap<string, string> = new Map([
  ['none', 'ninguno'],
  ['isolated', 'aislada'],
  ['strict', 'estricto'],
  ['unknown', 'no se sabe'],
])

function changeInSpanish({ name, kind, detail }: WallChange): string {
  switch (detail.what) {
    case 'appeared':
      return kind === 'network' ? `Red nueva: ${name}` : `Nuevo: ${name}`
    case 'vanished':
      return kind === 'network' ? `La red ${name} ya no está` : `${name} ya no está`
    case 'recreated':
      return `${name} se ha creado de nuevo`
    case 'renamed':
      return `${detail.was} ahora es ${name}`
    case 'state':
      return `${name}: ${states.get(detail.is) ?? detail.is}`
    case 'joined':
      return `${name} se une a ${detail.network}`
    case 'left':
      return `${name} deja ${detail.network}`
    case 'opened':
      return `Puerto ${portOf(detail)} abierto hacia ${detail.to}`
    case 'closed':
      return `Puerto ${portOf(detail)} hacia ${detail.to} cerrado`
    case 'isolation':
      return `Aislamiento de ${name}: ${isolation.get(detail.is) ?? detail.is}`
    case 'status':
      return `${name}: ${values.statuses[detail.is]}`
    case 'finding':
      return `${capital(values.severities[detail.severity])}: ${rules[detail.ruleId] ?? detail.title} (${name})`
    case 'cleared':
      return `Resuelto: ${rules[detail.ruleId] ?? detail.title} (${name})`
  }
}

const containers = (n: number) => plural(n, 'contenedor', 'contenedores')
const networks = (n: number) => plural(n, 'red', 'redes')

export const es: WallTexts = {
  language: 'es',
  legend,
  rules,
  page,
  map: map.drawn,
  number: n => number.format(n),
  clock: time => clock.format(time),
  doors: (n, more) => (n === 1 && !more ? 'puerta al exterior' : 'puertas al exterior'),
  made: ({ published, listening, hostMode, onLan }) => [
    published === 1 ? '1 publicada' : `${published} publicadas`,
    listening === null ? 'las del host, no se sabe' : `${listening} del propio host`,
    ...(hostMode === 0 ? [] : [`${hostMode} en modo host`]),
    ...(onLan === 0 ? [] : [`${onLan} en la LAN`]),
  ],
  outside: 'Desde fuera',
  noDoors: 'Ningún puerto está abierto al exterior.',
  unknownDoors: 'Ningún puerto publicado. No se sabe en qué escucha el host.',
  moreDoors: n => `+${plural(n, 'puerta')} más`,
  published: 'publicado',
  unsure: 'no se sabe si se reenvía',
  unknownListener: 'proceso desconocido',
  severity: (severity, n) => values.counted(n, severity),
  noFindings: 'No se ha encontrado nada',
  notExamined: n => `${plural(n, 'cosa')} sin examinar`,
  size: (all, running, nets, declared) => [
    ...(declared === 0
      ? []
      : [`${containers(all)}, ${running} en marcha, en ${networks(nets)}; ${declared} más solo en ficheros`]),
    `${containers(all)}, ${running} en marcha, en ${networks(nets)}`,
    `${containers(all)}, ${networks(nets)}`,
    containers(all),
  ],
  boxes: {
    residents: 'Modo host',
    pivots: 'En varias redes',
    engines: 'Motores dentro',
    uplinks: 'Salida propia',
    none: 'Sin red',
    path: 'Espacio por ruta',
    unplaced: 'Sin red conocida',
  },
  moreChips: n => `+${n}`,
  moreBoxes: (boxes, all) => [
    `${boxes} más, con ${containers(all)}`,
    `${boxes} más, ${containers(all)}`,
    `${boxes} más`,
  ],
  live: age => [`En directo, leído hace ${age}`, `En directo, hace ${age}`, `Directo, ${age}`],
  polling: age => [`Por sondeo, leído hace ${age}`, `Por sondeo, hace ${age}`, `Sondeo, ${age}`],
  reconnecting: seconds =>
    seconds > 0 ? [`Reconectando en ${seconds} s`, `Vuelve en ${seconds} s`] : ['Reconectando'],
  connecting: 'Conectando',
  ended: 'Terminado',
  stale: 'Sin directo',
  staleAge: age => `Sin directo: de hace ${age}`,
  lastGood: 'Esta es la última imagen válida.',
  changes: 'Cambios',
  noChanges: since => `Sin cambios desde las ${since}`,
  change: changeInSpanish,
  reading: 'Leyendo los hosts',
  noServer: 'Podwire no responde. Esta pantalla sigue intentándolo.',
  noHosts: 'No se ha encontrado Podman',
  noSuchHost: host => `No hay ningún host ${host}`,
  unreachable: host => `${host} no se puede leer`,
  demo: 'Demostración: una grabación, no su máquina',
  broken: 'Esta pantalla ha fallado. Arranca de nuevo por sí sola.',
  signedOut: 'Esta pantalla ya no tiene acceso. Abra /wall#token=… de nuevo.',
  position: (nth, of) => `${nth} de ${of}`,
  title: host => `${host} – pared de Podwire`,
}
