import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { hostEquivalentCap } from './host-equivalent-cap'

test.each(['CAP_SYS_ADMIN', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_PTRACE', 'CAP_BPF', 'CAP_DAC_READ_SEARCH'])(
  '%s is high, medium when rootless',
  capability => {
    const containers = [{ name: 'tool', capabilities: [capability] }]
    expect(run(hostEquivalentCap, { containers }).findings).toMatchObject([
      {
        severity: 'high',
        evidence: [{ value: capability }],
        fix: { podman: `# create tool again without: --cap-add ${capability}` },
      },
    ])
    expect(run(hostEquivalentCap, { containers, rootless: true }).findings).toMatchObject([{ severity: 'medium' }])
  },
)

test('CAP_MKNOD counts with a device', () => {
  const mknod = { capabilities: ['CAP_MKNOD'] }
  const containers = [
    { name: 'bare', ...mknod },
    { name: 'disk', ...mknod, facts: { devices: ['/dev/sda'] } },
  ]
  expect(hitsOf(hostEquivalentCap, { containers })).toEqual(['disk'])
})

test('other capabilities and privileged containers are no hit', () => {
  const containers = [
    { name: 'net', capabilities: ['CAP_NET_ADMIN'] },
    { name: 'all', capabilities: ['CAP_SYS_ADMIN'], privileged: true },
  ]
  expect(hitsOf(hostEquivalentCap, { containers })).toEqual([])
})

test('what was not read or not said is unknown', () => {
  const spec = {
    containers: [unread('ghost', { capabilities: ['CAP_BPF'] }), { name: 'mute', facts: { boundingCaps: null } }],
  }
  expect(hitsOf(hostEquivalentCap, spec)).toEqual([])
  expect(unknownOf(hostEquivalentCap, spec)).toHaveLength(2)
})
