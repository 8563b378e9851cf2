import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { privilegedHostPort } from './privileged-host-port'

const https = door({ hostPort: 443, containerPort: 8443 })

test('a low port is for information when rootful, and says more when rootless', () => {
  const containers = [{ name: 'proxy', ports: [https] }]
  expect(run(privilegedHostPort, { containers }).findings).toMatchObject([{ severity: 'info' }])
  expect(run(privilegedHostPort, { containers, rootless: true }).findings).toMatchObject([
    { severity: 'low', message: expect.stringContaining('ip_unprivileged_port_start') },
  ])
})

test('unknown privileges of the engine count as the worse', () => {
  const spec = { containers: [{ name: 'proxy', ports: [https] }], rootless: null }
  expect(run(privilegedHostPort, spec).findings).toMatchObject([
    { severity: 'low', message: expect.stringContaining('unknown') },
  ])
})

test('1024, low ports inside alone, dead doors and owners that could not start are no hit', () => {
  const containers = [
    { name: 'high', ports: [door({ hostPort: 1024 }), door({ hostPort: 8080, containerPort: 80 })] },
    { name: 'dead', ports: [door({ ...https, forwarded: 'no' })] },
    { name: 'lowport', state: 'created' as const, ports: [https] },
  ]
  expect(hitsOf(privilegedHostPort, { containers, rootless: true })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { ports: [https] })] }
  expect(hitsOf(privilegedHostPort, spec)).toEqual([])
  expect(unknownOf(privilegedHostPort, spec)).toEqual(['ghost: inspect answered 500'])
})
