import type * as Crypto from 'node:crypto'
import { timingSafeEqual } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { createAuth } from './auth'
import { createWallPass } from './wall-pass'

vi.mock('node:crypto', async original => {
  const crypto = await original<typeof Crypto>()
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) }
})

const TOKEN = 'correct-horse-battery'

/** Lengths of what was compared, pair by pair. */
const compared = (): number[][] =>
  vi.mocked(timingSafeEqual).mock.calls.map(pair => pair.map(({ byteLength }) => byteLength))

test('P7 a token is compared in a time that tells neither its length nor how much of it is right', () => {
  const auth = createAuth(TOKEN, createWallPass('staple-on-the-wall'))
  const tries = ['', 'c', TOKEN.slice(0, -1), `${TOKEN}x`, 'x'.repeat(TOKEN.length), TOKEN, '\u00e9'.repeat(400)]
  for (const [index, token] of tries.entries()) {
    for (const ask of [
      () => auth.check({ authorization: `Bearer ${token}.`, cookie: null }, String(index)),
      () => auth.signIn(token, String(index)),
    ]) {
      vi.mocked(timingSafeEqual).mockClear()
      ask()
      expect(compared().length, token).toBeGreaterThan(0)
      expect(new Set(compared().flat()), token).toEqual(new Set([32]))
    }
  }
})
