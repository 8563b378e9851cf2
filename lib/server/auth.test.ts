import { describe, expect, test } from 'vitest'
import { FailureLimiter, SESSION_SECONDS, cookieValues, createAuth } from './auth'

const TOKEN = 'correct-horse-battery'
const none = { authorization: null, cookie: null }

function rig() {
  const clock = { now: 0 }
  const auth = createAuth(TOKEN, null, () => clock.now)
  const bearer = (token: string, address = 'a') =>
    auth.check({ authorization: `Bearer ${token}`, cookie: null }, address)
  const cookie = (session: string) => auth.check({ authorization: null, cookie: `podwire_session=${session}` }, 'a')
  return { clock, auth, bearer, cookie }
}

test('without a token everybody may, and there is nothing to sign in to', () => {
  const auth = createAuth(null)
  expect(auth.required).toBe(false)
  expect(auth.check(none, 'a')).toEqual({ ok: true, expiresIn: null, scope: 'all' })
  expect(auth.signIn('', 'a').ok).toBe(false)
})

test('the token opens, anything else does not', () => {
  const { auth, bearer } = rig()
  expect(bearer(TOKEN)).toEqual({ ok: true, expiresIn: null, scope: 'all' })
  expect(auth.check({ authorization: `bearer  ${TOKEN} `, cookie: null }, 'a').ok).toBe(true)
  for (const authorization of [
    TOKEN,
    `Basic ${TOKEN}`,
    'Bearer',
    'Bearer ',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
    `Bearer x ${TOKEN}`,
  ])
    expect(auth.check({ authorization, cookie: null }, 'a'), authorization).toEqual({ ok: false, status: 401 })
  expect(auth.check(none, 'a')).toEqual({ ok: false, status: 401 })
})

test('a wrong header is not mended by a good cookie', () => {
  const { auth } = rig()
  const signedIn = auth.signIn(TOKEN, 'a')
  const session = signedIn.ok ? signedIn.session.value : ''
  expect(auth.check({ authorization: 'Bearer wrong', cookie: `podwire_session=${session}` }, 'a').ok).toBe(false)
})

describe('P7 a session', () => {
  test('lasts its time and no longer', () => {
    const { auth, clock, cookie } = rig()
    const signedIn = auth.signIn(TOKEN, 'a')
    const session = signedIn.ok ? signedIn.session.value : ''
    expect(cookie(session)).toEqual({ ok: true, expiresIn: SESSION_SECONDS * 1000, scope: 'all' })
    clock.now = SESSION_SECONDS * 1000 - 1
    expect(cookie(session)).toEqual({ ok: true, expiresIn: 1, scope: 'all' })
    clock.now += 1
    expect(cookie(session)).toEqual({ ok: false, status: 401 })
    clock.now = 0
    expect(cookie(session)).toEqual({ ok: false, status: 401 })
  })

  test('cannot be guessed, and never repeats', () => {
    const { auth, cookie } = rig()
    const sessions = Array.from({ length: 100 }, () => auth.signIn(TOKEN, 'a')).map(one =>
      one.ok ? one.session.value : '',
    )
    expect(new Set(sessions).size).toBe(100)
    for (const guess of ['', ' ', 'null', '__proto__', 'x'.repeat(10_000), sessions[0]?.slice(1) ?? ''])
      expect(cookie(guess).ok, guess).toBe(false)
  })

  test('a thousand are kept, the oldest go', () => {
    const { auth, cookie } = rig()
    const sessions = Array.from({ length: 1001 }, () => auth.signIn(TOKEN, 'a')).map(one =>
      one.ok ? one.session.value : '',
    )
    expect(cookie(sessions[0] ?? '').ok).toBe(false)
    expect(cookie(sessions[1] ?? '').ok).toBe(true)
    expect(cookie(sessions[1000] ?? '').ok).toBe(true)
  })
})

describe('P7 guessing', () => {
  test('the token by header is slowed down per address, for a minute', () => {
    const { bearer, clock } = rig()
    for (let i = 0; i < 100; i++) expect(bearer('wrong')).toEqual({ ok: false, status: 401 })
    expect(bearer(TOKEN)).toEqual({ ok: false, status: 429 })
    expect(bearer(TOKEN, 'b').ok).toBe(true)
    clock.now = 60_000
    expect(bearer(TOKEN).ok).toBe(true)
  })

  test('is told once an address has to wait, and not for each attempt', () => {
    const blocked: string[] = []
    const auth = createAuth(
      TOKEN,
      null,
      () => 0,
      address => blocked.push(address),
    )
    for (let i = 0; i < 30; i++) auth.signIn('wrong', 'a')
    expect(blocked).toEqual(['a'])
    for (let i = 0; i < 300; i++) auth.check({ authorization: 'Bearer wrong', cookie: null }, 'b')
    expect(blocked).toEqual(['a', 'b'])
  })

  test('does not lock out those who are signed in', () => {
    const { auth, bearer, cookie } = rig()
    const signedIn = auth.signIn(TOKEN, 'a')
    for (let i = 0; i < 200; i++) bearer('wrong')
    expect(cookie(signedIn.ok ? signedIn.session.value : '').ok).toBe(true)
  })

  test('from many addresses takes bounded memory', () => {
    const limiter = new FailureLimiter(1, () => 0)
    for (let i = 0; i < 20_000; i++) limiter.fail(`address ${i}`)
    expect(limiter.blocked('address 19999')).toBe(true)
    expect(limiter.blocked('address 0')).toBe(false)
  })
})

test('cookies are read whole, doubles included', () => {
  expect(cookieValues('a=1; podwire_session=x; b=2;podwire_session=y', 'podwire_session')).toEqual(['x', 'y'])
  expect(cookieValues('xpodwire_session=x; podwire_session_=y', 'podwire_session')).toEqual([])
})
