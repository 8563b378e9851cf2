/**
 * The wall display's own way in: a token that opens the wall and what it reads, and nothing else. Its pass is signed with a
 * key made from the token rather than remembered, so that a screen survives a restart of the server; another token
 * ends every pass.
 */
import { createHmac, createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export const WALL_COOKIE = 'podwire_wall'
/** Browsers keep no cookie for longer. Every time that the wall is loaded it gets a new pass. */
export const WALL_SECONDS = 400 * 24 * 3600
export const WALL_PATH = '/wall'

/** What the wall reads. Exact paths: everything else is none of its business. */
const WALL_READS: ReadonlySet<string> = new Set([
  WALL_PATH,
  '/api/v1/stream',
  '/api/v1/topology',
  '/api/v1/findings',
  '/api/v1/about',
  '/theme.js',
  '/stream-worker.js',
  '/icon.svg',
])

/** Whether a holder of a pass may read this decoded path. */
export const isWallRead = (path: string): boolean => WALL_READS.has(path) || path.startsWith('/_next/static/')

export interface WallPass {
  /** Whether this is the wall's token; takes the same time for every answer. */
  matches(shown: string): boolean
  /** A new pass, to be kept as a cookie. */
  issue(): string
  /** Milliseconds that this pass is still good for; null when it is none of ours, or too old. */
  lifetime(pass: string): number | null
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** @param clock milliseconds since 1970: a pass outlives the process, so no other clock will do */
export function createWallPass(token: string, clock: () => number = Date.now): WallPass {
  const secret = digest(token)
  const key = createHmac('sha256', token).update('podwire wall pass').digest()
  const sign = (text: string) => createHmac('sha256', key).update(text).digest()
  return {
    matches: shown => timingSafeEqual(digest(shown), secret),
    issue() {
      const until = Math.floor(clock() / 1000) + WALL_SECONDS
      const body = `${until}.${randomBytes(12).toString('base64url')}`
      return `${body}.${sign(body).toString('base64url')}`
    },
    lifetime(pass) {
      const match = /^((\d{1,12})\.[\w-]{16})\.([\w-]{43})$/.exec(pass)
      const [, body, until, signature] = match ?? []
      if (body === undefined || signature === undefined) return null
      if (!timingSafeEqual(sign(body), Buffer.from(signature, 'base64url'))) return null
      const left = Number(until) * 1000 - clock()
      return left > 0 ? left : null
    },
  }
}
