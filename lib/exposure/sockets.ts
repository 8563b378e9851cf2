/** Sockets through which whoever connects commands a container engine or systemd. */
import { contains } from './paths'

const NAMES = new Set(['podman.sock', 'docker.sock', 'containerd.sock', 'crio.sock'])

/** Where they stand unless somebody moved them. */
const SYSTEM = [
  '/run/podman/podman.sock',
  '/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/systemd/private',
]
const PER_USER = ['podman/podman.sock', 'docker.sock', 'systemd/private']
const USER_DIRECTORY = /^\/run\/user\/([^/]+)/

export interface EngineSocket {
  /** The clean path of the mount's source. */
  source: string
  /** The socket itself, or a directory in which sockets of this kind stand. */
  exact: boolean
  /** It commands one user's engine, not root's. */
  ofUser: boolean
}

/** What a mount of this clean host path opens; null when no engine socket is known to be there. */
export function engineSocketAt(source: string): EngineSocket | null {
  const name = source.slice(source.lastIndexOf('/') + 1)
  // Most mounts are neither: all that holds a socket of this kind without being named so is / or in /run.
  if (source !== '/' && !contains('/run', source) && !NAMES.has(name)) return null
  const user = USER_DIRECTORY.exec(source)
  const ofUser = user !== null || source === '/run/user'
  const known = user ? PER_USER.map(rest => `${user[0]}/${rest}`) : SYSTEM
  if (NAMES.has(name) || known.includes(source)) return { source, exact: true, ofUser }
  if (source === '/run/user' || known.some(socket => contains(source, socket))) return { source, exact: false, ofUser }
  return null
}
