/**
 * Every rule, provoked by a real container. What is expected follows from the scenarios, and is compared whole: a container
 * that is told of without cause fails the test as one that is not told of does.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine } from '@/lib/exposure/engine'
import { RULES } from '@/lib/exposure/rules'
import type { Finding, FindingsReport } from '@/lib/exposure/types'
import { type LabHost, startLabHost } from './host'
import { modelOfLab } from './model'
import { isReady } from './suites'

/** Names of who is told of on a rootful and on a rootless host of Podman 5.4, or why nobody can be. */
type Provoked = { rootful?: string[]; rootless?: string[] } | { cannot: string }

const HOST = ['labhost']

const FILES = 'the files for it are on the hosts of units.test.ts'

const PROVOKED: Record<string, Provoked> = {
  // privweb, proxysock and shop-a publish too, which is told as a part of their way to the host; mail is on one address.
  'published-all-interfaces': {
    rootful: ['allports', 'blue', 'dind', 'git', 'low', 'pivot', 'redis', 'resolver', 'shop', 'wide'],
    rootless: ['api', 'db', 'meant', 'unmeant'],
  },
  'sensitive-port-published': { rootful: ['redis'], rootless: ['db'] },
  'engine-api-reachable': { rootful: ['dind'] },
  'published-on-public-address': { rootful: ['mail'] },
  'udp-amplifier-published': { rootful: ['resolver'] },
  'ssh-published': { rootful: ['git'] },
  'publish-all-ports': { rootful: ['allports'] },
  'wide-port-range': { rootful: ['wide'] },
  'privileged-host-port': { rootful: ['low', 'mail'] },
  'host-port-contention': { rootful: ['green'] },
  'latent-exposure': { rootful: ['back'] },
  'dead-published-port': { rootful: ['un'] },
  // Everybody sleeps but blue and api. wide and resolver are UDP, which is not examined.
  'published-but-silent': {
    rootful: ['allports', 'dind', 'git', 'low', 'mail', 'pivot', 'privweb', 'proxysock', 'redis', 'shop'],
    rootless: ['db', 'local', 'meant', 'unmeant'],
  },
  'host-network': { rootful: ['hostdb'], rootless: ['inhost'] },
  'host-network-powerful': { rootful: ['agent'] },
  'host-listener-exposed': { rootful: ['hostdb'], rootless: ['inhost'] },
  'netns-joined': { rootful: ['sidecar'] },
  'netns-path': { rootful: ['nspath'] },
  'host-pid': { rootful: ['pidhost'] },
  'host-ipc': { rootful: ['ipchost'] },
  'rootless-host-loopback': { rootful: ['gateway'], rootless: ['mapgw'] },
  'source-ip-lost': { rootless: ['api', 'db'] },
  'host-gateway-alias': { rootful: ['alias'] },
  'default-network-shared': { rootful: ['podman'] },
  'networks-not-isolated': { rootful: HOST, rootless: HOST },
  'network-believed-isolated': { rootful: ['apart', 'app', 'glob', 'other', 'routed'], rootless: ['app', 'other'] },
  'internal-network-open': { rootful: ['sealed'] },
  'internal-network-pivot': { rootful: ['pivot'], rootless: ['both'] },
  'multi-homed': { rootful: ['homes'] },
  'reachable-by-route': { rootful: HOST },
  'macvlan-on-lan': { rootful: ['lani', 'lannp', 'thief'] },
  'ipvlan-on-lan': {
    cannot: 'many kernels that run the lab have no ipvlan; lib/exposure/recordings.test.ts has a host of one that has',
  },
  'lan-address-collision': { rootful: ['thief'] },
  'duplicate-address': { rootful: ['lan'] },
  'lan-parent-implicit': { rootful: ['lannoparent'] },
  'internal-macvlan-illusion': { rootful: ['lanint'] },
  'unmanaged-bridge': { rootful: ['unman'] },
  'static-route-added': { rootful: ['routed'] },
  'ipv6-global-subnet': { rootful: ['glob'] },
  'unknown-driver': { rootful: ['plugged'] },
  'exposed-and-host-equivalent': { rootful: ['privweb', 'proxysock', 'shop-a'] },
  'engine-socket-mounted': { rootful: ['rootro', 'vol'], rootless: ['sock'] },
  privileged: { rootful: ['builder'], rootless: ['builder'] },
  'host-equivalent-cap': { rootful: ['sysadm'] },
  'cap-net-admin': { rootful: ['homes'] },
  'cap-net-raw': { rootful: ['raw'] },
  'tun-gateway': { rootful: ['tun'] },
  'sensitive-host-mount': { rootful: ['etc', 'rootro'], rootless: ['etc'] },
  'network-config-mount': { rootful: ['netconf'] },
  'confinement-off': { rootful: ['unconf'] },
  'shared-propagation': { rootful: ['shared'] },
  // Whoever publishes off loopback, each member of a namespace by itself.
  'no-userns': {
    rootful:
      'allports back blue dind git green low mail pivot privweb proxysock redis resolver shop-a sidecar wide'.split(
        ' ',
      ),
  },
  'unit-network-differs': { cannot: FILES },
  'unit-wiring-differs': { cannot: FILES },
  'unit-file-newer': { cannot: FILES },
  'unit-file-broken': { cannot: FILES },
  'unit-port-contention': { cannot: FILES },
  'unit-network-missing': { cannot: FILES },
  'inspect-incomplete': { rootless: ['ghost'] },
  'self-exposure': { cannot: 'Podwire refuses to start so; lib/server/config.test.ts shows it' },
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const namesByRule = ({ findings }: FindingsReport): Record<string, string[]> => {
  const names: Record<string, string[]> = {}
  for (const { ruleId, subject } of findings)
    (names[ruleId] ??= []).push(subject.kind === 'host' ? 'labhost' : subject.name)
  for (const list of Object.values(names)) list.sort(compare)
  return names
}

const expectedOn = (host: 'rootful' | 'rootless'): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(PROVOKED).flatMap(([id, one]) => {
      const names = 'cannot' in one ? undefined : one[host]
      return names === undefined ? [] : [[id, names.toSorted(compare)]]
    }),
  )

const acceptance = { today: '2026-11-22', exceptions: [], problem: null }

async function examined(lab: LabHost): Promise<FindingsReport> {
  return examine([await modelOfLab(lab.engine)], { rules: RULES, acceptance })
}

const only = (findings: readonly Finding[], ruleId: string, name: string): Finding => {
  const found = findings.filter(one => one.ruleId === ruleId && one.subject.name === name)
  expect(found, `${ruleId} ${name}`).toHaveLength(1)
  const [first] = found
  if (first === undefined) throw new Error('not found')
  return first
}

test('every rule is provoked here, or it is said why it cannot be', () => {
  expect(Object.keys(PROVOKED).toSorted(compare)).toEqual(RULES.map(rule => rule.id).toSorted(compare))
  for (const [id, one] of Object.entries(PROVOKED))
    expect('cannot' in one ? one.cannot : [...(one.rootful ?? []), ...(one.rootless ?? [])].join(), id).not.toBe('')
})

describe('Podman 5.4, rootful', () => {
  let lab: LabHost
  let report: FindingsReport
  beforeAll(async () => {
    lab = await startLabHost({ suite: 'trixie', scenario: 'rules' })
    report = await examined(lab)
  })
  afterAll(() => lab?.stop())

  test('each rule tells of those who were made for it, and of nobody else', () => {
    expect(namesByRule(report)).toEqual(expectedOn('rootful'))
  })

  test('the way to the host is told from the segments that a neighbour reaches it from', () => {
    const { path } = only(report.findings, 'exposed-and-host-equivalent', 'privweb')
    expect(path?.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'segment eth0 and eth1',
      'interface eth0 and eth1',
      'door *:8100/tcp',
      'namespace privweb',
      'power --privileged',
      'host root on the host',
    ])
    expect(only(report.findings, 'published-on-public-address', 'mail').message).toContain(
      'Open to the segment of eth0.',
    )
    expect(only(report.findings, 'macvlan-on-lan', 'lani').message).toContain('open to the segment of eth1,')
  })

  test('the probe says who listens on the host', () => {
    expect(only(report.findings, 'host-listener-exposed', 'hostdb')).toMatchObject({ severity: 'high' })
  })

  test('every fix can be pasted: a shell reads it, and quadlet knows its keys', async () => {
    const fixes = report.findings.map(({ fix }) => fix)
    const shell = fixes.flatMap(({ podman }) => podman ?? []).join('\n')
    await lab.root.bash(`cat > /tmp/fixes.sh << 'END OF FIXES'\n${shell}\nEND OF FIXES\nbash -n /tmp/fixes.sh`)
    const units = fixes.flatMap(({ quadlet }) => (quadlet?.startsWith('[') ? quadlet : []))
    expect(units.length).toBeGreaterThan(20)
    expect(await quadletComplaints(lab, ['[Container]\nRemoved=1'])).toEqual([expect.stringContaining('Removed')])
    expect(await quadletComplaints(lab, units)).toEqual([])
  })
})

/** What podman's own generator says of these sections; names that are to be filled in get a value. */
async function quadletComplaints(lab: LabHost, units: readonly string[]): Promise<string[]> {
  const files = units.map((unit, index) => {
    const section = /^\[(\w+)\]/.exec(unit)?.[1]?.toLowerCase() ?? ''
    const filled = unit
      .replaceAll('HOSTPORT', '8080')
      .replaceAll(/\bPORT\b/g, '80')
      .replaceAll('RANGE_FOR_CONTAINERS_ALONE', '198.51.100.128/26')
      .replaceAll(/^Network=.*\.network$/gm, 'Network=any.network')
    const image = section === 'container' ? '\nImage=localhost/busybox' : ''
    return `cat > u${index}.${section} << 'END OF UNIT'\n${filled}${image}\nEND OF UNIT`
  })
  const said = await lab.root.bash(
    [
      'rm -rf /tmp/units && mkdir /tmp/units && cd /tmp/units',
      "printf '[Network]\\n' > any.network",
      ...files,
      'QUADLET_UNIT_DIRS=/tmp/units /usr/libexec/podman/quadlet -dryrun 2>&1 > /dev/null || true',
    ].join('\n'),
  )
  return said.split('\n').filter(line => /unsupported|invalid|error/i.test(line))
}

describe('Podman 5.4, rootless', () => {
  let lab: LabHost
  let report: FindingsReport
  beforeAll(async () => {
    lab = await startLabHost({ suite: 'trixie', user: 'dev', scenario: 'rules-rootless' })
    report = await examined(lab)
  })
  afterAll(() => lab?.stop())

  test('each rule tells of those who were made for it, and of nobody else', () => {
    expect(namesByRule(report)).toEqual(expectedOn('rootless'))
  })

  test('what is handed over is the user, not the host', () => {
    expect(only(report.findings, 'privileged', 'builder').severity).toBe('high')
    expect(only(report.findings, 'engine-socket-mounted', 'sock').severity).toBe('high')
  })

  test('an annotation accepts until its day, and is told from then on', () => {
    expect(only(report.findings, 'published-all-interfaces', 'meant').suppressed).toMatchObject({
      reason: 'the wall display',
      until: '2099-12-31',
    })
    expect(only(report.findings, 'published-all-interfaces', 'unmeant').suppressed).toBeNull()
    expect(report.notExamined).toContain(
      'unmeant: annotation io.podwire.ignore/published-all-interfaces: it ended on 2001-12-31',
    )
  })
})

/** Rules whose answer depends on netavark's generation. */
const ISOLATION = {
  bookworm: { 'networks-not-isolated': HOST, 'network-believed-isolated': ['apart', 'app', 'other'] },
  experimental: {},
} as const

describe.each(['bookworm', 'experimental'] as const)('%s', suite => {
  describe.skipIf(suite === 'experimental' && !isReady(suite))('its own generation', () => {
    let lab: LabHost
    let report: FindingsReport
    beforeAll(async () => {
      lab = await startLabHost({ suite, scenario: 'rules-isolation' })
      report = await examined(lab)
    })
    afterAll(() => lab?.stop())

    test('bridges are open to each other before netavark 2, and apart from then on', () => {
      const names = namesByRule(report)
      const told = (id: string) => (names[id] === undefined ? {} : { [id]: names[id] })
      expect({ ...told('networks-not-isolated'), ...told('network-believed-isolated') }).toEqual(ISOLATION[suite])
    })

    test('a door on an internal network leads nowhere, and neighbours that route reach the rest', () => {
      expect(namesByRule(report)).toMatchObject({ 'dead-published-port': ['shut'], 'reachable-by-route': HOST })
    })

    test('P15 an image accepts nothing, neither by label nor by annotation', () => {
      expect(only(report.findings, 'published-all-interfaces', 'talker').suppressed).toBeNull()
      expect(only(report.findings, 'published-all-interfaces', 'meant').suppressed?.reason).toBe('by who runs it')
      const told = report.notExamined.filter(line => line.startsWith('talker: annotation'))
      // Podman 4.3 copies the annotations of an image.
      expect(told).toHaveLength(suite === 'bookworm' ? 1 : 0)
    })
  })
})
