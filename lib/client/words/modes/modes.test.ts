/** Every claim about a network mode has packets, or a test, that show it. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { reachOf } from '@/lib/reach/reach'
import { buildTopology } from '@/lib/topology/build'
import { container, probe, snapshot } from '@/lib/topology/testing'
import { truthOf } from '@/tests/recordings/model'
import { LANGUAGES } from '../language'
import { modesDocument } from './document'
import type { modes } from './en'
import { modeWordsOf } from '.'

/**
 * packets  a connection to any own address of a container, or to the host, on recorded hosts: whether the right one answered
 * door     the same through a published port
 * address  who answered at one address of the host
 * shares   in whose namespace a container is
 * shown    a test by its title
 * lab      containers of a scenario that tests/lab/reach connects with everybody, on every generation
 */
type Proof =
  | { packets: string; on: readonly string[]; reached: boolean }
  | { door: number; from: string; on: readonly string[]; answered: boolean }
  | { address: string; from: string; on: readonly string[]; by: string }
  | { shares: string; owner: string; on: readonly string[] }
  | { shown: string; title: string }
  | { lab: string; containers: readonly string[] }

const ALL = ['podman-4.3.1', 'podman-5.4.2', 'podman-6.1.1']
const OLD = ['podman-4.3.1', 'podman-5.4.2']
const NEW = ['podman-6.1.1']
const STRICT = ['podman-5.4.2', 'podman-6.1.1']
const ROOTLESS = ALL.map(name => `${name}-rootless`)
const PASTA = ['podman-5.4.2-rootless', 'podman-6.1.1-rootless']

const yes = (packets: string, on = ALL): Proof => ({ packets, on, reached: true })
const no = (packets: string, on = ALL): Proof => ({ packets, on, reached: false })
const shown = (file: string, title: string): Proof => ({ shown: file, title })

const PUBLISHED = 'lib/topology/published.test.ts'
const NOTHING_PUBLISHED = shown(PUBLISHED, 'host and none publish nothing, whatever a row lists')

type Proofs = { [M in keyof typeof modes]: { [C in keyof (typeof modes)[M]['claims']]: readonly [Proof, ...Proof[]] } }

const PROOFS: Proofs = {
  bridgeDefault: {
    members: [yes('container:legacy → legacy2')],
    host: [yes('host → legacy'), yes('container:legacy → host')],
    outside: [
      no('neighbour:eth0 → legacy'),
      yes('routed:eth0 → legacy'),
      { door: 8080, from: 'neighbour:eth0', on: ALL, answered: true },
    ],
  },
  bridge: {
    members: [yes('container:web1 → web2')],
    others1: [yes('container:legacy → web1', OLD)],
    others2: [no('container:legacy → web1', NEW)],
    several: [yes('container:proxy → db'), yes('container:proxy → web1')],
  },
  internal: {
    closed: [no('container:web1 → db'), no('container:db → web1')],
    exception: [
      shown('lib/reach/packets.test.ts', 'is open over IPv4 where its bridge was there before the host forwarded'),
    ],
    host: [yes('host → db'), yes('container:db → host')],
    published: [{ door: 5432, from: 'neighbour:eth0', on: ALL, answered: false }],
    rootless: [{ door: 8086, from: 'neighbour:eth0', on: ROOTLESS, answered: true }],
  },
  isolate: {
    true: [{ lab: 'reach', containers: ['quiet1', 'quiet2'] }],
    half: [yes('container:web1 → iso1', OLD)],
    strict: [no('container:strict1 → web1', STRICT), no('container:web1 → strict1', STRICT)],
    host: [yes('container:iso1 → host'), yes('container:strict1 → host', STRICT), yes('routed:eth0 → strict1', STRICT)],
  },
  host: {
    shares: [{ shares: 'node-exporter', owner: 'host', on: ALL }],
    open: [yes('neighbour:eth0 → host')],
    reaches: [
      yes('container:node-exporter → web1'),
      yes('container:node-exporter → strict1', STRICT),
      { door: 18_080, from: 'container:node-exporter', on: ALL, answered: true },
    ],
    published: [NOTHING_PUBLISHED],
  },
  none: {
    nothing: [no('container:airgap → host'), no('container:airgap → web1'), no('host → airgap')],
    published: [NOTHING_PUBLISHED],
  },
  private: {
    root: [
      shown(
        'lib/whatif/whatif.test.ts',
        'private is the default network for root, and the uplink of its own for others',
      ),
      shown('tests/lab/whatif.test.ts', 'changes of a host of seed'),
    ],
    unlikeHost: [
      no('neighbour:eth0 → legacy'),
      { door: 18_080, from: 'container:web1', on: ALL, answered: false },
      { door: 8084, from: 'container:api', on: ROOTLESS, answered: false },
    ],
  },
  macvlan: {
    segment: [yes('neighbour:eth0 → printer')],
    host: [no('host → printer'), no('container:printer → host')],
    members: [yes('container:printer → printer2')],
    private: [{ lab: 'reach', containers: ['secluded', 'secluded2'] }],
    published: [{ lab: 'reach', containers: ['printer'] }],
  },
  ipvlan: {
    members: [yes('container:cam → cam3', ['podman-5.4.2-ipvlan'])],
    host: [no('host → cam', ['podman-5.4.2-ipvlan']), no('container:cam → host', ['podman-5.4.2-ipvlan'])],
    published: [shown(PUBLISHED, "'only ipvlan', on('lan2'), 'no'")],
  },
  container: {
    shares: [{ shares: 'sidecar', owner: 'proxy', on: ALL }],
    reaches: [yes('container:sidecar → db')],
    published: [shown(PUBLISHED, 'a port is counted once, on the owner, with the list’s own host address')],
  },
  pod: {
    shares: [
      { shares: 'shop-web', owner: '-infra', on: ALL },
      { shares: 'shop-cache', owner: '-infra', on: ALL },
    ],
    published: [{ door: 9090, from: 'neighbour:eth0', on: ALL, answered: true }],
  },
  path: {
    unknown: [shown('lib/client/words/modes/modes.test.ts', 'of a namespace by its path nobody knows who is reached')],
    known: [
      shown(
        'lib/topology/namespaces.test.ts',
        "ns:PATH of the file that Podman made for another container is that container's namespace",
      ),
    ],
  },
  slirp4netns: {
    out: [yes('container:slirp1 → host', OLD), yes('container:slirp1 → web1', OLD)],
    in: [no('host → slirp1', OLD), { door: 8090, from: 'neighbour:eth0', on: OLD, answered: true }],
  },
  pasta: {
    copy: [
      { address: '198.51.100.2', from: 'container:web', on: PASTA, by: 'web' },
      { address: '203.0.113.2', from: 'container:web', on: PASTA, by: 'host' },
    ],
    in: [{ door: 8081, from: 'neighbour:eth0', on: PASTA, answered: true }],
    loopback: [
      { door: 8084, from: 'host', on: PASTA, answered: true },
      { door: 8084, from: 'neighbour:eth0', on: PASTA, answered: false },
    ],
  },
  rootlessBridge: {
    inside: [no('host → api', ROOTLESS), no('neighbour:eth0 → api', ROOTLESS), no('routed:eth0 → api', ROOTLESS)],
    members: [yes('container:api → worker', ROOTLESS)],
    others: [
      yes('container:onpodman → api', ['podman-4.3.1-rootless', 'podman-5.4.2-rootless']),
      no('container:onpodman → api', ['podman-6.1.1-rootless']),
    ],
    published: [
      { door: 8083, from: 'neighbour:eth0', on: ROOTLESS, answered: true },
      { door: 8086, from: 'neighbour:eth0', on: ROOTLESS, answered: true },
    ],
  },
}

/** What does not hold; null when it does. */
function broken(proof: Proof): string | null {
  if ('shown' in proof) {
    const there = existsSync(proof.shown) && readFileSync(proof.shown, 'utf8').includes(proof.title)
    return there ? null : `${proof.shown} has no test "${proof.title}"`
  }
  if ('lab' in proof) {
    const script = readFileSync(`tests/lab/scenarios/${proof.lab}.sh`, 'utf8')
    const missing = proof.containers.filter(name => !script.includes(`--name ${name} `))
    const isMeasured = readFileSync('tests/lab/reach/packets.test.ts', 'utf8').includes("'in every way there is'")
    return missing.length === 0 && isMeasured ? null : `nobody measures ${missing.join(', ')}`
  }
  for (const recording of proof.on) {
    const wrong = contradicted(proof, recording)
    if (wrong !== null) return `${recording}: ${wrong}`
  }
  return null
}

function contradicted(proof: Exclude<Proof, { shown: string } | { lab: string }>, recording: string): string | null {
  const truth = truthOf(recording, `tests/recordings/${recording}.truth.json`)
  if ('shares' in proof) {
    const owner = truth.owner[proof.shares] ?? 'nobody'
    return owner === proof.owner || (proof.owner.startsWith('-') && owner.endsWith(proof.owner))
      ? null
      : `${proof.shares} is in the namespace of ${owner}`
  }
  const asked = 'packets' in proof ? (proof.packets.split(' → ')[0] ?? '') : proof.from
  if (!truth.hosts.some(([source]) => source === asked)) return `${asked} connected to nobody`
  if ('address' in proof) {
    const found = truth.hosts.find(([source, address]) => source === asked && address === proof.address)?.[2]
    return found === proof.by ? null : `${proof.address} is answered by ${found ?? 'nobody'}`
  }
  if ('door' in proof) {
    const rows = truth.published.filter(([source, , , port]) => source === asked && port === proof.door)
    if (rows.length === 0) return `nobody asked for port ${proof.door}`
    const answered = rows.some(([, owner, , , , answer]) => answer === truth.owner[owner])
    return answered === proof.answered ? null : `port ${proof.door} ${answered ? 'answers' : 'does not answer'}`
  }
  const to = proof.packets.split(' → ')[1] ?? ''
  if (to !== 'host' && truth.owner[to] === undefined) return `there is no ${to}`
  const reached =
    to === 'host'
      ? truth.hosts.some(([source, , answer]) => source === asked && answer === 'host')
      : truth.direct.some(([source, name, , , answer]) => source === asked && name === to && answer === truth.owner[to])
  return reached === proof.reached ? null : `${proof.packets} is ${reached ? '' : 'not '}reached`
}

const claims = Object.entries(PROOFS).flatMap(([mode, of]) =>
  Object.entries(of).map(([claim, proofs]) => ({ claim: `${mode}: ${claim}`, proofs })),
)

describe('what is said of network modes', () => {
  test.each(claims)('$claim is shown', ({ proofs }) =>
    expect(proofs.map(broken).filter(wrong => wrong !== null)).toEqual([]),
  )

  test('a claim that packets contradict, and one without its test, would be found', () => {
    expect(broken(yes('container:web1 → db'))).toContain('not reached')
    expect(broken(shown(PUBLISHED, 'no such title'))).not.toBeNull()
    expect(broken(yes('container:ghost → db'))).not.toBeNull()
  })

  test('of a namespace by its path nobody knows who is reached', () => {
    const odd = container('odd', { mode: 'ns:/run/netns/odd' })
    const web = container('web', { networks: { podman: ['10.88.0.2'] } })
    const reach = reachOf(buildTopology(snapshot({ containers: [odd, web], probe: probe() })))
    const said = reach.row({ kind: 'container', name: 'odd' })?.direct.map(({ to, verdict }) => [to, verdict])
    expect(said).toEqual([
      ['host', 'unknown'],
      ['container:web', 'unknown'],
    ])
  })

  test.each(LANGUAGES)('nothing of it is empty (%s)', async language =>
    expect(JSON.stringify(await modeWordsOf(language))).not.toContain('""'),
  )

  test('docs/network-modes.md says the same', async () => {
    const document = modesDocument(await modeWordsOf('en'), await modeWordsOf('es'))
    // vitest --update writes it.
    await expect(document).toMatchFileSnapshot(`${process.cwd()}/docs/network-modes.md`)
  })
})
