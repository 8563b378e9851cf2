/** The whole matrix of a lab host by packets, in the shape of the recorded truths. */
import type { Truth } from '@/tests/recordings/model'
import { type Engine, type LabHost, scenario } from '../host'
import type { InspectedContainer, Link } from '../podman-json'
import { type Truth as HostTruth, truthOf } from '../truth'
import { type PacketPlan, sendPackets, type Target } from './packets'

/** Everybody listens here, beside the ports behind the doors. */
const PORT = 7777
const HOST = { name: 'host', netns: '/proc/1/ns/net' }
const NEIGHBOURS = ['0', '1'].flatMap(number =>
  [
    ['neighbour', 'near'],
    ['routed', 'routed'],
  ].map(([kind, machine]) => ({ name: `${kind}:eth${number}`, netns: `/run/netns/${machine}${number}` })),
)

/** Plugs the neighbours in, once per host; before the containers start, or their first packets find nobody. */
export const addNeighbours = async (host: LabHost): Promise<string> => host.root.bash(await scenario('neighbours'))

interface Door {
  owner: string
  hostIp: string
  hostPort: number
}

/** Connects from every container, the host and the neighbours to every container's own addresses, the host's and all doors. */
export async function measure(host: LabHost, engine: Engine): Promise<Truth> {
  const known = await truthOf(host, engine)
  // A paused container keeps its sockets and never answers: it takes no part.
  const awake = [...known.containers.values()].filter(one => one.State.Status === 'running')
  const inodeOf = (one: InspectedContainer) => known.inodes.get(one.Id) ?? ''
  const hostAddresses = addressesOf(known.links)
  const ownAddresses = (one: InspectedContainer) =>
    inodeOf(one) === known.hostInode
      ? hostAddresses.filter(address => !isLoopback(address))
      : (known.live?.addresses.get(inodeOf(one)) ?? [])
  const doors = awake.flatMap(doorsOf)

  const owners = new Map([[known.hostInode, HOST.name]])
  for (const one of awake) if (!owners.has(inodeOf(one))) owners.set(inodeOf(one), one.Name)
  const owner = Object.fromEntries(awake.map(one => [one.Name, owners.get(inodeOf(one)) ?? '']))

  const outside: Target[] = [
    ...awake.flatMap(ownAddresses).map((address): Target => [address, PORT]),
    ...hostAddresses.flatMap((address): Target[] => [
      [address, PORT],
      ...doors.map(({ hostPort }): Target => [address, hostPort]),
    ]),
  ]
  const targets = [...new Map(outside.map(target => [target.join(' '), target])).values()]
  const distinct = [...owners].map(([inode, name]) => ({ inode, name, netns: netnsOf(known, awake, inode) }))
  const plan: PacketPlan = {
    listen: distinct.map(({ inode, name, netns }) => ({
      netns,
      banner: name,
      ports: [...new Set([PORT, ...awake.filter(one => inodeOf(one) === inode).flatMap(containerPorts)])],
    })),
    connect: [...distinct, ...NEIGHBOURS].map(({ name, netns }) => ({
      netns,
      // Its own loopback leads nobody but the host to the host.
      targets: name === HOST.name ? targets : targets.filter(([address]) => !isLoopback(address)),
    })),
  }
  const got = await sendPackets(host, plan)
  const answered = new Map(
    plan.connect.map(({ netns, targets: asked }, row) => [
      netns,
      new Map(asked.map((target, column) => [target.join(' '), got[row]?.[column] ?? ''])),
    ]),
  )

  const sources = [
    HOST,
    ...awake.map(one => ({ name: `container:${one.Name}`, netns: netnsOf(known, awake, inodeOf(one)) })),
    ...NEIGHBOURS,
  ]
  const truth: Truth = { owner, hostAddresses, direct: [], published: [], hosts: [] }
  for (const { name, netns } of sources) {
    const answer = (address: string, port: number) => answered.get(netns)?.get(`${address} ${port}`)
    for (const one of awake)
      for (const address of ownAddresses(one))
        truth.direct.push([name, one.Name, networkOf(one, address), address, answer(address, PORT) ?? ''])
    for (const address of hostAddresses) {
      const hello = answer(address, PORT)
      if (hello === undefined) continue
      truth.hosts.push([name, address, hello])
      for (const { owner: of, hostIp, hostPort } of doors)
        truth.published.push([name, of, hostIp, hostPort, address, answer(address, hostPort) ?? ''])
    }
  }
  return truth
}

const isLoopback = (address: string) => address === '::1' || address.startsWith('127.')

/** Those of bridges too, and both loopbacks. */
const addressesOf = (links: readonly Link[]): string[] => [
  ...new Set(links.flatMap(one => one.addr_info.filter(({ scope }) => scope !== 'link').map(({ local }) => local))),
]

function netnsOf(known: HostTruth, awake: readonly InspectedContainer[], inode: string): string {
  if (inode === known.hostInode) return HOST.netns
  const member = awake.find(one => known.inodes.get(one.Id) === inode)
  if (member === undefined) throw new Error(`no process in namespace ${inode}`)
  return `/proc/${member.State.Pid}/ns/net`
}

const bindingsOf = (one: InspectedContainer) =>
  Object.entries(one.HostConfig.PortBindings ?? {}).flatMap(([key, bindings]) => {
    const [port, protocol] = key.split('/')
    return protocol === 'tcp' ? (bindings ?? []).map(binding => ({ port: Number(port), ...binding })) : []
  })

const containerPorts = (one: InspectedContainer): number[] => bindingsOf(one).map(({ port }) => port)

const doorsOf = (one: InspectedContainer): Door[] =>
  bindingsOf(one).map(({ HostIp, HostPort }) => ({ owner: one.Name, hostIp: HostIp, hostPort: Number(HostPort) }))

/** "" for an address that Podman does not know of. */
function networkOf(one: InspectedContainer, address: string): string {
  for (const [name, endpoint] of Object.entries(one.NetworkSettings.Networks ?? {}))
    if (endpoint.IPAddress === address || endpoint.GlobalIPv6Address === address) return name
  return ''
}
