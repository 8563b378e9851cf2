import { expect, it } from 'vitest'
import { readProblem } from './problem'

it('takes the sentence apart into what is wrong and what to type', () => {
  expect(
    readProblem('No Podman socket at /run/p.sock: enable it with `systemctl enable --now podman.socket`.'),
  ).toEqual({
    headline: 'No Podman socket at /run/p.sock',
    advice: [
      { kind: 'text', text: 'enable it with ' },
      { kind: 'command', text: 'systemctl enable --now podman.socket' },
      { kind: 'text', text: '.' },
    ],
  })
})

it('leaves a sentence without advice whole', () => {
  expect(readProblem('The request was aborted by Podwire itself.')).toEqual({
    headline: 'The request was aborted by Podwire itself',
    advice: [],
  })
  expect(readProblem('Run `a: b` now.').headline).toBe('Run `a: b` now')
})
