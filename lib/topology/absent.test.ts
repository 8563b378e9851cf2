import { describe, expect, test } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { declareUnits } from '@/lib/quadlet/declare'
import { containerFile } from '@/lib/quadlet/testing'
import { modelOfRecording, snapshotOfRecording } from '@/tests/recordings/model'
import { buildTopology } from './build'
import { container, network, pod, snapshot } from './testing'
import type { Declared, Host } from './types'

function hostOf(files: Record<string, string>, rest: Partial<HostSnapshot> = {}): Host {
  const units = declareUnits(
    Object.entries(files).map(([name, text]) => ({ path: `/etc/containers/systemd/${name}`, text, dropIns: [] })),
    { podman: null },
  ).map(unit => ({ unit, modifiedAt: null, systemd: null, systemdUnknownBecause: 'the test' }))
  return buildTopology(snapshot({ ...rest, units: { known: true, units, notes: [] } })).host
}

function declaredBy(files: Record<string, string>, rest: Partial<HostSnapshot> = {}): Declared {
  const { declared } = hostOf(files, rest)
  if (declared === null) throw new Error('not known')
  return declared
}

const of = (unit: string) => ({ summary: { labels: { PODMAN_SYSTEMD_UNIT: unit } } })
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)

describe('what is declared and not there', () => {
  test('is the stopped unit of the recorded host, in its network, with its door', async () => {
    const { host } = await modelOfRecording('podman-6.1.1-quadlet')
    expect(host.declared).toMatchObject({
      networks: [],
      pods: [],
      containers: [{ name: 'systemd-stopped', podId: null, isInfra: false }],
      namespaces: [
        {
          kind: 'private',
          attachments: [{ networkName: 'systemd-app', addresses: [] }],
          published: [{ hostIp: '', hostPort: 5432, containerPort: 5432, scope: 'wildcard', forwarded: 'yes' }],
          listeners: null,
        },
      ],
    })
    const [one] = host.declared?.containers ?? []
    expect(host.units?.find(({ id }) => id === one?.unitId)?.name).toBe('stopped.container')
    expect(host.containers.some(({ id }) => id === one?.id)).toBe(false)
  })

  test('is not known where the files are not, and nothing where there are none', () => {
    expect(buildTopology(snapshot()).host.declared).toBeNull()
    expect(declaredBy({})).toEqual({ networks: [], namespaces: [], pods: [], containers: [] })
  })

  test('leaves the rest of the host as it is', async () => {
    const read = await snapshotOfRecording('podman-6.1.1-quadlet')
    const { declared: _, units: _units, unitsUnknownBecause: _because, ...host } = buildTopology(read).host
    const { units: _files, ...noFiles } = read
    expect(buildTopology(noFiles).host).toMatchObject(host)
    // What did not change is the very same thing still.
    const again = buildTopology({ ...read, revision: 2 }).host
    expect(again.namespaces.filter(one => one.ownerId !== null)).toSatisfy((list: Host['namespaces']) =>
      list.every(one => buildTopology(read).host.namespaces.includes(one)),
    )
  })

  test('is nothing that runs, is stopped, or that Podman makes no service of', () => {
    const files = {
      'runs.container': containerFile(),
      'stopped.container': containerFile(),
      'broken.container': '[Container]\nPublishPort=1:1\n',
      'many@.container': containerFile(),
      'k.kube': '[Kube]\nYaml=k.yaml\n',
      'v.volume': '[Volume]\n',
      'absent.container': containerFile(),
    }
    const containers = [
      container('systemd-runs', of('runs.service')),
      container('systemd-stopped', { state: 'exited', ...of('stopped.service') }),
    ]
    expect(names(declaredBy(files, { containers }).containers)).toEqual(['systemd-absent'])
  })

  test('stands in the network of a file that nobody made either', () => {
    const files = {
      'app.network': '[Network]\nInternal=true\nSubnet=10.9.0.0/24\n',
      'web.container': containerFile('Network=app.network', 'PublishPort=127.0.0.1:8080:80'),
    }
    const { networks, namespaces } = declaredBy(files)
    expect(networks).toMatchObject([{ name: 'systemd-app', internal: true, subnets: [{ cidr: '10.9.0.0/24' }] }])
    expect(namespaces).toMatchObject([
      {
        attachments: [{ networkName: 'systemd-app' }],
        published: [{ hostPort: 8080, scope: 'loopback', forwarded: 'no' }],
      },
    ])
  })

  test('of a pod is one namespace with its members; a member of a running pod is in the namespace of that', () => {
    const files = {
      'duo.pod': '[Pod]\nPublishPort=8080:80\n',
      'a.container': containerFile('Pod=duo.pod'),
      'b.container': containerFile('Pod=duo.pod'),
    }
    const none = declaredBy(files)
    expect(none.pods).toMatchObject([{ name: 'systemd-duo' }])
    expect(none.namespaces).toHaveLength(1)
    expect(none.namespaces[0]).toMatchObject({ podId: none.pods[0]?.id, published: [{ hostPort: 8080 }] })
    expect(new Set(none.containers.map(({ namespaceId }) => namespaceId)).size).toBe(1)

    const infra = container('systemd-duo-infra', { pod: 'systemd-duo', infra: true, ...of('duo-pod.service') })
    const a = container('systemd-a', {
      pod: 'systemd-duo',
      mode: `container:${infra.summary.id}`,
      ...of('a.service'),
    })
    const host = hostOf(files, { containers: [infra, a], pods: [pod('systemd-duo')] })
    expect(host.declared).toMatchObject({ pods: [], namespaces: [], containers: [{ name: 'systemd-b' }] })
    expect(host.declared?.containers[0]?.namespaceId).toBe(host.pods[0]?.namespaceId)
    expect(host.declared?.containers[0]?.podId).toBe(host.pods[0]?.id)
  })

  test('joins whom it names: what runs, by file or by name, else what is declared too', () => {
    const files = {
      'vpn.container': containerFile(),
      'byfile.container': containerFile('Network=vpn.container'),
      'byname.container': containerFile('Network=container:other'),
      'second.container': containerFile('Network=first.container'),
      'first.container': containerFile(),
    }
    const vpn = container('systemd-vpn', of('vpn.service'))
    const other = container('other')
    const host = hostOf(files, { containers: [vpn, other], networks: [network('podman')] })
    const spaceOf = (name: string) =>
      [...host.containers, ...(host.declared?.containers ?? [])].find(one => one.name === name)?.namespaceId
    expect(spaceOf('systemd-byfile')).toBe(spaceOf('systemd-vpn'))
    expect(spaceOf('systemd-byname')).toBe(spaceOf('other'))
    expect(spaceOf('systemd-second')).toBe(spaceOf('systemd-first'))
    expect(host.declared?.namespaces.map(({ id }) => id)).toEqual([spaceOf('systemd-first')])
  })

  test('in host mode is in the host’s own namespace, and opens no door', () => {
    const host = hostOf({ 'exporter.container': containerFile('Network=host', 'PublishPort=9100:9100') })
    expect(host.declared?.namespaces).toEqual([])
    expect(host.declared?.containers[0]?.namespaceId).toBe(host.namespaces.find(({ kind }) => kind === 'host')?.id)
  })

  test('with options that nobody read is on no known network, and its doors are unknown', () => {
    const files = { 'odd.container': containerFile('PodmanArgs=--network host', 'PublishPort=80:80') }
    const { namespaces } = declaredBy(files)
    expect(namespaces).toMatchObject([
      {
        attachments: [],
        published: [{ hostPort: 80, forwarded: 'unknown', because: expect.stringContaining('PodmanArgs=') }],
      },
    ])
  })

  test('without Network= is on the default network, or of a user has an uplink of its own', () => {
    const files = { 'web.container': containerFile() }
    expect(declaredBy(files).namespaces).toMatchObject([{ attachments: [{ networkName: 'podman' }] }])
    expect(declaredBy(files, { rootless: true }).namespaces).toMatchObject([{ kind: 'pasta', attachments: [] }])
    expect(declaredBy(files, { rootless: null }).namespaces).toMatchObject([{ kind: 'private', attachments: [] }])
  })
})
