import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { engineSocketMounted } from './engine-socket-mounted'

const mount = (source: string, given: { type?: string; writable?: boolean } = {}) => ({
  type: 'bind',
  source,
  destination: '/mnt',
  writable: true,
  propagation: null,
  ...given,
})
const withMounts = (...mounts: ReturnType<typeof mount>[]) => ({ containers: [{ name: 'ci', facts: { mounts } }] })

test.each([
  '/run/podman/podman.sock',
  '/var/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/systemd/private',
  '/srv/moved/podman.sock',
  '/run/../run//podman/./podman.sock',
])('%s is the socket itself', source => {
  expect(run(engineSocketMounted, withMounts(mount(source))).findings).toMatchObject([
    { severity: 'critical', confidence: 'high' },
  ])
})

test.each(['/', '/run', '/var/run', '/run/podman', '/run/user', '/run/user/1000'])('%s holds sockets', source => {
  expect(run(engineSocketMounted, withMounts(mount(source))).findings).toMatchObject([{ confidence: 'medium' }])
})

test('read-only is no help, and the message says so', () => {
  const [finding] = run(engineSocketMounted, withMounts(mount('/run/podman/podman.sock', { writable: false }))).findings
  expect(finding).toMatchObject({
    severity: 'critical',
    message: expect.stringContaining('/run/podman/podman.sock (ro)'),
  })
})

test('a volume with such a device is a bind mount in disguise', () => {
  expect(hitsOf(engineSocketMounted, withMounts(mount('/run/podman/podman.sock', { type: 'volume' })))).toEqual(['ci'])
})

test('rootless engines and the sockets of users are high', () => {
  const rootless = { ...withMounts(mount('/run/podman/podman.sock')), rootless: true }
  expect(run(engineSocketMounted, rootless).findings).toMatchObject([{ severity: 'high' }])
  const users = withMounts(mount('/run/user/1000/podman/podman.sock'))
  expect(run(engineSocketMounted, users).findings).toMatchObject([{ severity: 'high' }])
})

test.each(['/srv/data', '/run/podman-data', '/var', '/run/user/1000/wayland-0', 'data', '/etc/podman.socket'])(
  '%s is no hit',
  source => {
    expect(hitsOf(engineSocketMounted, withMounts(mount(source)))).toEqual([])
  },
)

test('a path that would break out of the fix takes the fix with it', () => {
  const [finding] = run(engineSocketMounted, withMounts(mount('/a\nrm -rf b/podman.sock'))).findings
  expect(finding?.fix.podman).toBeNull()
})

test('volumes that could not be read leave their users unknown', () => {
  const spec = {
    ...withMounts(mount('data', { type: 'volume' })),
    facts: { volumesUnknown: true },
  }
  expect(hitsOf(engineSocketMounted, spec)).toEqual([])
  expect(unknownOf(engineSocketMounted, spec)).toEqual([
    'ci: volumes could not be read, and a bind mount may hide behind one',
  ])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { facts: { mounts: [mount('/run/podman/podman.sock')] } })] }
  expect(hitsOf(engineSocketMounted, spec)).toEqual([])
  expect(unknownOf(engineSocketMounted, spec)).toEqual(['ghost: inspect answered 500'])
})
