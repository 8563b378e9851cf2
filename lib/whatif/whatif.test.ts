import { describe, expect, it } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { container, engineId, engineInfo, known, network, pod, probe, snapshot } from '@/lib/topology/testing'
import type { ProbeListener } from '@/lib/probe/types'
import { parseNetworkChoice, parsePublish, parseUnpublish } from './parse'
import type { Change, ReachChange, WhatIf } from './types'
import { applyChange, comparePrivateAndHost, whatIf } from './whatif'

const front = network('front', {
  networkInterface: 'podman1',
  subnets: [{ cidr: '10.89.0.0/24', gateway: '10.89.0.1', leaseRange: null }],
})
const vault = network('vault', {
  networkInterface: 'podman2',
  internal: true,
  subnets: [{ cidr: '10.89.1.0/24', gateway: '10.89.1.1', leaseRange: null }],
})
const lan = network('lan', {
  driver: 'macvlan',
  networkInterface: 'eth0',
  subnets: [{ cidr: '198.51.100.0/24', gateway: '198.51.100.1', leaseRange: null }],
})

const socket = (spec: Partial<ProbeListener>): ProbeListener => ({
  address: '0.0.0.0',
  port: 80,
  protocol: 'tcp',
  containerId: null,
  process: null,
  ...spec,
})

/** web publishes 8080 on every address and listens on 80; db stands on an internal network; both run. */
function host(spec: Partial<HostSnapshot> = {}): HostSnapshot {
  const web = container('web', { networks: { front: ['10.89.0.2'] }, ports: [{ hostPort: 8080, containerPort: 80 }] })
  const db = container('db', { networks: { vault: ['10.89.1.2'] } })
  return snapshot({
    containers: [web, db, container('peer', { networks: { front: ['10.89.0.3'] } })],
    networks: [...snapshot().networks, front, vault, lan],
    probe: probe({
      interfaceForwarding: known({ podman1: true, podman2: false }),
      listenersByNetns: {
        [web.summary.netns ?? '']: known([socket({ containerId: web.summary.id, process: 'nginx' })]),
      },
    }),
    ...spec,
  })
}

const change = (name: string, asked: { network?: string; publish?: string; unpublish?: string }): Change => ({
  target: { kind: name.startsWith('pod:') ? 'pod' : 'container', name: name.replace(/^pod:/, '') },
  network: asked.network === undefined ? null : parseNetworkChoice(asked.network),
  ports: [
    asked.publish === undefined ? null : parsePublish(asked.publish),
    asked.unpublish === undefined ? null : parseUnpublish(asked.unpublish),
  ].filter(port => port !== null),
})

function answer(of: HostSnapshot, name: string, asked: Parameters<typeof change>[1]): WhatIf {
  const found = whatIf(of, change(name, asked))
  if (found === null) throw new Error(`no ${name}`)
  return found
}

function outcome(of: HostSnapshot, name: string, asked: Parameters<typeof change>[1]) {
  const { outcome: found, refusals } = answer(of, name, asked)
  if (found === null) throw new Error(`refused: ${refusals.map(one => one.because).join('; ')}`)
  return found
}

const refused = (of: HostSnapshot, name: string, asked: Parameters<typeof change>[1]) =>
  answer(of, name, asked).refusals.map(({ code }) => code)

const told = (changes: readonly ReachChange[]) =>
  changes.flatMap(({ others, ways }) =>
    ways.flatMap(way => others.map(({ name }) => `${name} ${way.kind === 'direct' ? 'directly' : way.ref}`)),
  )

describe('another network', () => {
  it('in host mode the published port goes, and what listens inside is a socket of the host', () => {
    const { difference, remarks, lines } = outcome(host(), 'web', { network: 'host' })
    expect(difference.doors.lost.map(({ ref }) => ref)).toEqual(['port:*:8080/tcp'])
    expect(difference.listeners.gained.map(({ ref }) => ref)).toEqual(['listener:0.0.0.0:80/tcp'])
    expect(told(difference.reachedBy.gained)).toContain('neighbour:eth0 listener:0.0.0.0:80/tcp')
    expect(told(difference.reachedBy.lost)).toContain('neighbour:eth0 port:*:8080/tcp')
    expect(difference.findings.gained.map(({ ruleId }) => ruleId)).toContain('host-network')
    expect(remarks.map(({ code }) => code)).toEqual(['ports-discarded', 'listeners-move'])
    expect(lines).toEqual({
      podman: '# create web again with: --network host',
      quadlet: [{ file: 'web.container', text: '[Container]\nNetwork=host' }],
    })
  })

  it('on an internal network it reaches those there, and nobody else reaches it', () => {
    const { difference } = outcome(host(), 'web', { network: 'vault' })
    expect(told(difference.reaches.gained)).toEqual(['db directly'])
    expect(told(difference.reachedBy.lost)).toEqual(
      expect.arrayContaining(['peer directly', 'routed:eth0 directly', 'neighbour:eth0 port:*:8080/tcp']),
    )
    // Podman only reserves the port there.
    expect(difference.doors.lost.map(({ was, is }) => [was, is])).toEqual([['yes', 'no']])
  })

  it('a new network is made with what was asked for, in the first free subnet', () => {
    const { lines, remarks } = outcome(host(), 'web', { network: 'new:fresh:isolate=true,internal' })
    expect(lines.podman?.split('\n')[0]).toBe('podman network create --internal --opt isolate=true fresh')
    expect(lines.quadlet[0]).toEqual({
      file: 'fresh.network',
      text: '[Network]\nNetworkName=fresh\nInternal=true\nOptions=isolate=true',
    })
    expect(lines.quadlet[1]?.text).toBe('[Container]\nNetwork=fresh.network\nPublishPort=8080:80')
    expect(remarks.find(({ code }) => code === 'subnet')?.text).toContain('10.89.2.0/24')
  })

  it('whoever joined it moves with it', () => {
    const joiner = container('side', { mode: `container:${engineId('web')}`, netns: `inode of ${engineId('web')}` })
    const of = host()
    const applying = applyChange({ ...of, containers: [...of.containers, joiner] }, change('web', { network: 'host' }))
    if (applying?.ok !== true) throw new Error('refused')
    const own = applying.model.host.namespaces.find(({ kind }) => kind === 'host')
    expect(own?.memberIds.map(id => id.slice(-64))).toEqual([engineId('side'), engineId('web')])
    expect(Object.values(applying.model.facts.containers).flatMap(({ incomplete }) => incomplete)).toEqual([])
  })

  it('from the host it takes its own sockets along, and leaves those of others', () => {
    const onHost = container('exporter', { mode: 'host', netns: 'inode of the host' })
    const sockets = [socket({ port: 9100, containerId: onHost.summary.id }), socket({ port: 22, process: 'sshd' })]
    const of = host({ containers: [onHost], probe: probe({ hostListeners: known(sockets) }) })
    const { difference } = outcome(of, 'exporter', { network: 'private', publish: '127.0.0.1:9100:9100' })
    expect(difference.listeners.lost.map(({ port }) => port)).toEqual([9100])
    expect(difference.doors.gained.map(({ ref }) => ref)).toEqual(['port:127.0.0.1:9100/tcp'])
    expect(difference.findings.lost.map(({ ruleId }) => ruleId)).toContain('host-network')
  })

  it('a socket whose port the host has already does not open', () => {
    const of = host()
    const web = of.containers[0]?.summary
    const { difference, remarks } = outcome(
      {
        ...of,
        probe: probe({
          hostListeners: known([socket({ process: 'httpd' })]),
          listenersByNetns: { [web?.netns ?? '']: known([socket({ containerId: web?.id ?? '' })]) },
        }),
      },
      'web',
      { network: 'host' },
    )
    expect(difference.listeners.gained).toEqual([])
    expect(remarks.find(({ code }) => code === 'listener-taken')?.text).toContain('httpd')
  })

  it('says that what it listens on is not known where it is not', () => {
    const { remarks } = outcome(host({ probe: probe() }), 'web', { network: 'host' })
    expect(remarks.find(({ code }) => code === 'listeners-unknown')?.kind).toBe('unknown')
  })

  it('private is the default network for root, and the uplink of its own for others', () => {
    const rootless = host({ rootless: true, info: engineInfo({ rootless: true }) })
    expect(outcome(host(), 'web', { network: 'private' }).remarks[0]?.text).toBe(
      'For this Podman private is network podman.',
    )
    expect(outcome(rootless, 'web', { network: 'private' }).remarks[0]?.text).toBe('For this Podman private is pasta.')
    const older = {
      ...rootless,
      info: engineInfo({ podmanVersion: '4.3.1', rootlessNetworkCmd: null, rootless: true }),
    }
    expect(outcome(older, 'web', { network: 'private' }).remarks[0]?.text).toBe(
      'For this Podman private is slirp4netns.',
    )
  })

  it('private and host stand beside what is now', () => {
    const both = comparePrivateAndHost(host(), { kind: 'container', name: 'web' })
    expect(both?.now).toBe('private')
    expect(both?.host.outcome?.difference.findings.gained.map(({ ruleId }) => ruleId)).toContain('host-network')
    expect(both?.private.outcome?.difference.findings.gained.map(({ ruleId }) => ruleId)).not.toContain('host-network')
  })

  it('a pod changes as one', () => {
    const infra = container('shop-infra', { pod: 'shop', infra: true, networks: { front: ['10.89.0.9'] } })
    const member = container('shop-web', {
      pod: 'shop',
      mode: `container:${infra.summary.id}`,
      netns: infra.summary.netns,
    })
    const of = host({ containers: [infra, member], pods: [pod('shop')] })
    expect(refused(of, 'shop-web', { network: 'host' })).toEqual(['in-pod'])
    const { lines } = outcome(of, 'pod:shop', { network: 'host' })
    expect(lines.podman).toBe('# create pod shop again with: --network host')
    expect(lines.quadlet).toEqual([{ file: 'shop.pod', text: '[Pod]\nNetwork=host' }])
    // Podman 4.3: "PortMappings can only be used with Bridge or slirp4netns networking"
    const asPrivate = outcome(of, 'pod:shop', { network: 'private', publish: '9000:90' })
    expect(asPrivate.lines.podman).toBe('# create pod shop again with: --network podman --publish 9000:90')
  })
})

describe('another bind address', () => {
  it('on loopback only the host itself gets through', () => {
    const { difference, lines } = outcome(host(), 'web', { publish: '127.0.0.1:8080' })
    expect(difference.doors.gained.map(({ ref }) => ref)).toEqual(['port:127.0.0.1:8080/tcp'])
    expect(difference.doors.lost.map(({ ref }) => ref)).toEqual(['port:*:8080/tcp'])
    const shut = ['neighbour:eth0', 'routed:eth0', 'peer'].map(name => `${name} port:127.0.0.1:8080/tcp`)
    expect(told(difference.reachedBy.lost)).toEqual(shut)
    // The host itself gets through as before.
    expect(told(difference.reachedBy.gained)).toEqual([])
    expect(lines.podman).toBe('# create web again with: --network front --publish 127.0.0.1:8080:80')
  })

  it('published no longer, it is gone', () => {
    const { difference, lines } = outcome(host(), 'web', { unpublish: '8080' })
    expect(difference.doors).toMatchObject({ gained: [], lost: [{ ref: 'port:*:8080/tcp', is: null }] })
    expect(lines.podman).toBe('# create web again with: --network front')
  })

  it('one port of a range leaves the others as they are', () => {
    const wide = container('wide', {
      networks: { front: ['10.89.0.4'] },
      ports: [{ hostPort: 7000, containerPort: 70, range: 3 }],
    })
    const { lines } = outcome(host({ containers: [wide] }), 'wide', { publish: '[::1]:7001' })
    expect(lines.podman).toBe(
      "# create wide again with: --network front --publish 7000:70 --publish 7002:72 --publish '[::1]:7001:71'",
    )
  })
})

describe('what cannot exist is refused', () => {
  it.each([
    ['a published port in host mode', { network: 'host', publish: '127.0.0.1:8080' }, 'publishes-nothing'],
    ['a published port without a network', { network: 'none', publish: '8080:80' }, 'publishes-nothing'],
    ['a network that is not there', { network: 'nowhere' }, 'unknown-network'],
    ['a new network of a name that is taken', { network: 'new:front' }, 'network-exists'],
    ['a name that Podman does not take', { network: 'new:-x' }, 'bad-network-name'],
    ['an isolation that netavark does not know', { network: 'new:fresh:isolate=maybe' }, 'bad-isolate'],
    ['an address outside of the subnet', { network: 'front:ip=10.90.0.5' }, 'address-outside'],
    ['the address of the subnet itself', { network: 'front:ip=10.89.0.0' }, 'address-outside'],
    ['an address that somebody has', { network: 'front:ip=10.89.0.3' }, 'address-taken'],
    ['an address that is none', { network: 'front:ip=10.89.0' }, 'not-an-address'],
    ['a bind address that the host does not have', { publish: '192.0.2.9:8080' }, 'address-not-here'],
    ['a bind address that is none', { publish: 'localhost:8080' }, 'not-an-address'],
    ['a port that it does not publish', { publish: '127.0.0.1:81' }, 'not-published'],
    ['a port that is not published, taken away', { unpublish: '81' }, 'not-published'],
    ['nothing', {}, 'nothing-asked'],
  ])('%s', (_, asked, code) => expect(refused(host(), 'web', asked)).toEqual([code]))

  it('a port that another container, or the host, has already', () => {
    const of = host()
    expect(refused(of, 'db', { network: 'front', publish: '127.0.0.1:8080:80' })).toEqual(['port-taken'])
    const busy = { ...of, probe: probe({ hostListeners: known([socket({ port: 22, process: 'sshd' })]) }) }
    expect(refused(busy, 'web', { publish: '22:80' })).toEqual(['port-taken'])
  })

  // Each was tried on real Podman: "address already in use", or a container that runs.
  it.each([
    ['5.4.2', '8080', '[::1]:8080:80', true],
    ['6.1.1', '8080', '[::1]:8080:80', false],
    ['5.4.2', '8080', '127.0.0.1:8080:80', false],
    ['6.1.1', '8080', '127.0.0.1:8080:80', false],
    ['5.4.2', '127.0.0.1:8080', '8080:80', false],
    ['5.4.2', '127.0.0.1:8080', '127.0.0.2:8080:80', true],
    ['5.4.2', '127.0.0.1:8080', '[::]:8080:80', true],
    ['5.4.2', '0.0.0.0:8080', '[::]:8080:80', true],
    ['6.1.1', '[::]:8080', '0.0.0.0:8080:80', true],
    ['6.1.1', '0.0.0.0:8080', '[::1]:8080:80', true],
  ])('Podman %s: beside %s, %s can be: %s', (podmanVersion, there, publish, can) => {
    const hostIp = parsePublish(there)?.hostIp ?? ''
    const other = container('other', { networks: { front: ['10.89.0.9'] }, ports: [{ hostIp, hostPort: 8080 }] })
    const db = container('db', { networks: { front: ['10.89.0.2'] } })
    const of = host({ containers: [other, db], info: engineInfo({ podmanVersion }) })
    expect(refused(of, 'db', { publish })).toEqual(can ? [] : ['port-taken'])
  })

  it('a socket on :: may take IPv4 too, which is said and not refused', () => {
    const busy = host({
      probe: probe({ hostListeners: known([socket({ address: '::', port: 9000, process: 'node' })]) }),
    })
    const { remarks } = outcome(busy, 'web', { publish: '127.0.0.1:9000:80' })
    expect(remarks.find(({ code }) => code === 'port-may-be-taken')?.text).toContain('node')
  })

  it('but the socket that stands for its own port is no obstacle', () => {
    const busy = host({ probe: probe({ hostListeners: known([socket({ port: 8080, process: 'conmon' })]) }) })
    const { difference } = outcome(busy, 'web', { publish: '127.0.0.1:8080' })
    expect(difference.listeners).toEqual({ gained: [], lost: [] })
  })

  it('macvlan, and ports that only root may bind, without root', () => {
    const of = host({ rootless: true, info: engineInfo({ rootless: true }) })
    expect(refused(of, 'web', { network: 'lan' })).toEqual(['lan-rootless'])
    expect(refused(of, 'web', { publish: '80:80' })).toEqual(['port-privileged'])
  })

  it('strict isolation where netavark is too old', () => {
    const of = host({ info: engineInfo({ netavarkVersion: '1.4.0', podmanVersion: '4.3.1' }) })
    expect(refused(of, 'web', { network: 'new:fresh:isolate=strict' })).toEqual(['isolate-unsupported'])
  })

  it("a container in another's namespace, and one that was not read", () => {
    const joiner = container('side', { mode: `container:${engineId('web')}`, netns: `inode of ${engineId('web')}` })
    const blind = container('blind', { failed: 'inspect answered 500' })
    const of = host()
    const all = { ...of, containers: [...of.containers, joiner, blind] }
    expect(refused(all, 'side', { network: 'host' })).toEqual(['joins-another'])
    expect(refused(all, 'blind', { network: 'host' })).toEqual(['not-read'])
  })

  it('every reason is told at once', () =>
    expect(refused(host(), 'web', { network: 'nowhere', publish: '192.0.2.9:8080', unpublish: '81' })).toEqual([
      'unknown-network',
      'address-not-here',
      'not-published',
    ]))

  it('of who is not there nothing is said', () =>
    expect(whatIf(host(), change('ghost', { network: 'host' }))).toBeNull())
})
