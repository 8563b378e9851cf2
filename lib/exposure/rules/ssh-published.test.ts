import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { sshPublished } from './ssh-published'

const ssh = door({ hostPort: 2222, containerPort: 22 })

test('port 22 inside is found, whatever the port outside', () => {
  expect(run(sshPublished, { containers: [{ name: 'git', ports: [ssh, door()] }] }).findings).toMatchObject([
    {
      severity: 'medium',
      evidence: [{ field: 'Ports[22/tcp].host_ip', value: 'unset, host port 2222' }],
      fix: { quadlet: '[Container]\nPublishPort=127.0.0.1:2222:22' },
    },
  ])
})

test('port 22 outside alone, loopback and dead doors are no hit', () => {
  const containers = [
    { name: 'web', ports: [door({ hostPort: 22, containerPort: 80 })] },
    { name: 'local', ports: [door({ ...ssh, hostIp: '127.0.0.1', scope: 'loopback' })] },
    { name: 'dead', ports: [door({ ...ssh, forwarded: 'no' })] },
  ]
  expect(hitsOf(sshPublished, { containers })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { ports: [ssh] })] }
  expect(hitsOf(sshPublished, spec)).toEqual([])
  expect(unknownOf(sshPublished, spec)).toEqual(['ghost: inspect answered 500'])
})
