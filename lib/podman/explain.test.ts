import { describe, expect, it } from 'vitest'
import { PodmanError } from './errors'
import { explain } from './explain'
import { connectionTo } from './testing'
import type { PodmanErrorCode } from './types'

const codes: readonly PodmanErrorCode[] = [
  'missing',
  'denied',
  'refused',
  'not-a-socket',
  'not-podman',
  'docker-only',
  'timeout',
  'reset',
  'http',
  'malformed',
  'too-large',
  'exhausted',
  'aborted',
  'unsupported',
]

const root = connectionTo('/run/podman/podman.sock')
const user = connectionTo('/run/user/1000/podman/podman.sock')
const elsewhere = connectionTo('/srv/p.sock')

const told = (code: PodmanErrorCode, connection = root) => explain(new PodmanError(code, 'what happened'), connection)

describe('explain', () => {
  it('says something else for every failure, in one sentence', () => {
    const sentences = codes.map(code => told(code))
    expect(new Set(sentences).size).toBe(codes.length)
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z/].*\.$/)
      expect(sentence).not.toMatch(/\n|\. [A-Z]/)
    }
  })

  it('names the command that mends it', () => {
    for (const code of codes.filter(code => code !== 'aborted')) expect(told(code)).toMatch(/`[^`]+`/)
  })

  it('tells the socket of the system, of a user, and any other apart', () => {
    expect(told('missing')).toContain('`systemctl enable --now podman.socket`')
    expect(told('missing', user)).toContain('`systemctl --user enable --now podman.socket` as user 1000')
    expect(told('missing', elsewhere)).toContain('`podman system service --time=0 unix:///srv/p.sock`')
  })

  it('tells whose socket it is when it may not be used', () => {
    expect(told('denied')).toContain('belongs to root')
    expect(told('denied', user)).toContain('user 1000')
    expect(explain(new PodmanError('denied', 'x', { ownerUid: 7 }), elsewhere)).toContain('user 7')
    expect(explain(new PodmanError('denied', 'x'), { ...elsewhere, ownerUid: 8 })).toContain('user 8')
    expect(told('denied', elsewhere)).toContain('as its owner')
  })

  it('speaks of recordings as files', () => {
    const recording = connectionTo('/x.json', { transport: 'recording', uri: 'recording:x' })
    expect(told('missing', recording)).toBe('No recording at /x.json: set PODWIRE_RECORDING to a file that exists.')
    expect(told('malformed', recording)).toContain('what happened')
  })

  it('takes anything that was thrown', () => {
    expect(explain('x', root)).toContain('Podman broke the connection')
  })
})
