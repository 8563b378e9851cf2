/** Random snapshots for property tests: small pools of names, so that joins, pods, inodes and networks do meet. */
import fc from 'fast-check'
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import { container, engineId, engineInfo, known, network, pod, probe, snapshot } from './testing'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'constructor', '__proto__', 'host', 'rootless'] as const
const NETWORKS = ['app', 'vault', 'lan', 'constructor', '__proto__'] as const
const PODS = ['shop', 'b'] as const

const mode = fc.oneof(
  { weight: 4, arbitrary: fc.constant('bridge') },
  fc.constantFrom(
    'host',
    'none',
    'pasta',
    'slirp4netns',
    'slirp4netns:cidr=10.0.0.0/8',
    'ns:/run/netns/x',
    'ns:/y',
    'odd',
    '',
  ),
  fc.constantFrom(...NAMES, 'nobody').map(name => `container:${engineId(name)}`),
)

const ports = fc.array(
  fc.record({
    hostIp: fc.constantFrom('', '0.0.0.0', '127.0.0.1', '::', '::1', '198.51.100.2', 'localhost'),
    hostPort: fc.constantFrom(80, 8080, 65_535),
    containerPort: fc.constantFrom(80, 443),
    range: fc.constantFrom(1, 1, 3),
    protocol: fc.constantFrom('tcp', 'udp', 'sctp'),
  }),
  { maxLength: 3 },
)

const record = (name: string): fc.Arbitrary<ContainerRecord> =>
  fc
    .record({
      mode,
      ports,
      state: fc.constantFrom('running', 'running', 'exited', 'created', 'paused', 'removing', 'unknown'),
      networks: fc.uniqueArray(fc.constantFrom(...NETWORKS, 'gone'), { maxLength: 3 }),
      netns: fc.constantFrom(null, 'h', '1', '2', '3', '4'),
      pod: fc.option(fc.constantFrom(...PODS, 'nowhere'), { nil: undefined }),
      infra: fc.boolean(),
      failed: fc.option(fc.constant('inspect answered 500'), { nil: undefined, freq: 5 }),
      image: fc.constantFrom('localhost/one', 'localhost/two'),
      labels: fc.dictionary(
        fc.constantFrom('PODMAN_SYSTEMD_UNIT', 'x/y', 'til~de', '__proto__'),
        fc.constantFrom('1', '2'),
      ),
    })
    .map(({ networks, netns, pod, failed, image, labels, ...rest }) =>
      container(name, {
        ...rest,
        networks: Object.fromEntries(networks.map((one, index) => [one, [`10.0.${index}.2`]])),
        netns: rest.state === 'running' || rest.state === 'paused' ? netns : null,
        ...(pod === undefined ? {} : { pod }),
        ...(failed === undefined ? {} : { failed }),
        summary: { image, labels },
      }),
    )

/** A host whose containers point at each other in every way that a broken engine could tell. */
export const anySnapshot: fc.Arbitrary<HostSnapshot> = fc
  .record({
    containers: fc.uniqueArray(fc.constantFrom(...NAMES)).chain(names => fc.tuple(...names.map(record))),
    networks: fc.uniqueArray(fc.constantFrom(...NETWORKS)).chain(names =>
      fc.tuple(
        ...names.map(name =>
          fc
            .record({
              driver: fc.constantFrom('bridge', 'bridge', 'macvlan', 'weird'),
              internal: fc.boolean(),
              options: fc.constantFrom({}, { isolate: 'strict' }, { mtu: '1400' }),
            })
            .map(spec => network(name, spec)),
        ),
      ),
    ),
    pods: fc.uniqueArray(fc.constantFrom(...PODS)).chain(names =>
      fc.tuple(
        ...names.map(name =>
          fc
            .record({
              infra: fc.constantFrom(...NAMES, null),
              shares: fc.constantFrom(['net', 'ipc'], ['ipc']),
              hostNetwork: fc.boolean(),
              failed: fc.option(fc.constant('answered 500'), { nil: undefined, freq: 4 }),
            })
            .map(({ failed, ...spec }) => pod(name, failed === undefined ? spec : { ...spec, failed })),
        ),
      ),
    ),
    rootless: fc.constantFrom(true, false, null),
    netavarkVersion: fc.constantFrom('1.14.0', '2.0.0', null),
    hostNetns: fc.constantFrom('h', null),
    listeners: fc.array(
      fc.record({
        address: fc.constantFrom('0.0.0.0', '::'),
        port: fc.constantFrom(22, 80),
        protocol: fc.constant('tcp' as const),
        containerId: fc.constantFrom(null, engineId('a'), 'f'.repeat(64)),
        process: fc.constantFrom(null, 'sshd'),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ netavarkVersion, hostNetns, listeners, ...rest }) =>
    snapshot({
      ...rest,
      info: engineInfo({ netavarkVersion }),
      probe: probe({ hostNetns, hostListeners: known(listeners), listenersByNetns: { '1': known(listeners) } }),
    }),
  )
