import type { PublishedPort } from '@/lib/topology/types'
import { canonical } from '../addresses'
import { hostPorts } from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { command } from '../fix'
import { eachPublisher, listed, type Owned } from '../subjects'
import type { Rule } from '../types'

interface Claim {
  owned: Owned
  door: PublishedPort
}

export const hostPortContention: Rule = {
  id: 'host-port-contention',
  title: 'Host port claimed twice',
  severity: 'info',
  when: 'Two containers or pods, at least one of them stopped, publish the same address, port and protocol.',
  fix: 'Remove one, or give it another port.',
  falsePositives: 'Blue and green deployments.',
  references: ['https://docs.podman.io/en/latest/markdown/podman-port.1.html'],
  enabledByDefault: true,
  examine(view) {
    const claims = new Map<string, Claim[]>()
    const result = eachPublisher(view, owned => {
      for (const door of owned.namespace.published) {
        const key = `${door.hostPort}/${door.protocol}`
        const list = claims.get(key)
        if (list) list.push({ owned, door })
        else claims.set(key, [{ owned, door }])
      }
      return null
    })
    // Ports that the same ones fight over are one finding.
    const fights = new Map<string, Claim[][]>()
    for (const list of claims.values()) {
      for (const rivals of rivalsOf(list)) {
        const key = JSON.stringify(rivals.map(one => one.owned.subject.id))
        const ports = fights.get(key)
        if (ports) ports.push(rivals)
        else fights.set(key, [rivals])
      }
    }
    for (const ports of fights.values()) {
      const [rivals = []] = ports
      const loser = rivals.find(one => !one.owned.live)
      if (!loser) continue
      const { subject } = loser.owned
      const doors = foldDoors(ports.flatMap(list => list.find(one => one.owned === loser.owned)?.door ?? []))
      const names = rivals.map(({ owned }) => `${owned.subject.name} (${owned.owner.container.state})`)
      const where = doors.map(range => `${hostPorts(range)}/${range.first.protocol}`)
      result.hits.push({
        subject,
        severity: hostPortContention.severity,
        confidence: 'high',
        message: `${listed(where)}: ${listed(names)} claim it, and who starts first gets the connections.`,
        evidence: doors.map(range => ({
          field: `Ports host port ${hostPorts(range)}/${range.first.protocol}`,
          value: names.join(', '),
        })),
        fix: { podman: subject.kind === 'container' ? command('podman', 'rm', subject.name) : null, quadlet: null },
      })
    }
    return result
  },
}

const WILDCARDS = new Set(['', '0.0.0.0', '::'])
const isFour = ({ hostIp }: PublishedPort) => hostIp === '' || !hostIp.includes(':')
const isSix = ({ hostIp }: PublishedPort) => hostIp === '' || hostIp.includes(':')

/** Groups of those who cannot all have a port, at least one of them stopped: by family, a wildcard against everybody. */
function rivalsOf(list: readonly Claim[]): Claim[][] {
  if (list.length < 2 || list.every(one => one.owned.live)) return []
  const groups = new Map<string, Claim[]>()
  for (const family of [list.filter(one => isFour(one.door)), list.filter(one => isSix(one.door))]) {
    const wild = family.some(({ door }) => WILDCARDS.has(canonical(door.hostIp) ?? door.hostIp))
    const byAddress = new Map<string, Claim[]>()
    for (const claim of family) {
      const key = wild ? '' : claim.door.hostIp
      const same = byAddress.get(key)
      if (same) same.push(claim)
      else byAddress.set(key, [claim])
    }
    for (const same of byAddress.values()) {
      const owners = [...new Map(same.map(one => [one.owned, one])).values()]
      if (owners.length < 2 || owners.every(one => one.owned.live)) continue
      groups.set(JSON.stringify(owners.map(one => one.owned.subject.id)), owners)
    }
  }
  return [...groups.values()]
}
