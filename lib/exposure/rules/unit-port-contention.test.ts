import { expect, test } from 'vitest'
import { runOnFiles } from '../testing'
import { unitPortContention } from './unit-port-contention'

const file = (...ports: string[]) => `[Container]\nImage=x\n${ports.map(port => `PublishPort=${port}\n`).join('')}`
const of = (a: string, b: string) => runOnFiles(unitPortContention, { 'a.container': a, 'b.container': b })

test('two files with one port', () => {
  expect(of(file('8080:80'), file('8080:81')).findings).toMatchObject([
    {
      severity: 'info',
      message: '8080/tcp: a.container and b.container publish it, and who starts first gets it.',
      evidence: [
        { field: '/etc/containers/systemd/a.container', value: expect.stringContaining('a.container:3') },
        { field: '/etc/containers/systemd/b.container', value: expect.stringContaining('b.container:3') },
      ],
    },
  ])
})

test.each([
  ['127.0.0.1:80:80', '80:80'],
  ['[::]:80:80', '[::1]:80:80'],
  ['8000-8010:8000-8010', '8005:80'],
  ['80:80/udp', '80:81/udp'],
])('%s and %s', (a, b) => expect(of(file(a), file(b)).findings).toHaveLength(1))

test.each([
  ['80:80', '81:80'],
  ['80:80', '80:80/udp'],
  ['127.0.0.1:80:80', '127.0.0.2:80:80'],
  ['127.0.0.1:80:80', '[::1]:80:80'],
  ['80', '80'],
])('%s and %s get along', (a, b) => expect(of(file(a), file(b)).findings).toEqual([]))

test('several ports of the same two are told once', () => {
  expect(of(file('80:80', '81:81'), file('80:80', '81:81')).findings).toHaveLength(1)
})

test('templates, and files that Podman does not take, claim nothing', () => {
  const files = {
    'a@.container': file('80:80'),
    'b.container': file('80:80'),
    'c.container': `${file('80:80')}Nonsense=1\n`,
  }
  expect(runOnFiles(unitPortContention, files).findings).toEqual([])
})

test('files that are not known are unknown', () => {
  const { notExamined } = runOnFiles(unitPortContention, {}, { units: { known: false, because: 'Not here.' } })
  expect(notExamined).toContain('quadlet files: Not here.')
})
