/** Quadlet files → what they declare. The one way out of this folder for anything that stands in a file. */
import { allOf, isTrue, lastOf, parseUnitText } from './grammar'
import { keptValue } from './kept'
import { KINDS, kindOf, type UnitKind } from './kinds'
import { isTemplate, resourceOf, serviceOf } from './names'
import { wiringIn } from './podman-args'
import { formProblems, textProblems } from './problems'
import { referenceProblems, resolveNetworks } from './references'
import type { DeclaredNetworkSettings, DeclaredUnit, FileEntry, UnitLine, UnitProblem, UnitSource } from './types'
import { type NetworkValue, PORT_FORM, readNetwork, readPorts } from './values'
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
  for (const source of sources) {
    const name = source.path.slice(source.path.lastIndexOf('/') + 1)
    const kind = kindOf(name)
    if (kind !== null && !units.has(name)) units.set(name, declareOne(name, kind, source, podman))
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

/** Whether Podman makes no service of it. */
export const isSkipped = (unit: Pick<DeclaredUnit, 'problems'>): boolean =>
  unit.problems.some(problem => problem.effect === 'skipped')

function declareOne(name: string, kind: UnitKind, source: UnitSource, podman: string | null): DeclaredUnit {
  const { section } = KINDS[kind]
  const problems: UnitProblem[] = []
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
  if (problems.every(({ effect }) => effect !== 'skipped'))
    problems.push(...formProblems(name, kind, source.path, entries, podman))
  const pod = kind === 'container' ? (lastOf(entries, section, 'Pod')?.value ?? '') : ''
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
    hidden: wiringIn(allOf(entries, section, 'PodmanArgs').map(({ value }) => value)),
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
  for (const value of all('Options')) {
    for (const word of splitWords(value, 'command') ?? []) {
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
    options,
  }
}
