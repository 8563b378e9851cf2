import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { sensitivePortPublished } from './sensitive-port-published'

const postgres = door({ hostPort: 5432, containerPort: 5432 })

test('a database port off loopback is found by number, with its name', () => {
  expect(run(sensitivePortPublished, { containers: [{ name: 'db', ports: [postgres] }] }).findings).toMatchObject([
    { severity: 'high', confidence: 'high', message: expect.stringContaining('PostgreSQL by port number') },
  ])
})

test('the number counts on either side of the mapping, and one LAN address is enough', () => {
  const containers = [
    { name: 'a', ports: [door({ hostPort: 15_000, containerPort: 6379 })] },
    {
      name: 'b',
      ports: [door({ hostPort: 3306, containerPort: 80, hostIp: '192.168.1.7', scope: 'private' as const })],
    },
  ]
  expect(hitsOf(sensitivePortPublished, { containers })).toEqual(['a', 'b'])
})

test('only the sensitive ports of a container are named', () => {
  const [finding] = run(sensitivePortPublished, { containers: [{ name: 'db', ports: [door(), postgres] }] }).findings
  expect(finding?.evidence.map(one => one.field)).toEqual(['Ports[5432/tcp].host_ip'])
})

test('a stopped one is latent, one step lower', () => {
  const containers = [{ name: 'db', state: 'exited' as const, ports: [{ ...postgres, forwarded: 'no' as const }] }]
  expect(run(sensitivePortPublished, { containers }).findings).toMatchObject([{ severity: 'medium' }])
})

test('loopback, dead doors, other ports, and UDP are no hit', () => {
  const containers = [
    { name: 'local', ports: [door({ ...postgres, hostIp: '127.0.0.1', scope: 'loopback' })] },
    { name: 'dead', ports: [door({ ...postgres, forwarded: 'no' })] },
    { name: 'web', ports: [door()] },
    { name: 'udp', ports: [door({ ...postgres, protocol: 'udp' })] },
  ]
  expect(hitsOf(sensitivePortPublished, { containers })).toEqual([])
})

test('the list can be replaced', () => {
  const settings = { sensitivePorts: new Map([[80, 'intranet']]) }
  const containers = [
    { name: 'db', ports: [postgres] },
    { name: 'web', ports: [door()] },
  ]
  expect(run(sensitivePortPublished, { containers }, settings).findings.map(one => one.subject.name)).toEqual(['web'])
})

test('an unknown door keeps its reason; a container that was not read is unknown', () => {
  const containers = [
    { name: 'db', ports: [{ ...postgres, forwarded: 'unknown' as const, because: 'no probe' }] },
    unread('ghost', { ports: [postgres] }),
  ]
  const { findings } = run(sensitivePortPublished, { containers })
  expect(findings).toMatchObject([{ confidence: 'low', message: expect.stringContaining('no probe') }])
  expect(unknownOf(sensitivePortPublished, { containers })).toEqual(['ghost: inspect answered 500'])
})
