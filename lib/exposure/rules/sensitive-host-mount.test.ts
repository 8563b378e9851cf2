import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { sensitiveHostMount } from './sensitive-host-mount'

const mount = (source: string, writable = true, type = 'bind') => ({
  type,
  source,
  destination: `/host${source}`,
  writable,
  propagation: null,
})
const severityOf = (source: string, writable: boolean, rootless = false) =>
  run(sensitiveHostMount, { rootless, containers: [{ name: 'c', facts: { mounts: [mount(source, writable)] } }] })
    .findings[0]?.severity

test.each(['/', '/proc', '/sys', '/dev', '/srv/../proc/'])(
  '%s writable is critical; read-only and rootless are one step lower each',
  source => {
    expect(severityOf(source, true)).toBe('critical')
    expect(severityOf(source, false)).toBe('high')
    expect(severityOf(source, true, true)).toBe('high')
    expect(severityOf(source, false, true)).toBe('medium')
  },
)

test.each(['/etc', '/root', '/boot', '/lib', '/usr'])('%s writable is high', source => {
  expect(severityOf(source, true)).toBe('high')
  expect(severityOf(source, false)).toBe('medium')
})

test('several mounts are one finding, of the worst', () => {
  const mounts = [mount('/etc', false), mount('/sys')]
  expect(run(sensitiveHostMount, { containers: [{ name: 'c', facts: { mounts } }] }).findings).toMatchObject([
    { severity: 'critical', message: expect.stringContaining('/etc → /host/etc ro and /sys → /host/sys rw') },
  ])
})

test('directories below, others, and volumes are no hit', () => {
  const mounts = [
    mount('/etc/app'),
    mount('/srv'),
    mount('/home'),
    mount('/etc', true, 'volume'),
    mount('data', true, 'volume'),
  ]
  expect(hitsOf(sensitiveHostMount, { containers: [{ name: 'c', facts: { mounts } }] })).toEqual([])
})

test('what was not read is unknown, and so is what hides behind volumes', () => {
  const spec = {
    containers: [unread('ghost'), { name: 'c', facts: { mounts: [mount('data', true, 'volume')] } }],
    facts: { volumesUnknown: true },
  }
  expect(hitsOf(sensitiveHostMount, spec)).toEqual([])
  expect(unknownOf(sensitiveHostMount, spec)).toHaveLength(2)
})
