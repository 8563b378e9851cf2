/** The model of every recorded host beside the raw answers, read here without the parsers, and beside what packets did. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { modelOfRecording, recordingNames, truthOf } from '@/tests/recordings/model'
import { assembleTopology } from './build'
import { diffTopology } from './diff'
import { containersIn, doorsOf, hostNamespace, indexHost, namespaceOf } from './lookup'
import { applyPatch } from './patch'
import type { Container, Host, HostModel, Isolation } from './types'

// Parsing every recording takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

interface RawEndpoint {
  IPAddress?: string
  GlobalIPv6Address?: string
  MacAddress?: string
  Aliases?: string[] | null
}
interface RawContainer {
  Id: string
  Name: string
  HostConfig: { NetworkMode: string; Privileged: boolean }
  NetworkSettings: { Networks?: Record<string, RawEndpoint> | null }
}
interface RawRow {
  Id: string
  Names: string[]
  State: string
  Pod: string
  IsInfra: boolean
  Namespaces?: { Net?: string }
  Ports: { host_ip: string; container_port: number; host_port: number; range: number; protocol: string }[] | null
}
interface RawNetwork {
  id: string
  name: string
  driver: string
  internal: boolean
  dns_enabled: boolean
  network_interface?: string
  subnets?: { subnet: string; gateway?: string }[]
  options?: Record<string, string>
}
interface RawPod {
  Id: string
  Name: string
  InfraId: string
  Containers: { Id: string }[]
}
interface RawInterface {
  ifname: string
  addr_info: { local: string; prefixlen: number }[]
}

const here = new URL('../../tests/recordings/', import.meta.url).pathname

function rawOf(name: string) {
  const file: Record<string, { status: number; body: unknown }> = JSON.parse(
    readFileSync(`${here}${name}.json`, 'utf8'),
  )
  const body = (path: string): unknown => {
    const answer = file[`GET /v4.0.0/libpod/${path}`]
    if (!answer || answer.status !== 200) throw new Error(`${name} has no ${path}`)
    return answer.body
  }
  const kernel = file.kernel as unknown as Record<string, unknown>
  const rows = body('containers/json?all=true&namespace=true') as RawRow[]
  return {
    rows,
    containers: rows.map(row => body(`containers/${row.Id}/json`) as RawContainer),
    networks: body('networks/json') as RawNetwork[],
    pods: body('pods/json') as RawPod[],
    interfaces: kernel['ip -j -d addr'] as RawInterface[],
    hostNetns: String(kernel['host netns']),
  }
}

const endOfId = (id: string) => id.slice(id.lastIndexOf(':') + 1)
const sorted = (list: Iterable<string>) => [...list].toSorted((a, b) => (a < b ? -1 : 1))

const names = recordingNames()

test('there are recordings of three generations', () => {
  for (const version of ['4.3.1', '5.4.2', '6.1.1']) expect(names).toContain(`podman-${version}`)
})

describe.each(names)('%s', name => {
  const raw = rawOf(name)
  const model: Promise<HostModel> = modelOfRecording(name)
  const byEngineId = async (): Promise<{ host: Host; find: (id: string) => Container }> => {
    const { host } = await model
    const map = new Map(host.containers.map(one => [endOfId(one.id), one]))
    const find = (id: string) => {
      const found = map.get(id)
      if (!found) throw new Error(`${id} is missing`)
      return found
    }
    return { host, find }
  }

  test('has every container, network and pod once, under its name and full id', async () => {
    const { host } = await model
    const named = (list: { id: string; name: string }[]) => sorted(list.map(one => `${one.name} ${endOfId(one.id)}`))
    expect(named(host.containers)).toEqual(sorted(raw.rows.map(row => `${row.Names[0]} ${row.Id}`)))
    expect(named(host.networks)).toEqual(sorted(raw.networks.map(one => `${one.name} ${one.id}`)))
    expect(named(host.pods)).toEqual(sorted(raw.pods.map(one => `${one.Name} ${one.Id}`)))
  })

  test('groups running containers as the inodes of their namespaces do', async () => {
    const { host, find } = await byEngineId()
    const places = new Map<string, Set<string>>()
    for (const row of raw.rows) {
      const inode = row.Namespaces?.Net
      if (!inode) continue
      const set = places.get(inode) ?? new Set()
      places.set(inode, set.add(find(row.Id).namespaceId))
    }
    for (const [inode, set] of places) {
      expect([inode, ...set]).toHaveLength(2)
      expect(set.has(`${host.id}:namespace:host`)).toBe(inode === raw.hostNetns)
    }
    expect(new Set([...places.values()].flatMap(set => [...set])).size).toBe(places.size)
  })

  test('puts joiners, also stopped ones, where the container is that they join', async () => {
    const { find } = await byEngineId()
    for (const { Id, HostConfig } of raw.containers) {
      const [mode, target] = HostConfig.NetworkMode.split(':')
      if (mode === 'container' && target) expect(find(Id).namespaceId).toBe(find(target).namespaceId)
    }
  })

  test('gives every namespace the kind that its owner’s mode says', async () => {
    const { host, find } = await byEngineId()
    for (const { Id, HostConfig } of raw.containers) {
      const [mode = ''] = HostConfig.NetworkMode.split(':')
      if (mode === 'container') continue
      const namespace = namespaceOf(host, find(Id))
      expect([mode, namespace?.kind]).toEqual([mode, mode === 'bridge' ? 'private' : mode])
      if (mode !== 'host') expect(namespace?.ownerId).toBe(find(Id).id)
    }
  })

  test('has every attachment of every bridge container, and no other', async () => {
    const { host, find } = await byEngineId()
    const expected = raw.containers.flatMap(({ Id, HostConfig, NetworkSettings }) =>
      HostConfig.NetworkMode === 'bridge'
        ? Object.entries(NetworkSettings.Networks ?? {}).map(([networkName, endpoint]) => ({
            namespace: find(Id).namespaceId,
            networkName,
            addresses: [endpoint.IPAddress, endpoint.GlobalIPv6Address].filter(one => one),
            mac: endpoint.MacAddress || null,
            aliases: sorted(new Set(endpoint.Aliases ?? [])),
          }))
        : [],
    )
    const found = host.namespaces.flatMap(one => one.attachments.map(rest => ({ namespace: one.id, ...rest })))
    const order = (list: typeof found | typeof expected) =>
      sorted(
        list.map(one => `${one.namespace} ${one.networkName} ${one.addresses.join()} ${one.mac} ${one.aliases.join()}`),
      )
    expect(order(found)).toEqual(order(expected))
    expect(found.length).toBeGreaterThan(0)
  })

  test('has every published port of every owner once, ranges expanded', async () => {
    const { host, find } = await byEngineId()
    const modes = new Map(raw.containers.map(one => [one.Id, one.HostConfig.NetworkMode]))
    const expected = raw.rows.flatMap(row =>
      modes.get(row.Id)?.startsWith('container:')
        ? []
        : (row.Ports ?? []).flatMap(({ host_ip, host_port, container_port, range, protocol }) =>
            Array.from(
              { length: range },
              (_, offset) =>
                `${find(row.Id).name} ${host_ip}:${host_port + offset}:${container_port + offset}/${protocol}`,
            ),
          ),
    )
    const owners = indexHost(host).containers
    const found = doorsOf(host).map(
      ({ port, namespace }) =>
        `${owners.get(namespace.ownerId ?? '')?.name} ${port.hostIp}:${port.hostPort}:${port.containerPort}/${port.protocol}`,
    )
    expect(sorted(found)).toEqual(sorted(expected))
    expect(found.length).toBeGreaterThan(0)
  })

  test('keeps the networks as the engine describes them', async () => {
    const { host } = await model
    for (const one of raw.networks)
      expect(indexHost(host).networksByName.get(one.name)).toMatchObject({
        driver: one.driver,
        interface: one.network_interface ?? null,
        internal: one.internal,
        dns: one.dns_enabled,
        isDefault: one.name === 'podman',
        subnets: (one.subnets ?? []).map(({ subnet, gateway }) => ({ cidr: subnet, gateway: gateway ?? null })),
        isolation: { configured: one.options?.isolate ?? null },
      })
  })

  test('names the members and the namespace of every pod', async () => {
    const { host, find } = await byEngineId()
    for (const { Id, InfraId, Containers } of raw.pods) {
      const found = host.pods.find(one => endOfId(one.id) === Id)
      expect(sorted(found?.containerIds ?? [])).toEqual(sorted(Containers.map(one => find(one.Id).id)))
      expect(found?.namespaceId).toBe(find(InfraId).namespaceId)
      expect(find(InfraId).isInfra).toBe(true)
      for (const one of Containers) expect(find(one.Id).podId).toBe(found?.id)
    }
  })

  test('has the interfaces of the kernel, and the host’s listeners', async () => {
    const { host } = await model
    const expected = raw.interfaces.map(
      one => `${one.ifname} ${sorted(one.addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`)).join()}`,
    )
    expect(sorted((host.interfaces ?? []).map(one => `${one.name} ${sorted(one.addresses).join()}`))).toEqual(
      sorted(expected),
    )
    expect(hostNamespace(host)?.listeners).not.toBeNull()
  })

  test('knows everything, and says so', async () => {
    const { facts } = await model
    expect(Object.entries(facts.containers).filter(([, one]) => one.incomplete.length > 0)).toEqual([])
  })

  test('has the namespace of the user’s bridges where there is one', async () => {
    const { host } = await model
    const bridged = raw.containers.some(
      (one, index) => one.HostConfig.NetworkMode === 'bridge' && raw.rows[index]?.State === 'running',
    )
    const expected = name.includes('rootless') && bridged ? 1 : 0
    expect(host.namespaces.filter(one => one.kind === 'rootless')).toHaveLength(expected)
  })

  test.runIf(existsSync(`${here}${name}.truth.json`))('says of no door what packets contradict', async () => {
    const { host } = await model
    const truth = truthOf(name)
    const answered = new Set<string>()
    for (const [from, owner, , hostPort, , answer] of truth.published) {
      // Whoever is in the namespace itself needs no door.
      if (truth.owner[from.replace(/^container:/, '')] === owner) continue
      if (answer === owner) answered.add(`${owner}:${hostPort}`)
    }
    const decided = doorsOf(host).filter(({ port }) => port.protocol === 'tcp')
    let compared = 0
    for (const { port, namespace } of decided) {
      const [owner] = containersIn(host, namespace).filter(one => one.id === namespace.ownerId)
      if (owner?.state !== 'running') expect([owner?.name, port.forwarded]).toEqual([owner?.name, 'no'])
      else {
        expect([owner.name, port.hostPort, port.forwarded]).toEqual([
          owner.name,
          port.hostPort,
          answered.has(`${owner.name}:${port.hostPort}`) ? 'yes' : 'no',
        ])
        compared++
      }
    }
    expect(compared).toBeGreaterThan(3)
  })
})

test.each<[string, Record<string, Isolation['effective']>]>([
  ['podman-4.3.1', { podman: 'none', frontend: 'none', isolated: 'isolated', backend: 'none', lan: 'none' }],
  ['podman-5.4.2', { podman: 'none', frontend: 'none', isolated: 'isolated', strictnet: 'strict', backend: 'none' }],
  [
    'podman-6.1.1',
    { podman: 'strict', frontend: 'strict', isolated: 'isolated', strictnet: 'strict', backend: 'none' },
  ],
  // Rootful with firewall_driver=none: there are no rules.
  ['podman-5.4.2-ipvlan', { podman: 'none', frontend: 'none', isolated: 'none', strictnet: 'none' }],
  ['podman-4.3.1-rootless', { app: 'none' }],
  ['podman-6.1.1-rootless', { app: 'strict' }],
  // No /info, and Podman 5 works with both generations of netavark.
  ['podman-5.4.2-rootless-info500', { app: 'unknown' }],
])('%s isolates its networks as measured', async (name, expected) => {
  const { host } = await modelOfRecording(name)
  for (const [network, effective] of Object.entries(expected))
    expect([network, indexHost(host).networksByName.get(network)?.isolation.effective]).toEqual([network, effective])
})

test('the difference of any two recorded hosts leads from one to the other', async () => {
  const models = await Promise.all(names.map(name => modelOfRecording(name)))
  const topologies = models.map(({ host, facts }) =>
    assembleTopology([{ host: { ...host, id: 'same' }, facts }], 1, 'now'),
  )
  for (const a of topologies) for (const b of topologies) expect(applyPatch(a, diffTopology(a, b))).toEqual(b)
})

test('equal answers give equal JSON', async () => {
  for (const name of names)
    expect(JSON.stringify(await modelOfRecording(name))).toBe(JSON.stringify(await modelOfRecording(name)))
})
