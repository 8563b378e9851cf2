/** Keeps the server's verdicts in step with what the reader asks and with the picture. */
import { formatReachRef } from '@/lib/reach/refs'
import type { Words } from '../words/catalogue'
import { type Guard, readJson } from '../guards'
import type { PageState, PageStore } from '../store'
import { matrixHost, reachHost } from './ends'
import { overlayOf } from './overlay'
import { isMatrix, isOutside, isPair, isRow } from './schema'
import type { Asked, ReachShown } from './shown'

/** Changes come in bursts; the first question of a reader is asked at once. */
const SETTLE = 250
/** Verdicts may change with what the picture does not show, such as a sysctl of the host. */
const AGAIN = 15_000

type Slot = 'row' | 'pair' | 'outside' | 'matrix'
type Question = { hostId: string; path: string }

/** What the page needs to know now. */
function wanted({ topology, url }: PageState): Partial<Record<Slot, Question>> {
  if (topology === null) return {}
  const questions: Partial<Record<Slot, Question>> = {}
  const ask = (slot: Slot, hostId: string, path: string, query: Record<string, string>) => {
    questions[slot] = { hostId, path: `/api/v1/reach${path}?${new URLSearchParams({ host: hostId, ...query })}` }
  }
  const host = url.reach === null ? null : reachHost(topology, url.reach)
  if (url.reach !== null && host !== null) {
    const { from, to } = url.reach
    if (from === 'outside') ask('outside', host.id, '/outside', {})
    else {
      ask('row', host.id, '', { from: formatReachRef(from) })
      if (to !== null) ask('pair', host.id, '', { from: formatReachRef(from), to: formatReachRef(to) })
    }
  }
  const shown = url.view === 'matrix' ? matrixHost(topology, url) : null
  if (shown !== null) ask('matrix', shown.id, '/matrix', {})
  return questions
}

const revisionOf = (etag: string | null): number | null => {
  const digits = /^(?:W\/)?"(\d+)-/.exec(etag ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}

async function problemOf(response: Response, words: Words): Promise<string> {
  const body: unknown = await response.json().catch(() => null)
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : null
  return typeof detail === 'string' ? detail : words.reach.problems.status(response.status)
}

/** One kind of question: at most one request under way, the newest question counts. */
class Line<T> {
  private now: Asked<T> | null = null
  private etag: string | null = null
  private request: AbortController | null = null

  constructor(
    private readonly guard: Guard<T>,
    private readonly tell: (asked: Asked<T> | null) => void,
    private readonly done: () => void,
    private readonly words: () => Words,
  ) {}

  /** Asks when the question is new. */
  follow(question: Question | undefined): void {
    if (question?.path === this.now?.path) return
    this.request?.abort()
    this.request = null
    this.etag = null
    this.say(question === undefined ? null : { ...question, value: null, revision: null, problem: null })
    this.again()
  }

  /** Whether there may be a newer answer than the one that is held. */
  isBehind(revision: number): boolean {
    if (this.now === null || this.request !== null) return false
    return this.now.problem !== null || (this.now.revision ?? 0) < revision
  }

  hasLagged(revision: number): boolean {
    return this.now?.problem === null && this.now.revision !== null && this.now.revision < revision
  }

  again(): void {
    if (this.now === null || this.request !== null) return
    const request = new AbortController()
    this.request = request
    void this.ask(this.now.path, request.signal).finally(() => {
      if (this.request === request) this.request = null
      this.done()
    })
  }

  stop(): void {
    this.request?.abort()
  }

  private say(asked: Asked<T> | null): void {
    this.now = asked
    this.tell(asked)
  }

  private async ask(path: string, signal: AbortSignal): Promise<void> {
    const before = this.now
    if (before === null) return
    try {
      const known = this.etag === null ? {} : { 'if-none-match': this.etag }
      const response = await fetch(path, { signal, headers: { accept: 'application/json', ...known } })
      if (response.status === 304) {
        if (before.problem !== null) this.say({ ...before, problem: null })
        return
      }
      const etag = response.headers.get('etag')
      const value = response.ok ? readJson(this.guard, await response.text()) : null
      const problem = response.ok
        ? value === null
          ? this.words().reach.problems.other
          : null
        : await problemOf(response, this.words())
      if (signal.aborted) return
      // A refusal is an answer: what was known of it no longer holds. Silence is none.
      this.etag = value === null ? null : etag
      this.say({ ...before, value, problem, revision: value === null ? null : revisionOf(etag) })
    } catch {
      if (!signal.aborted) this.say({ ...before, problem: this.words().reach.problems.silent })
    }
  }
}

/** Starts asking; returns the way to stop it. */
export function followReach(store: PageStore): () => void {
  const tell =
    <S extends Slot>(slot: S) =>
    (asked: ReachShown[S]) => {
      const change: Partial<ReachShown> = {}
      change[slot] = asked
      const state = store.getState()
      store.receiveReach({ ...change, overlay: overlayOf({ ...state, reach: { ...state.reach, ...change } }) })
    }
  let settling: ReturnType<typeof setTimeout> | null = null
  const settle = () => {
    settling ??= setTimeout(renew, SETTLE)
  }
  /** The picture moved on while an answer was under way. */
  const done = () => {
    const revision = store.getState().topology?.revision ?? 0
    if (all.some(line => line.hasLagged(revision))) settle()
  }
  const words = () => store.getState().words
  const lines = {
    row: new Line(isRow, tell('row'), done, words),
    pair: new Line(isPair, tell('pair'), done, words),
    outside: new Line(isOutside, tell('outside'), done, words),
    matrix: new Line(isMatrix, tell('matrix'), done, words),
  }
  const all = Object.values(lines)

  const follow = () => {
    const questions = wanted(store.getState())
    lines.row.follow(questions.row)
    lines.pair.follow(questions.pair)
    lines.outside.follow(questions.outside)
    lines.matrix.follow(questions.matrix)
  }
  const renew = () => {
    settling = null
    const revision = store.getState().topology?.revision ?? 0
    for (const line of all) if (line.isBehind(revision)) line.again()
  }
  const unsubscribe = store.subscribe((state, before) => {
    if (state.words !== before.words) store.receiveReach({ overlay: overlayOf(state) })
    if (state.url !== before.url || state.topology !== before.topology) follow()
    const revision = state.topology?.revision ?? 0
    if (state.topology !== before.topology && all.some(line => line.isBehind(revision))) settle()
  })
  const timer = setInterval(() => {
    const { held, stream } = store.getState()
    if (held === null && stream.kind === 'live' && !document.hidden) for (const line of all) line.again()
  }, AGAIN)
  follow()
  return () => {
    unsubscribe()
    clearInterval(timer)
    if (settling !== null) clearTimeout(settling)
    for (const line of all) line.stop()
  }
}
