import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { deadPublishedPort } from './dead-published-port'

const dead = door({ hostPort: 5432, containerPort: 5432, forwarded: 'no', because: 'network vault is internal' })

test('a port that the host does not pass on is told with the reason, beside ports that work', () => {
  const containers = [{ name: 'db', ports: [dead, door()] }]
  expect(run(deadPublishedPort, { containers }).findings).toMatchObject([
    {
      severity: 'low',
      message: expect.stringContaining('Nobody answers there (network vault is internal)'),
      evidence: [{ field: 'Ports[5432/tcp].host_ip' }],
      fix: { podman: '# create db again without: --publish 5432:5432', quadlet: '# remove: PublishPort=5432:5432' },
    },
  ])
})

test('without the rules in the kernel they have to be written again', () => {
  const spec = { containers: [{ name: 'db', ports: [dead] }], facts: { firewall: 'none' as const } }
  expect(run(deadPublishedPort, spec).findings).toMatchObject([{ fix: { podman: 'podman network reload --all' } }])
})

test('doors that work or may work, and those of stopped containers, are no hit', () => {
  const containers = [
    { name: 'web', ports: [door(), door({ hostPort: 81, forwarded: 'unknown' })] },
    { name: 'old', state: 'exited' as const, ports: [dead] },
  ]
  expect(hitsOf(deadPublishedPort, { containers })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { ports: [dead] })] }
  expect(hitsOf(deadPublishedPort, spec)).toEqual([])
  expect(unknownOf(deadPublishedPort, spec)).toEqual(['ghost: inspect answered 500'])
})
