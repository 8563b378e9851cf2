import { join } from 'node:path'
import type { FoundFile, System } from './system'

/** A place where Podman's own units put a socket. */
export interface KnownSocket {
  path: string
  /** Whose engine it is. */
  uid: number
  found: FoundFile | 'denied' | null
}

const rootSocket = '/run/podman/podman.sock'

const uidInPath = (path: string): number | null => {
  const uid = /^\/run\/user\/(\d+)\//.exec(path)?.[1]
  return uid === undefined ? null : Number(uid)
}

const look = async (system: System, path: string, uid: number | null): Promise<KnownSocket> => {
  const found = await system.look(path)
  const owner = found !== null && found !== 'denied' ? found.uid : null
  return { path, uid: owner ?? uid ?? uidInPath(path) ?? system.uid, found }
}

/**
 * The rootful socket, the user's own and, for root, those of every user who is logged in or lingers, in this order.
 * https://github.com/containers/podman/blob/v5.8.2/contrib/systemd/system/podman.socket
 */
export const knownSockets = async (
  env: Readonly<Record<string, string | undefined>>,
  system: System,
): Promise<KnownSocket[]> => {
  const runtimeDirectory = env['XDG_RUNTIME_DIR'] || `/run/user/${system.uid}`
  const own = join(runtimeDirectory, 'podman/podman.sock')
  const others =
    system.uid === 0
      ? (await system.namesIn('/run/user'))
          .filter(name => /^\d+$/.test(name))
          .toSorted((a, b) => Number(a) - Number(b))
          .map(uid => `/run/user/${uid}/podman/podman.sock`)
      : []
  return [
    await look(system, rootSocket, 0),
    await look(system, own, null),
    ...(await Promise.all(others.filter(path => path !== own).map(path => look(system, path, null)))),
  ]
}
