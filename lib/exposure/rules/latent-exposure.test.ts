import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { latentExposure } from './latent-exposure'

const stopped = {
  state: 'exited' as const,
  ports: [door({ forwarded: 'no', because: 'web is exited; would open when started' })],
}

test.each(['always', 'unless-stopped'])(
  'a stopped container with restart policy %s will publish again',
  restartPolicy => {
    expect(
      run(latentExposure, { containers: [{ name: 'web', ...stopped, facts: { restartPolicy } }] }).findings,
    ).toMatchObject([
      {
        severity: 'info',
        message: expect.stringContaining(`web is exited, and will publish again (restart=${restartPolicy}): 80/tcp`),
        fix: { podman: 'podman rm web' },
      },
    ])
  },
)

test('so will one of a systemd unit', () => {
  expect(
    run(latentExposure, { containers: [{ name: 'web', ...stopped, unit: 'web.service' }] }).findings,
  ).toMatchObject([{ message: expect.stringContaining('unit web.service') }])
})

test('running ones, those that stay down, and loopback are no hit', () => {
  const facts = { restartPolicy: 'always' }
  const containers = [
    { name: 'runs', ports: [door()], facts },
    { name: 'stays', ...stopped, facts: { restartPolicy: 'on-failure' } },
    { name: 'no', ...stopped },
    { name: 'local', state: 'exited' as const, ports: [door({ hostIp: '127.0.0.1', scope: 'loopback' })], facts },
    { name: 'shut', state: 'exited' as const, facts },
  ]
  expect(hitsOf(latentExposure, { containers })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', stopped)] }
  expect(hitsOf(latentExposure, spec)).toEqual([])
  expect(unknownOf(latentExposure, spec)).toEqual(['ghost: inspect answered 500'])
})
