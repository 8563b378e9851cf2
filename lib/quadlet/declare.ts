/** Quadlet files → what they declare. The one way out of this folder for anything that stands in a file. */
import { allOf, isTrue, lastOf, parseUnitText } from './grammar'
import { keptValue } from './kept'
import { KINDS, kindOf, type UnitKind } from './kinds'
import { isTemplate, resourceOf, serviceOf } from './names'
import { powersIn, wiringIn } from './podman-args'
import { formProblems, textProblems } from './problems'
import { referenceProblems, resolveNetworks } from './references'
import type { DeclaredNetworkSettings, DeclaredUnit, FileEntry, UnitLine, UnitProblem, UnitSource } from './types'
import { type NetworkValue, PORT_FORM, readNetwork, readPorts } from './values'
import { isBefore } from './versions'
import { splitWords } from './words'

export interface DeclareOptions {
  /** Version of the Podman that reads the files, "5.4.2"; null = the newest that is known. */
  podman: string | null
}

/**
 * Reads all files of one search path together, for they name each other. Of files with one name the first counts, as in the
 * order of the search directories. Never throws; sorted by name.
 */
export function declareUnits(sources: readonly UnitSource[], { podman }: DeclareOptions): DeclaredUnit[] {
  const units = new Map<string, DeclaredUnit>()
  const refused = new Map<string, UnitProblem>()
  for (const source of sources) {
    const [folder, name] = splitPath(source.path)
    const kind = kindOf(name)
    if (kind === null || units.has(name)) continue
    const unit = declareOne(name, kind, source, podman)
    units.set(name, unit)
    const [first] = unit.problems
    if (isRefused(unit) && first !== undefined && !refused.has(folder)) refused.set(folder, first)
  }
  for (const unit of units.values()) {
    const first = refused.get(splitPath(unit.path)[0])
    if (first !== undefined && !isRefused(unit)) units.set(unit.name, besideRefused(unit, first, podman))
  }
  // Containers, pods and kubes name networks, and containers: what those are called is known by now.
  for (const unit of units.values()) {
    const problems = referenceProblems(unit, units, podman)
    units.set(unit.name, { ...unit, problems: [...unit.problems, ...problems] })
  }
  return [...units.values()]
    .map(unit => ({ ...unit, networks: resolveNetworks(unit, units, podman) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

const splitPath = (path: string): [folder: string, name: string] => {
  const slash = path.lastIndexOf('/')
  return [path.slice(0, slash), path.slice(slash + 1)]
}

/** Whether the text of the file itself cannot be read: that is always told first. */
const isRefused = ({ path, problems: [first] }: DeclaredUnit): boolean =>
  first?.refusesText === true && first.file === path

/**
 * One file that cannot be read makes Podman skip all of its folder; up to 4.6 it went on with the others.
 * https://github.com/containers/podman/blob/v5.8.2/cmd/quadlet/main.go#L414-L421
 */
function besideRefused(unit: DeclaredUnit, { file, line }: UnitProblem, podman: string | null): DeclaredUnit {
  if (podman !== null && isBefore(podman, '4.7')) return unit
  const message = `a file beside it is refused, and Podman skips the whole folder: ${splitPath(file)[1]}`
  const problem: UnitProblem = { file, line, message, accepted: null, effect: 'skipped', besideRefused: true }
  return { ...unit, problems: [problem, ...unit.problems] }
}

/** Whether Podman makes no service of it. */
export const isSkipped = (unit: Pick<DeclaredUnit, 'problems'>): boolean =>
  unit.problems.some(problem => problem.effect === 'skipped')

function declareOne(name: string, kind: UnitKind, source: UnitSource, podman: string | null): DeclaredUnit {
  const { section } = KINDS[kind]
  const problems: UnitProblem[] = []
  if (source.unread !== undefined) {
    const message = `the file cannot be read here: ${source.unread}`
    problems.push({ file: source.path, line: null, message, accepted: null, effect: 'unread' })
  }
  const entries: FileEntry[] = []
  for (const { path, text } of [source, ...source.dropIns]) {
    const read = parseUnitText(text)
    // A file that is refused is not merged, and a unit whose own file is refused is none.
    problems.push(...textProblems(path, read, path === source.path))
    if (read.problem === null || path === source.path)
      entries.push(...read.entries.map(entry => ({ ...entry, file: path })))
  }
  const networks: { value: NetworkValue; name: null; at: UnitLine }[] = []
  const ports: DeclaredUnit['ports'][number][] = []
  for (const entry of allOf(entries, section, 'Network'))
    networks.push({ value: readNetwork(entry.value), name: null, at: lineOf(entry) })
  for (const entry of allOf(entries, section, 'PublishPort')) {
    const read = readPorts(entry.value)
    if (read !== null) ports.push({ ports: read, at: lineOf(entry) })
    else
      problems.push({
        file: entry.file,
        line: entry.line,
        message: `invalid port format in ${entry.key}`,
        accepted: `PublishPort=${PORT_FORM}`,
        effect: 'fails',
      })
  }
  // Podman reads no further than to what it refuses.
  if (problems.every(({ effect }) => effect !== 'skipped' && effect !== 'unread'))
    problems.push(...formProblems(name, kind, source.path, entries, podman))
  const pod = kind === 'container' ? (lastOf(entries, section, 'Pod')?.value ?? '') : ''
  const podmanArgs = allOf(entries, section, 'PodmanArgs').map(({ value }) => value)
  return {
    name,
    kind,
    path: source.path,
    service: serviceOf(name, kind, entries),
    isTemplate: isTemplate(name),
    resource: resourceOf(name, kind, entries),
    lines: shownLines(entries),
    problems,
    pod: pod === '' ? null : pod,
    networks: kind === 'build' ? [] : networks,
    ports,
    settings: kind === 'network' ? settingsOf(entries) : null,
    hidden: wiringIn(podmanArgs),
    powers: powersIn(podmanArgs),
  }
}

const lineOf = ({ file, line, section, key, value }: FileEntry): UnitLine => ({
  file,
  line,
  section,
  key,
  value: keptValue(section, key, value) ?? '',
})

/** Shown lines that were not taken back by an empty value after them. */
function shownLines(entries: readonly FileEntry[]): UnitLine[] {
  return entries.flatMap((entry, index) => {
    const value = keptValue(entry.section, entry.key, entry.value)
    if (value === null || value === '') return []
    const isTakenBack = entries.some(
      (later, at) => at > index && later.section === entry.section && later.key === entry.key && later.value === '',
    )
    return isTakenBack ? [] : [{ ...lineOf(entry), value }]
  })
}

function settingsOf(entries: readonly FileEntry[]): DeclaredNetworkSettings {
  const text = (key: string) => lastOf(entries, 'Network', key)?.value ?? null
  const flag = (key: string) => {
    const value = text(key)
    return value === null ? null : isTrue(value)
  }
  const all = (key: string) => allOf(entries, 'Network', key).map(({ value }) => value)
  const options = new Map<string, string>()
  let hasDockerOptions = false
  for (const value of all('Options')) {
    for (const word of splitWords(value, 'command') ?? []) {
      if (word.startsWith('com.docker.network.')) hasDockerOptions = true
      const equals = word.indexOf('=')
      if (keptValue('Network', 'Options', word) !== null) options.set(word.slice(0, equals), word.slice(equals + 1))
    }
  }
  const driver = text('Driver')
  const interfaceName = text('InterfaceName')
  return {
    driver: driver === '' ? null : driver,
    subnets: all('Subnet'),
    gateways: all('Gateway'),
    internal: flag('Internal'),
    ipv6: flag('IPv6'),
    disableDns: flag('DisableDNS'),
    interfaceName: interfaceName === '' ? null : interfaceName,
    options: [...options].map(([key, value]) => ({ key, value })),
    hasDockerOptions,
  }
}
