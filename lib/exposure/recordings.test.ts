/**
 * The findings of every recorded host, rule by rule. What is expected was derived from the scenarios that made the hosts
 * (tests/lab/scenarios) and from what packets did there, not from what the rules say.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { enabledRules, examine } from './engine'
import type { FindingsReport } from './types'

type Expected = Record<string, string[]>

/** Podman 5.4.2: every container of the scenario but those that need ipvlan, which that kernel did not have. */
const many: Expected = {
  // db publishes too, on an internal network: nothing answers. stopped1 does not run. legacy is on loopback.
  'published-all-interfaces': ['proxy', 'shop', 'slirp1', 'web2'],
  'udp-amplifier-published': ['proxy'],
  'dead-published-port': ['db'],
  // Everybody runs `sleep infinity` but the two exporters.
  'published-but-silent': ['legacy', 'proxy', 'shop', 'slirp1', 'web2'],
  'host-network': ['host-local', 'hostpod-a', 'node-exporter'],
  'netns-joined': ['sidecar'],
  'rootless-host-loopback': ['slirp2'],
  // legacy, legacy2 and priv1.
  'default-network-shared': ['podman'],
  'networks-not-isolated': ['host'],
  // nodns is open too, and nobody is on it.
  'network-believed-isolated': ['frontend', 'isolated'],
  'internal-network-pivot': ['proxy'],
  'reachable-by-route': ['host'],
  'macvlan-on-lan': ['macpriv', 'printer', 'printer2'],
  'engine-socket-mounted': ['sockeater'],
  privileged: ['priv1'],
  'cap-net-admin': ['netadmin'],
  'cap-net-raw': ['netadmin'],
}

/** slirp4netns is gone; a bridge without the option is strict. */
const manyOn6: Expected = {
  ...many,
  'published-all-interfaces': ['proxy', 'shop', 'web2'],
  'published-but-silent': ['legacy', 'proxy', 'shop', 'web2'],
  'rootless-host-loopback': [],
  'networks-not-isolated': [],
  'network-believed-isolated': [],
}

/** Without pods, in a kernel that has ipvlan and no nftables: packets show every door of a bridge dead, every bridge open. */
const manyWithIpvlan: Expected = {
  ...many,
  'published-all-interfaces': ['slirp1'],
  'udp-amplifier-published': [],
  'dead-published-port': ['db', 'legacy', 'proxy', 'web2'],
  'published-but-silent': ['slirp1'],
  'host-network': ['host-local', 'node-exporter'],
  'network-believed-isolated': ['frontend', 'isolated', 'strictnet'],
  'ipvlan-on-lan': ['cam', 'cam2', 'cam3'],
}

const rootless: Expected = {
  // secretdb is on an internal network, and rootlessport passes on all the same. lowport could not start.
  'published-all-interfaces': ['api', 'duo', 'secretdb', 'slirp', 'web'],
  'published-but-silent': ['api', 'duo', 'local', 'secretdb', 'slirp', 'web'],
  'host-network': ['hostmode'],
  'rootless-host-loopback': ['mapgw'],
  'source-ip-lost': ['api', 'duo', 'secretdb'],
  // app and podman; vault is internal.
  'networks-not-isolated': ['host'],
  'network-believed-isolated': ['app'],
}

const expected: Record<string, Expected> = {
  'podman-4.3.1': many,
  'podman-5.4.2': many,
  'podman-5.4.2-ipvlan': manyWithIpvlan,
  'podman-6.1.1': manyOn6,
  // There was no pasta.
  'podman-4.3.1-rootless': { ...rootless, 'rootless-host-loopback': [] },
  'podman-5.4.2-rootless': rootless,
  // /info failed: which netavark it is, and so who reaches whom, is unknown.
  'podman-5.4.2-rootless-info500': { ...rootless, 'networks-not-isolated': [], 'network-believed-isolated': [] },
  'podman-6.1.1-rootless': {
    ...rootless,
    'published-all-interfaces': ['api', 'duo', 'secretdb', 'web'],
    'published-but-silent': ['api', 'duo', 'local', 'secretdb', 'web'],
    'networks-not-isolated': [],
    'network-believed-isolated': [],
  },
  // No rules of netavark in the kernel either.
  'podman-6.1.1-quadlet': {
    'dead-published-port': ['drifter', 'systemd-duo', 'systemd-web'],
    'host-network': ['network-test-host'],
    'networks-not-isolated': ['host'],
    'network-believed-isolated': ['systemd-app', 'systemd-drift'],
    'reachable-by-route': ['host'],
    // drift.network was edited after its network was made; broken.container has Netwrok=. Nothing else drifted.
    'unit-network-differs': ['systemd-drift'],
    'unit-file-broken': ['host'],
  },
}

/** One host that provokes what one host can: tests/recordings/rules/exposed.sh. */
const exposed: Expected = {
  // privweb, proxysock and ppod-a publish too; that is told as part of the path to the host. mail is on one address.
  'published-all-interfaces': ['allports', 'blue', 'dind', 'git', 'low', 'pivot', 'ppod', 'redis', 'wide'],
  'sensitive-port-published': ['redis'],
  'engine-api-reachable': ['dind'],
  'published-on-public-address': ['mail'],
  'ssh-published': ['git'],
  'publish-all-ports': ['allports'],
  'wide-port-range': ['wide'],
  'privileged-host-port': ['low', 'mail'],
  'host-port-contention': ['green'],
  'latent-exposure': ['back'],
  'dead-published-port': ['un'],
  // wide is UDP, which is not examined.
  'published-but-silent': [
    'allports',
    'blue',
    'dind',
    'git',
    'low',
    'mail',
    'pivot',
    'ppod',
    'privweb',
    'proxysock',
    'redis',
  ],
  'host-network': ['hostdb'],
  'host-network-powerful': ['agent'],
  'netns-path': ['nsinit', 'nspath'],
  'host-pid': ['pidhost'],
  'host-ipc': ['ipchost'],
  'host-gateway-alias': ['alias'],
  'default-network-shared': ['podman'],
  'networks-not-isolated': ['host'],
  'network-believed-isolated': ['app', 'glob', 'other', 'routed'],
  'internal-network-pivot': ['pivot'],
  'multi-homed': ['homes'],
  'reachable-by-route': ['host'],
  'macvlan-on-lan': ['lani', 'lannp', 'thief'],
  'lan-address-collision': ['thief'],
  'duplicate-address': ['lan'],
  'lan-parent-implicit': ['lannoparent'],
  'internal-macvlan-illusion': ['lanint'],
  'unmanaged-bridge': ['unman'],
  'static-route-added': ['routed'],
  'ipv6-global-subnet': ['glob'],
  'exposed-and-host-equivalent': ['ppod-a', 'privweb', 'proxysock'],
  // vol has it through a volume that is a bind mount in disguise, rootro through /.
  'engine-socket-mounted': ['rootro', 'vol'],
  'host-equivalent-cap': ['sysadm'],
  'cap-net-admin': ['homes'],
  'tun-gateway': ['tun'],
  'sensitive-host-mount': ['etc', 'rootro'],
  'network-config-mount': ['netconf'],
  'confinement-off': ['unconf'],
  'shared-propagation': ['shared'],
}

const exposedFile = new URL('../../tests/recordings/rules/podman-5.4.2-exposed.json', import.meta.url).pathname

const namesByRule = ({ findings }: FindingsReport): Expected => {
  const names: Expected = {}
  for (const { ruleId, subject } of findings)
    (names[ruleId] ??= []).push(subject.kind === 'host' ? 'host' : subject.name)
  for (const list of Object.values(names)) list.sort()
  return names
}

test('every recording is expected', () => {
  expect(Object.keys(expected).sort()).toEqual(recordingNames().sort())
})

describe.each(Object.entries(expected))('%s', (name, rules) => {
  let report: FindingsReport
  beforeAll(async () => {
    report = examine([await modelOfRecording(name)])
  })

  test('the findings are those of the scenario', () => {
    expect(namesByRule(report)).toEqual(
      Object.fromEntries(Object.entries(rules).filter(([, names]) => names.length > 0)),
    )
  })

  test('every finding has an id of its own, evidence, a reference, and no text that is missing', () => {
    expect(new Set(report.findings.map(one => one.id)).size).toBe(report.findings.length)
    for (const finding of report.findings) {
      expect(finding.evidence.length, finding.ruleId).toBeGreaterThan(0)
      expect(finding.references.length, finding.ruleId).toBeGreaterThan(0)
      expect(JSON.stringify(finding), finding.ruleId).not.toMatch(/undefined|\[object|NaN/)
    }
  })

  test('what was not examined begins with the firewall', () => {
    expect(report.notExamined[0]).toBe('host firewall')
  })
})

test('a host made to provoke the rules provokes each where it was meant to', async () => {
  const report = examine([await modelOfRecording('exposed', exposedFile)])
  expect(namesByRule(report)).toEqual(exposed)
})

test('of the quadlets of a host with systemd, one network drifted and one file is broken: with their differences, lines, and no more', async () => {
  const { findings, notExamined } = examine([await modelOfRecording('podman-6.1.1-quadlet')])
  const units = findings.filter(({ ruleId }) => ruleId.startsWith('unit-'))
  expect(units.map(({ ruleId, subject, evidence }) => [ruleId, subject.name, evidence])).toEqual([
    [
      'unit-network-differs',
      'systemd-drift',
      [
        { field: 'Subnet', value: 'file 10.62.0.0/24, live 10.61.0.0/24 (/etc/containers/systemd/drift.network:2)' },
        { field: 'Internal', value: 'file true, live false (/etc/containers/systemd/drift.network:3)' },
      ],
    ],
    [
      'unit-file-broken',
      'podman-6.1.1-quadlet',
      [
        {
          field: '/etc/containers/systemd/broken.container',
          value:
            "line 2: unsupported key 'Netwrok' in group 'Container' in /etc/containers/systemd/broken.container; accepted: Network=",
        },
        {
          field: '/etc/containers/systemd/broken.container',
          value: 'no Image or Rootfs key specified; accepted: Image=NAME',
        },
      ],
    ],
  ])
  expect(notExamined).toContain('quadlet files: when they were changed is not known')
})

test('internal bridges that packets get into are told of, each by the address family that is open', async () => {
  const name = 'podman-6.1.1-internal-first'
  const file = new URL(`../../tests/recordings/reach/${name}.json`, import.meta.url).pathname
  const { findings } = examine([await modelOfRecording(name, file)])
  const open = findings.filter(({ ruleId }) => ruleId === 'internal-network-open')
  expect(open.map(({ subject, evidence }) => `${subject.name} ${evidence[0]?.field}`).toSorted()).toEqual([
    'n0 subnets (IPv4)',
    'n0 subnets (IPv6)',
    'n5 subnets (IPv6)',
  ])
})

test('every rule is provoked by some recorded host, but those that need what no recording has', () => {
  const provoked = new Set([exposed, ...Object.values(expected)].flatMap(rules => Object.keys(rules)))
  const missing = enabledRules().flatMap(rule => (provoked.has(rule.id) ? [] : [rule.id]))
  // A test of its own, above. Holders of sockets; a plugin; files that drift, which the lab has; an engine that fails; Podwire's own
  // listener.
  expect(missing).toEqual([
    'host-listener-exposed',
    'internal-network-open',
    'unknown-driver',
    'unit-wiring-differs',
    'unit-file-newer',
    'unit-port-contention',
    'unit-network-missing',
    'inspect-incomplete',
    'self-exposure',
  ])
})
