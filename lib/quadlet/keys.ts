/**
 * The keys that Podman knows, by section and by the version that brought them. None was ever taken away (read at the tags
 * v4.4.0 to v5.8.2 and on the way to 6.0).
 * https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L241-L537
 */
import { isBefore } from './versions'

export type UnitSection = 'Container' | 'Pod' | 'Kube' | 'Network' | 'Volume' | 'Image' | 'Build' | 'Artifact'

type Era = readonly [since: string, keys: string]

const ERAS: Record<UnitSection | 'Quadlet', readonly Era[]> = {
  Container: [
    [
      '4.4',
      'AddCapability AddDevice Annotation ContainerName DropCapability Environment EnvironmentFile ' +
        'EnvironmentHost Exec ExposeHostPort Group Image Label Network NoNewPrivileges Notify PodmanArgs ' +
        'PublishPort ReadOnly RemapGid RemapUid RemapUidSize RemapUsers RunInit SeccompProfile Timezone User ' +
        'VolatileTmp Volume',
    ],
    [
      '4.5',
      'HealthCmd HealthInterval HealthOnFailure HealthRetries HealthStartPeriod HealthStartupCmd ' +
        'HealthStartupInterval HealthStartupRetries HealthStartupSuccess HealthStartupTimeout HealthTimeout ' +
        'IP IP6 LogDriver Mount Rootfs Secret SecurityLabelDisable SecurityLabelFileType SecurityLabelLevel ' +
        'SecurityLabelType Tmpfs UserNS',
    ],
    ['4.6', 'AutoUpdate HostName Mask Pull SecurityLabelNested Sysctl Unmask WorkingDir'],
    ['4.7', 'DNS DNSOption DNSSearch PidsLimit ShmSize Ulimit'],
    ['4.8', 'ContainersConfModule GIDMap GlobalArgs ReadOnlyTmpfs SubGIDMap SubUIDMap UIDMap'],
    ['5.0', 'Entrypoint Pod StopTimeout'],
    ['5.1', 'GroupAdd'],
    ['5.2', 'LogOpt NetworkAlias StopSignal'],
    ['5.3', 'AddHost CgroupsMode HealthLogDestination HealthMaxLogCount HealthMaxLogSize ServiceName StartWithPod'],
    ['5.5', 'Memory ReloadCmd ReloadSignal Retry RetryDelay'],
    ['5.7', 'HttpProxy'],
    ['5.8', 'AppArmor'],
  ],
  Pod: [
    ['5.0', 'ContainersConfModule GlobalArgs Network PodName PodmanArgs PublishPort Volume'],
    ['5.2', 'NetworkAlias'],
    [
      '5.3',
      'AddHost DNS DNSOption DNSSearch GIDMap IP IP6 RemapGid RemapUid RemapUidSize RemapUsers ServiceName ' +
        'SubGIDMap SubUIDMap UIDMap UserNS',
    ],
    ['5.4', 'ShmSize'],
    ['5.5', 'HostName'],
    ['5.6', 'ExitPolicy Label'],
    ['5.7', 'StopTimeout'],
  ],
  Kube: [
    ['4.4', 'ConfigMap Network PublishPort RemapGid RemapUid RemapUidSize RemapUsers Yaml'],
    ['4.5', 'LogDriver UserNS'],
    ['4.6', 'ExitCodePropagation PodmanArgs'],
    ['4.7', 'AutoUpdate SetWorkingDirectory'],
    ['4.8', 'ContainersConfModule GlobalArgs KubeDownForce'],
    ['5.2', 'LogOpt'],
    ['5.3', 'ServiceName'],
  ],
  Network: [
    ['4.4', 'DisableDNS Driver Gateway IPAMDriver IPRange IPv6 Internal Label Options Subnet'],
    ['4.6', 'PodmanArgs'],
    ['4.7', 'DNS NetworkName'],
    ['4.8', 'ContainersConfModule GlobalArgs'],
    ['5.3', 'ServiceName'],
    ['5.5', 'NetworkDeleteOnStop'],
    ['5.6', 'InterfaceName'],
  ],
  Volume: [
    ['4.4', 'Copy Device Group Label Options Type User'],
    ['4.6', 'PodmanArgs'],
    ['4.7', 'VolumeName'],
    ['4.8', 'ContainersConfModule Driver GlobalArgs Image'],
    ['5.3', 'ServiceName'],
    ['6.0', 'GID UID'],
  ],
  Image: [
    [
      '4.8',
      'AllTags Arch AuthFile CertDir ContainersConfModule Creds DecryptionKey GlobalArgs Image ImageTag OS ' +
        'PodmanArgs TLSVerify Variant',
    ],
    ['5.3', 'ServiceName'],
    ['5.5', 'Retry RetryDelay'],
    ['5.6', 'Policy'],
  ],
  Build: [
    [
      '5.2',
      'Annotation Arch AuthFile ContainersConfModule DNS DNSOption DNSSearch Environment File ForceRM ' +
        'GlobalArgs GroupAdd ImageTag Label Network PodmanArgs Pull Secret SetWorkingDirectory TLSVerify ' +
        'Target Variant Volume',
    ],
    ['5.3', 'ServiceName'],
    ['5.5', 'Retry RetryDelay'],
    ['5.7', 'BuildArg IgnoreFile'],
  ],
  Artifact: [
    [
      '5.7',
      'Artifact AuthFile CertDir ContainersConfModule Creds DecryptionKey GlobalArgs PodmanArgs Quiet Retry ' +
        'RetryDelay ServiceName TLSVerify',
    ],
  ],
  Quadlet: [['5.3', 'DefaultDependencies']],
}

const sinceOf = (eras: readonly Era[]): ReadonlyMap<string, string> =>
  new Map(eras.flatMap(([since, keys]) => keys.split(' ').map((key): [string, string] => [key, since])))

const SINCE: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(ERAS).map(([section, eras]): [string, ReadonlyMap<string, string>] => [section, sinceOf(eras)]),
)

/**
 * Whether this Podman ("5.4.2"; null = any) takes the key: "yes", the version that brings it ("5.5"), or null when none does.
 * Sections that are not quadlet's own take every key.
 */
export function supportOf(section: string, key: string, podman: string | null): 'yes' | { since: string } | null {
  const keys = SINCE.get(section)
  if (keys === undefined) return 'yes'
  const since = keys.get(key)
  if (since === undefined) return null
  return podman !== null && isBefore(podman, since) ? { since } : 'yes'
}

/** The known key that was most likely meant; null when none is near. */
export function nearestKey(section: string, key: string): string | null {
  let best: string | null = null
  let least = 3
  for (const known of SINCE.get(section)?.keys() ?? []) {
    const distance = editsBetween(key.toLowerCase(), known.toLowerCase(), least)
    if (distance < least) {
      least = distance
      best = known
    }
  }
  return best
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment); `enough` and more are all the same. */
function editsBetween(one: string, other: string, enough: number): number {
  if (Math.abs(one.length - other.length) >= enough) return enough
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + same,
          swapped ? (before[j - 2] ?? 0) + 1 : enough,
        ),
      )
    }
    before = row
    row = next
  }
  return Math.min(enough, row[other.length] ?? enough)
}
