/** The list of everything, and the search over it. */
import type { NamespaceKind } from '@/lib/topology/types'

/** Why a container has no address of its own in a table. */
const withoutAddress: Record<NamespaceKind, string> = {
  host: 'host',
  private: 'private',
  none: 'none',
  pasta: 'pasta',
  slirp4netns: 'slirp4netns',
  path: 'path',
  rootless: 'rootless',
}

export const list = {
  host: (name: string) => `Host ${name}`,
  containers: (count: number) => `${count} ${count === 1 ? 'container' : 'containers'}`,
  networks: (count: number) => `${count} ${count === 1 ? 'network' : 'networks'}`,
  groups: {
    own: "On the host's own network",
    apart: 'Off the networks: own uplink, or none',
    listening: 'Listening on the host',
    interfaces: 'Interfaces',
    published: 'Published ports',
  },
  cables: (count: number) => `and ${count} veth ${count === 1 ? 'cable' : 'cables'} to namespaces`,
  in: 'in',
  nobody: 'nobody is on it',
  fold: 'Fold',
  unfold: 'Unfold',
  columns: {
    container: 'Container',
    state: 'State',
    addresses: 'Addresses',
    image: 'Image',
    worst: 'Worst finding',
  },
  withoutAddress,
  noAddress: 'none',
  noFinding: 'none found',
  alsoOn: (networks: string) => `also on ${networks}`,
  inPod: 'in pod',
  sharedWith: (names: string) => `shared with ${names}`,
  search: {
    name: 'Search containers, networks, ports, addresses',
    hint: 'Search names, addresses, ports, images',
    matches: 'Matches',
    nothing: (query: string) => `Nothing is called or addressed “${query}”.`,
  },
}
