import type { DeclaredUnit } from '@/lib/quadlet/types'
import { canonical } from '../addresses'
import { comment } from '../fix'
import { QUADLET } from '../references'
import { listed, notRead, subjectOfNamespace } from '../subjects'
import type { Evidence, Rule } from '../types'
import { type Declared, declaredOn, restartOf, unitResult } from '../units'
import type { HostView, Member } from '../view'

export const unitWiringDiffers: Rule = {
  id: 'unit-wiring-differs',
  title: 'Runs with other doors or networks than its file says',
  severity: 'medium',
  when:
    'A container or pod of a quadlet runs in another network mode, on other networks, or publishes other ports than its ' +
    'file says. medium when it is open where the file is not: a port that the file does not publish, or the host’s ' +
    'namespace; else low.',
  fix: 'Restart its unit, after systemctl daemon-reload; or write into the file what is meant.',
  falsePositives: 'Networks that were connected by hand, and are meant so.',
  references: [QUADLET],
  enabledByDefault: true,
  examine(view) {
    const result = unitResult(view)
    for (const one of declaredOn(view)) {
      const { unit, counts, there } = one
      const isOwner = (unit.kind === 'container' && unit.pod === null) || unit.kind === 'pod'
      if (!counts || !isOwner || there.present === 'no') continue
      for (const owner of ownersOf(view, one)) {
        if ('unknown' in owner) {
          result.unknown.push(owner.unknown)
          continue
        }
        const { member } = owner
        const { namespace } = member
        if (!member.live || namespace === null) continue
        if (unit.hidden.length > 0) {
          result.unknown.push(`${unit.name}: PodmanArgs= has ${listed(unit.hidden)}, so what it declares is not known`)
          continue
        }
        const network = networkDifference(view, unit, member)
        const doors = doorDifference(unit, member)
        const differences = [network, doors].filter(found => found !== null)
        if (differences.length === 0) continue
        const subject =
          namespace.ownerId === member.container.id
            ? subjectOfNamespace(view, namespace)
            : { kind: 'container' as const, id: member.container.id, name: member.container.name }
        result.hits.push({
          subject,
          severity: differences.some(({ opens }) => opens) ? 'medium' : 'low',
          confidence: 'high',
          message: `${unit.path} says ${differences.map(({ file }) => file).join('; ')}. ${subject.name} runs with ${differences
            .map(({ live }) => live)
            .join('; ')}.`,
          evidence: differences.map(({ evidence }) => evidence),
          fix: { podman: unit.service === null ? null : comment(restartOf(view, unit.service)), quadlet: null },
          replaces: ['unit-file-newer'],
        })
      }
    }
    return result
  },
}

type Owner = { member: Member } | { unknown: string }

/** The containers that hold the wiring: the unit's own, or the infra container of its pod. */
function ownersOf(view: HostView, { there }: Declared): Owner[] {
  return there.thingIds.flatMap((id): Owner[] => {
    const infra = view.pod(id)?.containerIds.find(one => view.container(one)?.isInfra === true)
    const containerId = infra ?? id
    const member = view.member(containerId)
    if (member !== undefined) return [{ member }]
    const unexamined = view.unexaminedBy(containerId)
    return unexamined === undefined ? [] : [{ unknown: notRead(view, unexamined) }]
  })
}

interface Difference {
  file: string
  live: string
  opens: boolean
  evidence: Evidence
}

const difference = (field: string, file: string, live: string, opens: boolean): Difference => ({
  file: `${field}=${file}`,
  live: `${field}=${live}`,
  opens,
  evidence: { field, value: `file ${file}, live ${live}` },
})

/** null when they agree, or when the file does not say it: containers.conf decides then. */
function networkDifference(view: HostView, unit: DeclaredUnit, member: Member): Difference | null {
  const [first] = unit.networks
  if (first === undefined) return null
  const mode = liveMode(view, member)
  const opens = mode === 'host'
  const { value } = first
  switch (value.kind) {
    case 'host':
    case 'none':
    case 'pasta':
    case 'slirp4netns':
      return mode === value.kind ? null : difference('Network', value.kind, mode, opens)
    case 'path':
      return mode === 'ns:…' ? null : difference('Network', 'ns:…', mode, opens)
    case 'private':
      // A network of one's own, of whatever kind: which one is the engine's affair.
      return ['host', 'none', 'ns:…'].includes(mode) || mode.startsWith('container:')
        ? difference('Network', 'private', mode, opens)
        : null
    case 'join':
    case 'unit':
    case 'network': {
      if (unit.networks.some(({ name }) => name === null)) return null
      const names = unit.networks.map(({ name }) => name ?? '').toSorted()
      const isJoin = value.kind === 'join' || (value.kind === 'unit' && value.unit.endsWith('.container'))
      const file = isJoin ? `container:${names.join()}` : listed([...new Set(names)], 16)
      // A container may be named by its id, too.
      if (isJoin && mode.startsWith('container:') && !isNamed(view, names[0] ?? '')) return null
      return file === mode ? null : difference('Network', file, mode, opens)
    }
  }
}

const isNamed = (view: HostView, name: string): boolean => view.host.containers.some(one => one.name === name)

/** In the words of Network=: a mode, or the names of the networks. */
function liveMode(view: HostView, { facts, namespace }: Member): string {
  const { networkMode } = facts
  if (networkMode.startsWith('container:')) {
    const id = networkMode.slice('container:'.length)
    return `container:${view.byEngineId(id)?.name ?? id}`
  }
  if (networkMode.startsWith('ns:')) return 'ns:…'
  const attached = (namespace?.attachments ?? []).map(({ networkName }) => networkName)
  const [mode = ''] = networkMode.split(':', 1)
  return mode === 'bridge' && attached.length > 0 ? listed(attached.toSorted(), 16) : mode
}

/** "8080:80/tcp", "127.0.0.1:8080:80/tcp"; the host's port is "*" where the engine chooses. */
const doorText = (hostIp: string, hostPort: number | null, containerPort: number, protocol: string): string => {
  const address = hostIp === '' || hostIp === '0.0.0.0' ? '' : (canonical(hostIp) ?? hostIp)
  const before = address === '' ? '' : `${address.includes(':') ? `[${address}]` : address}:`
  return `${before}${hostPort ?? '*'}:${containerPort}/${protocol}`
}

const HAS_DOORS = new Set(['private', 'pasta', 'slirp4netns'])

function doorDifference({ ports }: DeclaredUnit, { namespace, container }: Member): Difference | null {
  if (namespace === null || namespace.ownerId !== container.id || !HAS_DOORS.has(namespace.kind)) return null
  const declared = new Set<string>()
  for (const { ports: read } of ports) {
    if (read === 'decided later') return null
    for (const { hostIp, hostPort, containerPort, range, protocol } of read)
      for (let index = 0; index < range; index++)
        declared.add(doorText(hostIp, hostPort === null ? null : hostPort + index, containerPort + index, protocol))
  }
  const live = new Set<string>()
  for (const { hostIp, hostPort, containerPort, protocol } of namespace.published) {
    const chosen = doorText(hostIp, null, containerPort, protocol)
    live.add(declared.has(chosen) ? chosen : doorText(hostIp, hostPort, containerPort, protocol))
  }
  const missing = [...declared].filter(door => !live.has(door))
  const added = [...live].filter(door => !declared.has(door))
  if (missing.length + added.length === 0) return null
  return difference('PublishPort', words(missing, declared), words(added, live), added.length > 0)
}

/** Those that differ; where one side has nothing more, that it has them not. */
const words = (doors: readonly string[], all: ReadonlySet<string>): string =>
  doors.length > 0 ? listed(doors) : all.size === 0 ? 'none' : 'not that'
