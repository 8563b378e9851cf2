/** How a screen that nobody touches gets going again. */

const RELOADED_KEY = 'podwire.wall.reloaded'
const BROKEN_KEY = 'podwire.wall.broken'
/** A page that ran for so long was not broken from the start. */
const SOUND_MS = 10 * 60_000
const LONGEST_WAIT_MS = 5 * 60_000
const RETRY_MS = 5000
const RELOAD_EVERY_MS = 10 * 60_000

const read = (key: string): string | null => {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value)
  } catch {
    // Storage may be barred; then a reload is not remembered.
  }
}

/** Loads the page anew once the server serves it: a browser's own error page would stay for ever. Returns the way to stop. */
function reloadWhenServed(delayMs: number, before = () => {}): () => void {
  let stopped = false
  let timer: ReturnType<typeof setTimeout>
  const attempt = async () => {
    const served = await fetch('/wall', { cache: 'no-store' }).then(
      response => response.ok,
      () => false,
    )
    if (stopped) return
    if (served) {
      before()
      location.reload()
    } else timer = setTimeout(() => void attempt(), RETRY_MS)
  }
  timer = setTimeout(() => void attempt(), delayMs)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** After an update of the server; not again for a while, should the page stay the old one. `now` is milliseconds since 1970. */
export function reloadForBuild(now: number): () => void {
  const wait = Number(read(RELOADED_KEY) ?? 0) + RELOAD_EVERY_MS - now
  // Many walls hang on one server.
  return reloadWhenServed(Math.max(wait, 1000 + Math.random() * 4000), () => write(RELOADED_KEY, String(Date.now())))
}

/** After a fault of the page: soon at first, then less and less often. `now` is the page's age in milliseconds. */
export function reloadAfterFault(now: number): () => void {
  const tries = now > SOUND_MS ? 0 : Number(read(BROKEN_KEY) ?? 0)
  write(BROKEN_KEY, String(tries + 1))
  return reloadWhenServed(Math.min(LONGEST_WAIT_MS, RETRY_MS * 2 ** tries))
}

/** Whether the server answers, and does not know this screen any more. */
export const isSignedOut = (): Promise<boolean> =>
  fetch('/api/v1/about', { cache: 'no-store' }).then(
    response => response.status === 401,
    () => false,
  )
