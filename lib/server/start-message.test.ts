import { expect, test } from 'vitest'
import { container, snapshot } from '@/lib/topology/testing'
import { startMessage } from './start-message'

const about = { version: '0.1.0', build: 'b', demo: null, unsupported: [] }
const URL = 'http://127.0.0.1:4410'

test('the address, and each connection in a line', () => {
  const plain = snapshot({ containers: [container('web')] })
  const rootless = {
    ...plain,
    rootless: true,
    podmanVersion: '6.1.1',
    containers: [],
    connection: { ...plain.connection, name: 'user 1000' },
  }
  expect(startMessage(URL, [plain, rootless], about, [])).toBe(
    `Podwire 0.1.0 on http://127.0.0.1:4410
  root       rootful, Podman 5.4.2, 1 container
  user 1000  rootless, Podman 6.1.1, 0 containers
`,
  )
})

test('what is wrong is told in the same place', () => {
  const lost = snapshot({ status: 'unreachable', readAt: null, problem: 'No Podman socket at /run/x: enable it.' })
  const slow = snapshot({ status: 'unreachable', readAt: null, problem: 'Not read yet.', revision: 0 })
  const polling = snapshot({ status: 'polling' })
  const text = startMessage(URL, [lost, slow, polling], about, ['a file is broken'])
  expect(text.split('\n').slice(1)).toEqual([
    '  root  No Podman socket at /run/x: enable it.',
    '  root  still reading …',
    '  root  rootful, Podman 5.4.2, 0 containers, read on a timer, for there are no events',
    '  a file is broken',
    '',
  ])
})

test('what cannot be used yet, and that a demo is one', () => {
  const text = startMessage(
    URL,
    [],
    {
      ...about,
      demo: { recording: 'a host', hint: 'Enable it.' },
      unsupported: [{ name: 'prod', uri: 'ssh://prod/run/podman.sock', reason: 'r' }],
    },
    [],
  )
  expect(text).toContain('  prod  ssh://prod/run/podman.sock is not yet supported\n')
  expect(text).toContain('this is a demo. Enable it.')
})

test('a name from outside moves no cursor', () => {
  const plain = snapshot()
  const evil = { ...plain, connection: { ...plain.connection, name: 'a\u001b[2J\nb' }, podmanVersion: '5\u001b[0m' }
  // oxlint-disable-next-line no-control-regex -- it is what must not be there
  expect(startMessage(URL, [evil], about, ['x\u001b[1m'])).not.toMatch(/\u001b|a[^ ]*\nb/)
})
