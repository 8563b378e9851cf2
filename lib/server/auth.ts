/**
 * Who may read: holders of PODWIRE_TOKEN, by header or through a session that they opened with it, and the wall display
 * what it shows. Without a token everybody who gets this far may, which config.ts allows on loopback addresses alone.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { WALL_COOKIE, WALL_SECONDS, type WallPass } from './wall-pass'

export const SESSION_COOKIE = 'podwire_session'
/** A wall display should not ask for the token every week. */
export const SESSION_SECONDS = 30 * 24 * 3600
/** The oldest go first; a person has a handful. */
const MAX_SESSIONS = 1000

type AuthVerdict =
  | {
      ok: true /** Milliseconds that the proof is good for; null = as long as the process. */
      expiresIn: number | null
      /** "wall": only what isWallRead() names. */
      scope: 'all' | 'wall'
    }
  | { ok: false; status: 401 | 429 }

/** A proof to be kept by the browser: the value of this cookie for so many seconds. */
export interface Session {
  cookie: typeof SESSION_COOKIE | typeof WALL_COOKIE
  value: string
  seconds: number
}

export interface Auth {
  /** False when there is no token: everything is allowed, and there is nothing to sign in to. */
  readonly required: boolean
  /** Judges the credentials of one request. `address` is whom to slow down when they are wrong. */
  check(credentials: { authorization: string | null; cookie: string | null }, address: string): AuthVerdict
  /** Opens a session for whoever shows the token, or the wall's. */
  signIn(token: string, address: string): { ok: true; session: Session } | { ok: false; status: 401 | 429 }
  /** A fresh pass for a wall that holds one, so that it never runs out while the wall is in use. */
  renew(): Session | null
}

const digest = (text: string) => createHash('sha256').update(text).digest()
/** Of digests, so that neither content nor length shows in the time that it takes. */
const sameSecret = (a: string, b: Buffer) => timingSafeEqual(digest(a), b)

/** Allows `limit` failures a minute per address; a bounded memory of them. */
export class FailureLimiter {
  private readonly failures = new Map<string, { count: number; until: number }>()
  constructor(
    private readonly limit: number,
    private readonly now: () => number,
  ) {}

  blocked(address: string): boolean {
    const entry = this.failures.get(address)
    return entry !== undefined && entry.until > this.now() && entry.count >= this.limit
  }

  /** True when this was one too many: from now on the address is blocked. */
  fail(address: string): boolean {
    const entry = this.failures.get(address)
    if (entry && entry.until > this.now()) {
      entry.count += 1
      return entry.count === this.limit
    }
    this.failures.delete(address)
    this.failures.set(address, { count: 1, until: this.now() + 60_000 })
    if (this.failures.size > 10_000) this.failures.delete(this.failures.keys().next().value ?? '')
    return this.limit === 1
  }
}

/** Every value of a cookie; a second one of the same name is a sign of tampering, so the caller wants all. */
export function cookieValues(header: string, name: string): string[] {
  return header
    .split(';')
    .map(part => part.trim())
    .filter(part => part.startsWith(`${name}=`))
    .map(part => part.slice(name.length + 1))
}

/**
 * @param wall null when the wall has no token of its own
 * @param now monotonic milliseconds: a set clock neither ends nor prolongs a session
 * @param onBlocked one call when an address has to wait, not for each attempt of it
 */
export function createAuth(
  token: string | null,
  wall: WallPass | null = null,
  now: () => number = () => performance.now(),
  onBlocked: (address: string) => void = () => {},
): Auth {
  if (token === null) {
    return {
      required: false,
      check: () => ({ ok: true, expiresIn: null, scope: 'all' }),
      signIn: () => ({ ok: false, status: 401 }),
      renew: () => null,
    }
  }
  const secret = digest(token)
  /** By digest, so that not even a look into memory's order tells a session. */
  const sessions = new Map<string, number>()
  const wrongTokens = new FailureLimiter(100, now)
  const wrongSignIns = new FailureLimiter(10, now)
  const keyOf = (session: string) => digest(session).toString('hex')

  const bySession = (cookie: string): AuthVerdict => {
    const [value, second] = cookieValues(cookie, SESSION_COOKIE)
    if (value === undefined || second !== undefined || value.length > 64) return { ok: false, status: 401 }
    const key = keyOf(value)
    const until = sessions.get(key)
    if (until === undefined) return { ok: false, status: 401 }
    if (until <= now()) {
      sessions.delete(key)
      return { ok: false, status: 401 }
    }
    return { ok: true, expiresIn: until - now(), scope: 'all' }
  }

  const byPass = (cookie: string): AuthVerdict => {
    const [value, second] = cookieValues(cookie, WALL_COOKIE)
    const expiresIn = value === undefined || second !== undefined ? null : (wall?.lifetime(value) ?? null)
    return expiresIn === null ? { ok: false, status: 401 } : { ok: true, expiresIn, scope: 'wall' }
  }

  const byCookie = (cookie: string): AuthVerdict => {
    const session = bySession(cookie)
    return session.ok ? session : byPass(cookie)
  }

  const openPass = (pass: WallPass): Session => ({ cookie: WALL_COOKIE, value: pass.issue(), seconds: WALL_SECONDS })

  return {
    required: true,
    check({ authorization, cookie }, address) {
      if (authorization === null) return cookie === null ? { ok: false, status: 401 } : byCookie(cookie)
      if (wrongTokens.blocked(address)) return { ok: false, status: 429 }
      const [, shown] = /^Bearer +([^\s]+) *$/i.exec(authorization) ?? []
      if (shown !== undefined && sameSecret(shown, secret)) return { ok: true, expiresIn: null, scope: 'all' }
      if (wrongTokens.fail(address)) onBlocked(address)
      return { ok: false, status: 401 }
    },
    signIn(shown, address) {
      if (wrongSignIns.blocked(address)) return { ok: false, status: 429 }
      const [isToken, isWall] = [sameSecret(shown, secret), wall?.matches(shown) ?? false]
      if (isToken) {
        const value = randomBytes(32).toString('base64url')
        sessions.set(keyOf(value), now() + SESSION_SECONDS * 1000)
        if (sessions.size > MAX_SESSIONS) sessions.delete(sessions.keys().next().value ?? '')
        return { ok: true, session: { cookie: SESSION_COOKIE, value, seconds: SESSION_SECONDS } }
      }
      if (isWall && wall !== null) return { ok: true, session: openPass(wall) }
      if (wrongSignIns.fail(address)) onBlocked(address)
      return { ok: false, status: 401 }
    },
    renew: () => (wall === null ? null : openPass(wall)),
  }
}
