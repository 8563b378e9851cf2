import { describe, expect, test } from 'vitest'
import type { UnitRecord } from '@/lib/collector/types'
import { declareUnits } from '@/lib/quadlet/declare'
import { modelOfRecording } from '@/tests/recordings/model'
import { buildTopology } from './build'
import { declaredSnapshot } from './declared'
import type { HostModel } from './types'

const recordsOf = (files: Record<string, string>): UnitRecord[] =>
  declareUnits(
    Object.entries(files).map(([name, text]) => ({ path: `units/${name}`, text, dropIns: [] })),
    { podman: null },
  ).map(unit => ({ unit, modifiedAt: null, systemd: null, systemdUnknownBecause: 'files' }))

const modelOf = (files: Record<string, string>, rootless = false, podman: string | null = '5.4.2'): HostModel =>
  buildTopology(declaredSnapshot(recordsOf(files), { name: 'files', rootless, podman, netavark: null }))

const file = (...lines: string[]) => ['[Container]', 'Image=x', ...lines, ''].join('\n')

/** Namespaces by their owner: kind, networks, doors, members. */
const wiring = ({ host }: HostModel) =>
  host.namespaces.flatMap(({ kind, ownerId, attachments, published, memberIds }) => {
    const nameOf = (id: string | null) => host.containers.find(one => one.id === id)?.name
    return memberIds.length === 0
      ? []
      : [
          {
            owner: nameOf(ownerId) ?? kind,
            kind,
            networks: attachments.map(({ networkName }) => networkName),
            doors: published.map(({ hostIp, hostPort, containerPort }) => `${hostIp}:${hostPort}:${containerPort}`),
            members: memberIds.map(nameOf),
          },
        ]
  })

describe('what files declare', () => {
  test('is wired like what the engine made of them', async () => {
    const live = await modelOfRecording('podman-6.1.1-quadlet')
    const { units = [] } = live.facts
    const running = units.filter(({ unit }) => unit.name !== 'stopped.container')
    const declared = buildTopology(
      declaredSnapshot(running, { name: 'x', rootless: false, podman: '6.1.1', netavark: '2.0.0' }),
    )
    const sorted = (model: HostModel) =>
      wiring(model)
        .map(({ members, ...rest }) => ({ ...rest, members: members.toSorted((a = '', b = '') => (a < b ? -1 : 1)) }))
        .toSorted((a, b) => (a.owner < b.owner ? -1 : 1))
    expect(sorted(declared)).toEqual(sorted(live))
    expect(Object.values(declared.facts.containers).flatMap(({ incomplete }) => incomplete)).toEqual([])
  })

  test('of ranges, addresses and joins', () => {
    const model = modelOf({
      'vpn.container': file('PublishPort=127.0.0.1:8000-8001:80-81', 'Network=app.network'),
      'a.container': file('Network=vpn.container'),
      'b.container': file('Network=container:systemd-vpn'),
      'app.network':
        '[Network]\nNetworkName=lan\nInternal=true\nSubnet=10.9.0.0/24\nGateway=10.9.0.1\nOptions=isolate=strict\n',
    })
    expect(wiring(model)).toEqual([
      {
        owner: 'systemd-vpn',
        kind: 'private',
        networks: ['lan'],
        doors: ['127.0.0.1:8000:80', '127.0.0.1:8001:81'],
        members: ['systemd-a', 'systemd-b', 'systemd-vpn'],
      },
    ])
    expect(model.host.networks).toMatchObject([
      {
        name: 'lan',
        internal: true,
        subnets: [{ cidr: '10.9.0.0/24', gateway: '10.9.0.1' }],
        isolation: { configured: 'strict' },
      },
      { name: 'podman' },
    ])
  })

  test.each([
    ['Network=host', false, 'host'],
    ['Network=none', false, 'none'],
    ['', false, 'private'],
    ['', true, 'pasta'],
    ['Network=bridge', true, 'private'],
    ['Network=ns:/run/netns/blue', false, 'path'],
  ])('%j, rootless %s: %s', (line, rootless, kind) => {
    expect(wiring(modelOf({ 'a.container': file(line) }, rootless)).map(one => one.kind)).toEqual([kind])
  })

  test('of privileges', () => {
    const { host, facts } = modelOf({
      'a.container': file(
        'AddCapability=NET_ADMIN sys_admin',
        'DropCapability=CAP_CHOWN',
        'NoNewPrivileges=true',
        'SeccompProfile=unconfined',
        'Volume=/run/podman/podman.sock:/s:ro',
        'Volume=data.volume:/d',
        'Mount=type=bind,source=/etc,destination=/e,ro=true',
        'AddDevice=-/dev/net/tun:/dev/tun',
        'PodmanArgs=--privileged --pid=host',
        'UserNS=auto',
      ),
    })
    const [container] = host.containers
    expect(container).toMatchObject({ privileged: true })
    expect(container && facts.containers[container.id]).toMatchObject({
      securityOpt: ['no-new-privileges', 'seccomp=unconfined'],
      pidMode: 'host',
      usernsMode: 'auto',
      devices: ['/dev/net/tun'],
      mounts: [
        { type: 'bind', source: '/run/podman/podman.sock', destination: '/s', writable: false },
        { type: 'volume', source: 'data.volume', writable: true },
        { type: 'bind', source: '/etc', destination: '/e', writable: false },
      ],
    })
    const plain = modelOf({ 'a.container': file('AddCapability=NET_ADMIN sys_admin', 'DropCapability=CAP_CHOWN') })
    expect(plain.host.containers[0]?.capabilities).toEqual(['CAP_NET_ADMIN', 'CAP_SYS_ADMIN'])
  })
})

describe('what is not known from files', () => {
  test('is said: ports that are chosen later, templates, and YAML', () => {
    const { facts, host } = modelOf({
      'a.container': file('PublishPort=80', 'PublishPort=%i:81'),
      't@.container': file('Network=host'),
      'k.kube': '[Kube]\nYaml=k.yml\n',
    })
    expect(facts.unitNotes).toEqual([
      "a.container: the host's port of PublishPort=80 is chosen when it starts",
      "a.container: the host's port of PublishPort=%i:81 is chosen when it starts",
      'k.kube: what its YAML declares is not read',
      't@.container: a template declares nothing without an instance',
    ])
    expect(host.containers.map(({ name }) => name)).toEqual(['systemd-a'])
  })

  test('is why a container with hidden wiring is not examined', () => {
    const { facts } = modelOf({ 'a.container': file('PodmanArgs=--network host') })
    expect(Object.values(facts.containers)[0]?.incomplete).toEqual([
      'PodmanArgs= has --network, so its wiring is not known',
    ])
  })

  test('is isolation, while the version of Podman is not', () => {
    const files = { 'app.network': '[Network]\n' }
    expect(modelOf(files, false, null).host.networks[0]?.isolation.effective).toBe('unknown')
    expect(modelOf(files, false, '6.1.1').host.networks.map(({ isolation }) => isolation.effective)).not.toContain(
      'unknown',
    )
  })
})

test('files that Podman does not take declare nothing', () => {
  expect(modelOf({ 'a.container': file('Netwrok=host') }).host.containers).toEqual([])
})

describe('what files mount', () => {
  const mountsOf = (rootless: boolean, ...lines: string[]) =>
    Object.values(modelOf({ 'a.container': file(...lines) }, rootless).facts.containers).flatMap(({ mounts }) =>
      (mounts ?? []).map(({ type, source, writable }) => `${type} ${source}${writable ? '' : ' ro'}`),
    )

  test('by a specifier of systemd is the directory that it stands for', () => {
    const lines = [
      'Volume=%t/podman/podman.sock:/run/podman/podman.sock:ro',
      'Mount=type=bind,source=%E/pki,destination=/pki',
      'Volume=%h/data:/data',
      'Volume=%N:/var/lib/x',
      'Volume=%t:/host-run',
    ]
    expect(mountsOf(false, ...lines)).toEqual([
      'bind /run/podman/podman.sock ro',
      'bind /root/data',
      'volume %N',
      'bind /run',
      'bind /etc/pki',
    ])
    // Which user's is not said; his home is no place that is the same for everybody.
    expect(mountsOf(true, ...lines)).toEqual([
      'bind /run/user/%U/podman/podman.sock ro',
      'bind %h/data',
      'volume %N',
      'bind /run/user/%U',
      'bind %E/pki',
    ])
  })
})
