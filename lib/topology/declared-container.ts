/** A container as its quadlet file declares it, in the words of the engine. */
import type { ContainerRecord } from '@/lib/collector/types'
import type { PortMapping } from '@/lib/podman/types'
import type { DeclaredUnit } from '@/lib/quadlet/types'
import { DEFAULT_CAPABILITIES } from './containers'
import { mountOf, mountOfVolume } from './declared-mounts'

/** What is decided outside of the file. */
export interface Wiring {
  id: string
  name: string
  /** NetworkMode. */
  mode: string
  /** Names of its networks; empty unless the mode is "bridge". */
  networks: readonly string[]
  podId: string | null
  isInfra: boolean
  /** The file is a user's own. */
  rootless: boolean
  /** What keeps it from being known whole. */
  problems: readonly string[]
}

/** https://github.com/containers/common/blob/v0.62.0/pkg/capabilities/capabilities.go: those of Linux 5.9 and later. */
const ALL_CAPABILITIES =
  'AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID ' +
  'IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST ' +
  'NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT ' +
  'SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM'

const everyCapability = ALL_CAPABILITIES.split(' ').map(name => `CAP_${name}`)

/** Words of every line of a key; quotes are the file's own. */
const wordsOf = (unit: DeclaredUnit, key: string): string[] =>
  valuesOf(unit, key).flatMap(value => value.split(/\s+/).map(word => word.replaceAll(/^["']|["']$/g, '')))

const valuesOf = ({ lines }: DeclaredUnit, key: string): string[] =>
  lines.flatMap(line => (line.key === key ? line.value : []))

const lastOf = (unit: DeclaredUnit, key: string): string | null => valuesOf(unit, key).at(-1) ?? null
const isOn = (unit: DeclaredUnit, key: string): boolean => /^(1|yes|true|on)$/i.test(lastOf(unit, key) ?? '')

/** The record of a container that runs as declared. */
export function recordOfUnit(unit: DeclaredUnit, wiring: Wiring): ContainerRecord {
  const { id, name, mode, networks, podId, isInfra, rootless, problems } = wiring
  const ports = portsOf(unit)
  const { powers } = unit
  return {
    summary: {
      id,
      name,
      image: '',
      state: 'running',
      health: null,
      pid: null,
      podId,
      isInfra,
      createdAt: null,
      startedAt: null,
      labels: unit.service === null ? {} : { PODMAN_SYSTEMD_UNIT: unit.service },
      networks,
      ports,
      netns: null,
      problems: [],
    },
    detail: {
      id,
      name,
      state: 'running',
      pid: null,
      conmonPid: null,
      podId,
      isInfra,
      isService: false,
      networkMode: mode,
      sandboxKey: null,
      attachments: networks.map(networkName => ({
        networkName,
        networkId: null,
        addresses: networks.length === 1 ? [...valuesOf(unit, 'IP'), ...valuesOf(unit, 'IP6')] : [],
        mac: null,
        gateway: null,
        aliases: valuesOf(unit, 'NetworkAlias'),
      })),
      portBindings: ports,
      exposedPorts: valuesOf(unit, 'ExposeHostPort').map(port => (port.includes('/') ? port : `${port}/tcp`)),
      publishAllPorts: false,
      privileged: powers.privileged,
      capAdd: wordsOf(unit, 'AddCapability'),
      capDrop: wordsOf(unit, 'DropCapability'),
      boundingCaps: powers.privileged ? everyCapability : capabilitiesOf(unit),
      effectiveCaps: null,
      securityOpt: securityOptionsOf(unit),
      pidMode: powers.pidHost ? 'host' : 'private',
      ipcMode: powers.ipcHost ? 'host' : 'shareable',
      utsMode: 'private',
      usernsMode: lastOf(unit, 'UserNS') ?? '',
      readonlyRootfs: isOn(unit, 'ReadOnly'),
      mounts: [
        ...valuesOf(unit, 'Volume').flatMap(value => mountOfVolume(value, rootless) ?? []),
        ...valuesOf(unit, 'Mount').flatMap(value => mountOf(value, rootless) ?? []),
      ],
      devices: wordsOf(unit, 'AddDevice').map(word => word.replace(/^-/, '').split(':')[0] ?? ''),
      user: lastOf(unit, 'User') ?? '',
      restartPolicy: null,
      extraHosts: valuesOf(unit, 'AddHost'),
      dependencies: [],
      rootfs: lastOf(unit, 'Rootfs'),
      selinuxType: lastOf(unit, 'SecurityLabelType'),
      annotations: {},
      unaskedAnnotations: [],
      userModeOptions: null,
      problems,
    },
    problem: null,
  }
}

/** Ports that are known; for those that the engine or systemd chooses, see openPorts. */
const portsOf = ({ ports }: DeclaredUnit): PortMapping[] =>
  ports.flatMap(({ ports: read }) =>
    read === 'decided later'
      ? []
      : read.flatMap(({ hostPort, ...port }): PortMapping[] => (hostPort === null ? [] : [{ ...port, hostPort }])),
  )

/** Lines of which the host's ports are not known before it runs, in words. */
export const openPorts = (unit: DeclaredUnit): string[] =>
  unit.ports.flatMap(({ ports, at }) =>
    ports === 'decided later' || ports.some(({ hostPort }) => hostPort === null)
      ? `${unit.name}: the host's port of ${at.key}=${at.value} is chosen when it starts`
      : [],
  )

function capabilitiesOf(unit: DeclaredUnit): string[] {
  const named = (key: string) => wordsOf(unit, key).map(word => `CAP_${word.toUpperCase().replace(/^CAP_/, '')}`)
  const added = named('AddCapability')
  const dropped = new Set(named('DropCapability'))
  const held = new Set(dropped.has('CAP_ALL') ? [] : DEFAULT_CAPABILITIES)
  for (const name of added.includes('CAP_ALL') ? everyCapability : added) held.add(name)
  return [...held].filter(name => !dropped.has(name))
}

function securityOptionsOf(unit: DeclaredUnit): string[] {
  const seccomp = lastOf(unit, 'SeccompProfile')
  const apparmor = lastOf(unit, 'AppArmor')
  return [
    ...(isOn(unit, 'NoNewPrivileges') ? ['no-new-privileges'] : []),
    ...(isOn(unit, 'SecurityLabelDisable') ? ['label=disable'] : []),
    ...(isOn(unit, 'SecurityLabelNested') ? ['label=nested'] : []),
    ...(seccomp === null ? [] : [`seccomp=${seccomp}`]),
    ...(apparmor === null ? [] : [`apparmor=${apparmor}`]),
    ...wordsOf(unit, 'Unmask').map(word => `unmask=${word}`),
  ]
}
