/** What a host is called and whose it is, from what several answers say. Pure. */
import type { Connection, ContainerDetail, EngineInfo } from '@/lib/podman/types'

interface MachineEvidence {
  info: Pick<EngineInfo, 'hostname'> | null
  connection: Pick<Connection, 'name' | 'transport' | 'nestedIn'>
  /** What the probe proved of the host's network namespace; null while nothing is. */
  host: { netns: string; isOwn: boolean } | null
  localHostname: string
}

/**
 * Name of the machine behind a connection, equal for connections to one machine. A host whose network namespace is proven
 * and not ours carries its inode: it is another host, though it may have the same name.
 */
export function machineOf({ info, connection, host, localHostname }: MachineEvidence): string {
  // A container may be called like any machine, and its network is another one unless it is in host mode.
  if (connection.nestedIn !== undefined) return connection.nestedIn.machine ?? connection.name
  const name = info?.hostname ?? (host?.isOwn === true ? localHostname : connection.name)
  const isElsewhere = connection.transport !== 'recording' && host !== null && !host.isOwn
  return isElsewhere ? `${name}#${host.netns}` : name
}

interface RootlessEvidence {
  info: Pick<EngineInfo, 'rootless'> | null
  connection: Pick<Connection, 'ownerUid'>
  details: Iterable<Pick<ContainerDetail, 'sandboxKey'>>
}

/** What /info says; else whose socket it is; else where a container's namespace is kept; else null. */
export function rootlessOf({ info, connection, details }: RootlessEvidence): boolean | null {
  if (info !== null && info.rootless !== null) return info.rootless
  if (connection.ownerUid !== null) return connection.ownerUid !== 0
  for (const { sandboxKey } of details) if (sandboxKey?.startsWith('/run/user/') === true) return true
  return null
}
