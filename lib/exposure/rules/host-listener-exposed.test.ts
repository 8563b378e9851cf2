import { expect, test } from 'vitest'
import { containerId, hitsOf, listener, run, unknownOf, unread } from '../testing'
import { hostListenerExposed } from './host-listener-exposed'

const exporter = { name: 'exporter', mode: 'host' as const }
const of = (name: string, port: number, address = '0.0.0.0') =>
  listener({ containerId: containerId(name), port, address, process: 'httpd' })

test('what a host-mode container really listens on is medium', () => {
  const spec = {
    containers: [exporter],
    listeners: [of('exporter', 9100), of('exporter', 9101, '127.0.0.1'), of('exporter', 9100, '::')],
  }
  const { findings } = run(hostListenerExposed, spec)
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      subject: { name: 'exporter' },
      message: expect.stringContaining('0.0.0.0:9100/tcp and [::]:9100/tcp'),
    },
  ])
  expect(findings[0]?.evidence[0]).toEqual({ field: 'listener 9100/tcp', value: '0.0.0.0:9100/tcp by httpd' })
})

test('a datastore’s port number is high', () => {
  const spec = { containers: [exporter], listeners: [of('exporter', 5432)] }
  expect(run(hostListenerExposed, spec).findings).toMatchObject([
    { severity: 'high', message: expect.stringContaining('PostgreSQL by port number') },
  ])
})

test('pod members and joiners are told of what is theirs', () => {
  const containers = [
    { name: 'infra', pod: 'agents', isInfra: true, mode: 'host' as const },
    { name: 'agent', pod: 'agents' },
    exporter,
    { name: 'sidecar', joins: 'exporter' },
  ]
  expect(hitsOf(hostListenerExposed, { containers, listeners: [of('agent', 81), of('sidecar', 82)] })).toEqual([
    'agent',
    'sidecar',
  ])
})

test('loopback only, sockets of the host’s own processes, and other namespaces are no hit', () => {
  const containers = [exporter, { name: 'web' }]
  const listeners = [of('exporter', 9101, '127.0.0.1'), listener({ port: 22, process: 'sshd' }), of('web', 80)]
  expect(run(hostListenerExposed, { containers, listeners })).toMatchObject({
    findings: [],
    notExamined: ['host firewall'],
  })
})

test('sockets that cannot be tied to anybody, or were not read, leave it unknown', () => {
  expect(unknownOf(hostListenerExposed, { containers: [exporter], listeners: [listener({ port: 9100 })] })).toEqual([
    "exporter: which of the host's listening sockets are theirs is not known",
  ])
  expect(unknownOf(hostListenerExposed, { containers: [exporter, unread('ghost', { mode: 'host' })] })).toEqual([
    'ghost: inspect answered 500',
    'what listens in exporter: not probed',
  ])
})
