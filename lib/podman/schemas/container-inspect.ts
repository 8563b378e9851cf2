import { isIP } from 'node:net'
import * as z from 'zod'
import { annotationsBySource, ownAnnotations } from '../labels'
import { plainNetworkMode, userModeOptions } from '../network-options'
import { maxName, maxPath } from '../text'
import { list, or, parseOne, text, textOrNull, whole } from '../tolerant'
import type { ContainerAttachment, ContainerDetail, ContainerMount } from '../types'
import { containerState, fullId, health, name, optionalAddress, optionalId, optionalPid } from './common'
import { exposedPorts, portBindings, unboundPorts } from './ports'

const maxAliases = 100

const secondary = z.object({ Addr: z.string().refine(value => isIP(value) !== 0, 'not an address') })

/** https://github.com/containers/podman/blob/v5.8.2/libpod/define/container_inspect.go#L682-L731 */
const attachment = z.object({
  NetworkID: textOrNull(maxName),
  IPAddress: optionalAddress,
  GlobalIPv6Address: optionalAddress,
  SecondaryIPAddresses: list(secondary),
  SecondaryIPv6Addresses: list(secondary),
  MacAddress: textOrNull(64),
  Gateway: optionalAddress,
  IPv6Gateway: optionalAddress,
  Aliases: list(name),
})

const mount = z
  .object({
    Type: text(32),
    Source: or(text(maxPath), ''),
    Destination: text(maxPath),
    RW: z.boolean(),
    Propagation: textOrNull(32),
    Name: textOrNull(maxName),
  })
  .transform(
    (mount): ContainerMount => ({
      type: mount.Type,
      // For a volume the engine's own path below its storage; the volume is what an admin knows.
      source: mount.Type === 'volume' && mount.Name !== null ? mount.Name : mount.Source,
      destination: mount.Destination,
      writable: mount.RW,
      propagation: mount.Propagation,
      name: mount.Type === 'volume' ? mount.Name : null,
    }),
  )

const flag = or(z.boolean(), false)
const mode = or(text(maxPath), '')
const capabilities = list(z.string().regex(/^[A-Z0-9_]{1,64}$/, 'not a capability'))

/** Options that decide how confined a container is; anything else that is called a security option stays out. */
export const securityWord = /^(no-new-privileges|label|seccomp|apparmor|unmask|mask|systempaths|proc-opts)\b/

const hostConfig = z.object({
  NetworkMode: mode,
  PortBindings: portBindings,
  PublishAllPorts: flag,
  Privileged: flag,
  CapAdd: capabilities,
  CapDrop: capabilities,
  SecurityOpt: list(text(maxPath)).transform(words => words.filter(word => securityWord.test(word))),
  PidMode: mode,
  IpcMode: mode,
  UTSMode: mode,
  UsernsMode: mode,
  ReadonlyRootfs: flag,
  Devices: list(z.object({ PathOnHost: text(maxPath) })),
  RestartPolicy: or(z.object({ Name: textOrNull(32) }), { Name: null }),
  ExtraHosts: list(text(maxName)),
})

const config = z.object({
  ExposedPorts: exposedPorts,
  User: or(text(maxName), ''),
  Annotations: ownAnnotations,
  // Read for pasta's and slirp4netns' option words, and for who set an annotation; dropped here.
  CreateCommand: list(z.string()),
})

const inspect = z.object({
  Id: fullId,
  Name: or(name, ''),
  State: or(
    z.object({
      Status: containerState,
      Pid: optionalPid,
      ConmonPid: optionalPid,
      Health: or(z.object({ Status: health }), { Status: null }),
    }),
    null,
  ),
  Pod: optionalId,
  IsInfra: flag,
  IsService: flag,
  Rootfs: textOrNull(maxPath),
  ProcessLabel: or(z.string(), ''),
  EffectiveCaps: or(capabilities, null),
  BoundingCaps: or(capabilities, null),
  Mounts: list(whole(mount)),
  Dependencies: list(fullId),
  NetworkSettings: or(
    z.object({
      SandboxKey: textOrNull(maxPath),
      Networks: or(z.record(z.string(), attachment), null),
      Ports: unboundPorts,
    }),
    { SandboxKey: null, Networks: null, Ports: [] },
  ),
  HostConfig: hostConfig,
  Config: or(config, { ExposedPorts: [], User: '', Annotations: {}, CreateCommand: [] }),
})

type Inspect = z.infer<typeof inspect>

const isPresent = (value: string | null): value is string => value !== null

const attachmentOf = (networkName: string, of: z.infer<typeof attachment>): ContainerAttachment => ({
  networkName,
  networkId: of.NetworkID,
  addresses: [
    of.IPAddress,
    ...of.SecondaryIPAddresses.map(({ Addr }) => Addr),
    of.GlobalIPv6Address,
    ...of.SecondaryIPv6Addresses.map(({ Addr }) => Addr),
  ].filter(isPresent),
  mac: of.MacAddress,
  gateway: of.Gateway ?? of.IPv6Gateway,
  aliases: of.Aliases.slice(0, maxAliases),
})

/**
 * Since 4.5 Podman puts the mode itself into `Networks` ("host", "none", and "pasta" while stopped), with nothing in it;
 * these are no networks: https://github.com/containers/podman/blob/v5.8.2/libpod/networking_common.go#L188-L320
 */
const isMode = (attachment: ContainerAttachment): boolean =>
  ['host', 'none', 'pasta', 'slirp4netns'].includes(attachment.networkName) && attachment.addresses.length === 0

const attachmentsOf = ({ NetworkSettings, HostConfig }: Inspect): ContainerAttachment[] | null => {
  if (NetworkSettings.Networks === null) return null
  const all = Object.entries(NetworkSettings.Networks).map(([network, of]) => attachmentOf(network, of))
  const bridged = HostConfig.NetworkMode === 'bridge'
  const kept = all.filter(attachment => bridged || !isMode(attachment))
  const ownUplink = all.some(({ networkName }) => networkName === 'pasta' || networkName === 'slirp4netns')
  // A stopped pasta container names its mode where a running one has nothing: the same "not said".
  return kept.length === 0 && ownUplink && !bridged ? null : kept
}

/** A joiner repeats the ports of the owner, which it does not expose itself. */
const exposedBy = ({ Config, NetworkSettings, HostConfig }: Inspect): string[] => {
  const joined = HostConfig.NetworkMode.startsWith('container:')
  return [...new Set([...Config.ExposedPorts, ...(joined ? [] : NetworkSettings.Ports)])]
}

const detailOf = (of: Inspect): Omit<ContainerDetail, 'problems'> => {
  const annotations = annotationsBySource(of.Config.Annotations, of.Config.CreateCommand)
  return {
    id: of.Id,
    name: of.Name === '' ? of.Id.slice(0, 12) : of.Name,
    state: of.State?.Status ?? 'unknown',
    health: of.State?.Health.Status ?? null,
    pid: of.State?.Pid ?? null,
    conmonPid: of.State?.ConmonPid ?? null,
    podId: of.Pod,
    isInfra: of.IsInfra,
    isService: of.IsService,
    networkMode: plainNetworkMode(of.HostConfig.NetworkMode),
    sandboxKey: of.NetworkSettings.SandboxKey,
    attachments: attachmentsOf(of),
    portBindings: of.HostConfig.PortBindings,
    exposedPorts: exposedBy(of),
    publishAllPorts: of.HostConfig.PublishAllPorts,
    privileged: of.HostConfig.Privileged,
    capAdd: of.HostConfig.CapAdd,
    capDrop: of.HostConfig.CapDrop,
    boundingCaps: of.BoundingCaps,
    effectiveCaps: of.EffectiveCaps,
    securityOpt: of.HostConfig.SecurityOpt,
    pidMode: of.HostConfig.PidMode,
    ipcMode: of.HostConfig.IpcMode,
    utsMode: of.HostConfig.UTSMode,
    usernsMode: of.HostConfig.UsernsMode,
    readonlyRootfs: of.HostConfig.ReadonlyRootfs,
    mounts: of.Mounts,
    devices: of.HostConfig.Devices.map(({ PathOnHost }) => PathOnHost),
    user: of.Config.User,
    restartPolicy: of.HostConfig.RestartPolicy.Name,
    extraHosts: of.HostConfig.ExtraHosts,
    dependencies: of.Dependencies,
    rootfs: of.Rootfs,
    selinuxType: /^[^:]+:[^:]+:([^:]{1,64})/.exec(of.ProcessLabel)?.[1] ?? null,
    annotations: annotations.asked,
    unaskedAnnotations: annotations.others,
    userModeOptions: userModeOptions(of.HostConfig.NetworkMode, of.Config.CreateCommand),
  }
}

/** Without these a fallback would read as a fact ("not privileged", "no mounts"), so their absence is told. */
const expected = [
  ['State', 'Status'],
  ['Mounts'],
  ['HostConfig', 'NetworkMode'],
  ['HostConfig', 'Privileged'],
  ['HostConfig', 'PidMode'],
  ['HostConfig', 'IpcMode'],
  ['NetworkSettings'],
] as const

const valueAt = (raw: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined,
    raw,
  )

/** Go's nil list is an empty one; any other null is nothing said. */
const isAbsent = (raw: unknown, path: readonly string[]): boolean => {
  const value = valueAt(raw, path)
  return value === undefined || (value === null && path[0] !== 'Mounts')
}

/** GET /containers/{id}/json. Only an answer without an id or host configuration is `malformed`. */
export const parseContainerDetail = (raw: unknown, template: string): ContainerDetail => {
  const absent = expected.filter(path => isAbsent(raw, path)).map(path => `${path.join('.')}: absent`)
  const { value, problems } = parseOne(inspect, raw, template)
  return { ...detailOf(value), problems: [...absent, ...problems] }
}
