/** What hands over the host, or its user, to whoever is root in a container. */
import { capabilitiesOf, capabilityEvidence } from './capabilities'
import { engineSockets, mountEvidence, sensitiveMounts, volumeWord } from './mounts'
import type { Evidence } from './types'
import type { Member } from './view'

/** capabilities(7); MKNOD only counts with a device to make. */
const HOST_CAPABILITIES = [
  'CAP_SYS_ADMIN',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_PTRACE',
  'CAP_BPF',
  'CAP_DAC_READ_SEARCH',
] as const

/** Those a container has; null when the engine did not say. */
export function hostCapabilities(member: Member): readonly string[] | null {
  if (member.container.capabilities.length === 0) return capabilitiesOf(member, HOST_CAPABILITIES)
  const found = capabilitiesOf(member, HOST_CAPABILITIES)
  const mknod = (member.facts.devices?.length ?? 0) > 0 ? capabilitiesOf(member, ['CAP_MKNOD']) : []
  return found === null || mknod === null ? null : [...found, ...mknod]
}

export interface Power {
  /** For people: "CAP_SYS_ADMIN", "the engine socket". */
  words: string
  /** The rule that tells of it alone, and of nothing else of this container; null when there is none. */
  ruleId: string | null
  evidence: Evidence[]
  /** What of the command that made it gives it away. */
  options: string[]
  /** false: only a directory is known in which a socket usually stands. */
  certain: boolean
}

/** Every such power of a container. */
export function powersOf(member: Member): Power[] {
  const powers: Power[] = []
  if (member.container.privileged) {
    const evidence = [{ field: 'HostConfig.Privileged', value: 'true' }]
    powers.push({ words: '--privileged', ruleId: 'privileged', evidence, options: ['--privileged'], certain: true })
  }
  for (const { mount, socket } of engineSockets(member)) {
    powers.push({
      words: socket.exact ? `the engine socket ${socket.source}` : `engine sockets below ${socket.source}`,
      ruleId: 'engine-socket-mounted',
      evidence: [mountEvidence(mount)],
      options: ['--volume', volumeWord(mount)],
      certain: socket.exact,
    })
  }
  const capabilities = member.container.privileged ? [] : (hostCapabilities(member) ?? [])
  if (capabilities.length > 0) {
    powers.push({
      words: capabilities.join(', '),
      ruleId: 'host-equivalent-cap',
      evidence: capabilityEvidence(capabilities),
      options: capabilities.flatMap(one => ['--cap-add', one]),
      certain: true,
    })
  }
  const sensitive = sensitiveMounts(member)
  const root = sensitive.find(({ mount }) => mount.writable && mount.path === '/')
  if (root) {
    powers.push({
      words: 'the whole host mounted writable',
      // Of several mounts the others still need to be told.
      ruleId: sensitive.length === 1 ? 'sensitive-host-mount' : null,
      evidence: [mountEvidence(root.mount)],
      options: ['--volume', volumeWord(root.mount)],
      certain: true,
    })
  }
  return powers
}
