/** Who came in and who did not: a line of the log for each sign-in, without what was shown for it. */
import { type Logger, clean } from './log'

export interface SignIn {
  /** ok: may read everything · wall: may read what the wall shows · refused: a wrong token · waiting: too many of them */
  result: 'ok' | 'wall' | 'refused' | 'waiting'
  address: string
  /** User-Agent, as it came. */
  agent: string
}

const WORDS: Record<Exclude<SignIn['result'], 'waiting'>, string> = {
  ok: 'signed in',
  wall: 'signed in as a wall',
  refused: 'sign-in refused: wrong token',
}

export interface Audit {
  signIn(one: SignIn): void
  /** From now on this address waits: one line for what would be any number of them. */
  blocked(address: string): void
}

export const createAudit = (log: Logger): Audit => ({
  signIn({ result, address, agent }) {
    if (result === 'waiting') return
    const from = clean(address, 60)
    const fields = { event: 'sign-in', result, address: from, agent: clean(agent, 120) }
    log[result === 'refused' ? 'warn' : 'info'](fields, `${WORDS[result]} from ${from}`)
  },
  blocked(address) {
    const from = clean(address, 60)
    log.warn(
      { event: 'sign-in', result: 'blocked', address: from },
      `too many wrong tokens from ${from}: it waits a minute`,
    )
  },
})
