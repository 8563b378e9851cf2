/** A connection's URI, taken apart; `display` has no userinfo. */
export interface ConnectionUri {
  transport: 'unix' | 'ssh' | 'tcp'
  /** Socket path, for unix only. */
  path: string | null
  display: string
}

export const acceptedForms = 'unix:///path/to/podman.sock, ssh://user@host/path or tcp://host:port'

const unixPath = (uri: string): string | null => {
  // unix://run/podman.sock means /run/podman.sock to Podman too:
  // https://github.com/containers/podman/blob/v5.8.2/pkg/bindings/connection.go
  const rest = uri
    .slice('unix:'.length)
    .replace(/^\/+/, '')
    .replace(/[?#].*$/s, '')
  try {
    const path = `/${decodeURIComponent(rest)}`
    return path === '/' || path.endsWith('/') || path.includes('\0') ? null : path
  } catch {
    return null
  }
}

/** null for anything that Podman would not take as the URI of a service. */
export const parseConnectionUri = (uri: string): ConnectionUri | null => {
  if (uri.startsWith('unix:/')) {
    const path = unixPath(uri)
    return path === null ? null : { transport: 'unix', path, display: `unix://${path}` }
  }
  const transport = /^(ssh|tcp):\/\//.exec(uri)?.[1]
  if ((transport !== 'ssh' && transport !== 'tcp') || !URL.canParse(uri)) return null
  const { host, pathname } = new URL(uri)
  return host === '' ? null : { transport, path: null, display: `${transport}://${host}${pathname}` }
}
