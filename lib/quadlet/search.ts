/** Where Podman looks for quadlet files. */
import { isBefore } from './versions'

export interface SearchInput {
  /** null for the system's engine, else the user of a rootless one. */
  user: { uid: number; home: string | null; runtimeDir: string; configHome: string | null } | null
  /** QUADLET_UNIT_DIRS; null or "" when it is not set. */
  unitDirs: string | null
  /** "5.4.2"; null = not known. */
  podman: string | null
}

export interface SearchDir {
  path: string
  /** Folders that are not read, nor what is below them, by their path. */
  skips: (path: string) => boolean
}

const ADMIN = '/etc/containers/systemd'
const DISTRO = '/usr/share/containers/systemd'
const USERS = `${ADMIN}/users`

const nothing = () => false
/** Podman compares the beginning of the path. */
const usersOfAdmin = (path: string) => path.startsWith(USERS)
/** Folders that are a user's own by number, and folders of the admin's that merely begin alike. */
const numbered = (path: string) =>
  path !== USERS && path.startsWith(USERS) && /^\d*$/.test(path.slice(USERS.length + 1).split('/')[0] ?? '')

/**
 * The directories in the order in which they count: of files with one name, the first. Each is read with all folders below,
 * but drop-in folders. https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/unitdirs.go#L45-L66, L203-L243
 */
export function searchDirs({ user, unitDirs, podman }: SearchInput): SearchDir[] {
  if (unitDirs !== null && unitDirs !== '') {
    const dirs = unitDirs.split(':')
    const wrong = dirs.findIndex(dir => !dir.startsWith('/'))
    return (wrong === -1 ? dirs : dirs.slice(0, wrong)).map(path => ({ path, skips: nothing }))
  }
  const hasRunDir = podman === null || !isBefore(podman, '5.3')
  if (user === null) {
    const paths = [...(hasRunDir ? ['/run/containers/systemd'] : []), ADMIN, DISTRO]
    return paths.map(path => ({ path, skips: usersOfAdmin }))
  }
  const config = user.configHome ?? (user.home === null ? null : `${user.home}/.config`)
  const dirs: SearchDir[] = []
  if (hasRunDir) dirs.push({ path: `${user.runtimeDir}/containers/systemd`, skips: nothing })
  if (config !== null) dirs.push({ path: `${config}/containers/systemd`, skips: nothing })
  dirs.push({ path: USERS, skips: numbered }, { path: `${USERS}/${user.uid}`, skips: nothing })
  if (podman === null || !isBefore(podman, '6.0')) dirs.push({ path: `${DISTRO}/users`, skips: nothing })
  return dirs
}
