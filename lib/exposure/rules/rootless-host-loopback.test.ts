import { expect, test } from 'vitest'
import type { ContainerFacts } from '@/lib/topology/types'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { rootlessHostLoopback } from './rootless-host-loopback'

type Options = NonNullable<ContainerFacts['userModeOptions']>
const with_ = (mode: Options['mode'], ...words: string[]) => ({ mode, facts: { userModeOptions: { mode, words } } })

test.each([
  ['pasta', ['--map-gw'], '--map-gw'],
  ['pasta', ['-T', '5432'], '-T 5432'],
  ['pasta', ['--udp-ns', 'auto'], '--udp-ns auto'],
  ['pasta', ['--map-host-loopback', '169.254.1.3'], '--map-host-loopback 169.254.1.3'],
  ['slirp4netns', ['mtu=1500', 'allow_host_loopback=true'], 'allow_host_loopback=true'],
] as const)('%s with %j is found', (mode, words, seen) => {
  expect(
    run(rootlessHostLoopback, { rootless: true, containers: [{ name: 'app', ...with_(mode, ...words) }] }).findings,
  ).toMatchObject([
    {
      severity: 'medium',
      confidence: 'low',
      evidence: [{ value: seen }],
      fix: { podman: `# create app again with: --network ${mode}` },
    },
  ])
})

test('options that keep it shut, and other modes, are no hit and not unknown', () => {
  const containers = [
    { name: 'a', ...with_('pasta', '-T', 'none', '--no-map-gw', '--map-host-loopback', 'none') },
    { name: 'b', ...with_('pasta', '-t', '8080') },
    { name: 'c', ...with_('slirp4netns', 'allow_host_loopback=false') },
    { name: 'd' },
  ]
  expect(hitsOf(rootlessHostLoopback, { containers })).toEqual([])
  expect(unknownOf(rootlessHostLoopback, { containers })).toEqual([])
})

test('without a word about options it is unknown, all such containers in one line', () => {
  const containers = [
    { name: 'web', mode: 'pasta' as const },
    { name: 'old', mode: 'slirp4netns' as const },
    unread('ghost', { mode: 'pasta' }),
  ]
  expect(hitsOf(rootlessHostLoopback, { containers })).toEqual([])
  expect(unknownOf(rootlessHostLoopback, { containers })).toEqual([
    'ghost: inspect answered 500',
    "web and old: whether options of containers.conf, or given over the API, open the host's loopback is not known",
  ])
})
