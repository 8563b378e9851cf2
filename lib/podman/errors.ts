import type { PodmanErrorCode } from './types'

/** The one error that leaves lib/podman. `template` is the endpoint's path template, never a path with ids. */
export class PodmanError extends Error {
  override readonly name = 'PodmanError'
  readonly code: PodmanErrorCode
  readonly template: string | null
  /** HTTP status, for code `http` only. */
  readonly status: number | null
  /** Owner of the socket file, when the failure was diagnosed by looking at it. */
  readonly ownerUid: number | null

  constructor(
    code: PodmanErrorCode,
    message: string,
    details: { template?: string | null; status?: number; ownerUid?: number; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.template = details.template ?? null
    this.status = details.status ?? null
    this.ownerUid = details.ownerUid ?? null
  }
}

/** What the system's and undici's error codes mean for an exchange with an engine. */
const codeOfSystemError: ReadonlyMap<string, PodmanErrorCode> = new Map<string, PodmanErrorCode>([
  ['ENOENT', 'missing'],
  ['ENOTDIR', 'missing'],
  ['ELOOP', 'missing'],
  ['EACCES', 'denied'],
  ['EPERM', 'denied'],
  ['ECONNREFUSED', 'refused'],
  ['ENOTSOCK', 'not-a-socket'],
  // A datagram or seqpacket socket file.
  ['EPROTOTYPE', 'not-a-socket'],
  // connect(2) on a unix socket whose backlog is full: the listener lives and accepts nothing.
  ['EAGAIN', 'timeout'],
  ['EMFILE', 'exhausted'],
  ['ENFILE', 'exhausted'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'malformed'],
  ['UND_ERR_HEADERS_OVERFLOW', 'malformed'],
  ['UND_ERR_ABORTED', 'aborted'],
  ['UND_ERR_CLOSED', 'aborted'],
  ['UND_ERR_DESTROYED', 'aborted'],
  ['ABORT_ERR', 'aborted'],
])

/** The `code` of a thrown value ("ECONNRESET", "UND_ERR_SOCKET"), or null. */
export const systemCodeOf = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null

const meaningOf = (thrown: unknown): PodmanErrorCode => {
  // undici's, with or without a code of its parser: what answers does not speak HTTP.
  if (thrown instanceof Error && thrown.name === 'HTTPParserError') return 'not-podman'
  const code = systemCodeOf(thrown)
  if (code !== null) return codeOfSystemError.get(code) ?? 'reset'
  return thrown instanceof Error && thrown.name === 'AbortError' ? 'aborted' : 'reset'
}

/** Turns anything thrown into a PodmanError; one that is a PodmanError already stays what it is. */
export const toPodmanError = (thrown: unknown, template: string | null = null): PodmanError => {
  if (thrown instanceof PodmanError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new PodmanError(meaningOf(thrown), message, { template, cause: thrown })
}
