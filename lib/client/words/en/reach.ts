/** Who reaches whom: the question, the answers, the matrix. Why an answer is what it is comes from the server, in English. */
import type { VerdictSign } from '@/lib/graph/signs'
import type { Hop } from '@/lib/reach/types'

/** A verdict on a pair as a sentence. */
const sentences: Record<VerdictSign, (from: string, to: string) => string> = {
  reachable: (from, to) => `${from} can connect to what listens in ${to}.`,
  door: (from, to) => `${from} can connect to ${to} through a published port only.`,
  routed: (from, to) => `${from} can connect to ${to} if it routes by this host.`,
  unknown: (from, to) => `Whether ${from} can connect to ${to} is not known.`,
  blocked: (from, to) => `${from} cannot connect to ${to}.`,
  stop: (from, to) => `The way from ${from} to ${to} ends here.`,
}

const hops: Record<Hop['kind'], string> = {
  namespace: 'namespace of',
  interface: 'interface',
  network: 'network',
  host: 'the host',
  door: 'published port',
}

export const reach = {
  name: 'Reach',
  invite:
    'Choose who asks, and whom, or select anything on the map and press R. Each answer says what the kernel does with a connection, and why.',
  limits:
    "A verdict speaks of a listening TCP port, and of published ports. Firewalls besides netavark's own rules are not examined.",
  asking: 'Asking…',
  paused: 'This speaks of the host as it is now; the picture is paused.',
  changed: 'The host has changed since; checking again…',
  pod: (name: string) => `pod ${name}`,
  neighbour: (name: string) => `a neighbour on ${name}`,
  router: (name: string) => `a neighbour on ${name} that routes by this host`,
  hostItself: 'the host itself',
  wayTo: (name: string) => `The way to ${name}`,
  runTo: (port: number) => `to ${port}`,
  sentences,
  hops,
  problems: {
    status: (status: number) => `The server answers ${status}.`,
    other: 'The server answers something else.',
    silent: 'The server does not answer.',
  },
  form: {
    host: 'Host',
    from: 'From',
    to: 'To',
    choose: 'Choose…',
    everything: 'Everything it can reach',
    swap: 'Ask the other way round',
    hostItself: 'The host itself',
    outside: 'Outside',
    anybody: 'Anybody outside',
    neighbour: (name: string) => `A neighbour on ${name}`,
    router: (name: string) => `A neighbour on ${name} that routes here`,
    containers: 'Containers',
  },
  bar: {
    fromOutside: 'Reachable from outside',
    from: (from: string) => `From ${from}`,
    fromTo: (from: string, to: string) => `From ${from} to ${to}`,
    outsideHint: 'Published ports, sockets of the host and containers, by any segment.',
    ports: (open: number, all: number) =>
      `and ${open} of ${all} published ${all === 1 ? 'port' : 'ports'}. Select another thing to see the way.`,
    all: (name: string) => `All of ${name}`,
    end: 'End',
  },
  pair: {
    verdict: 'Verdict',
    ownAddress: 'At its own address:',
    way: 'The way, hop by hop',
    published: (name: string) => `Published ports of ${name}`,
    none: 'none',
    stopped: 'Stopped here:',
  },
  row: {
    viaDoor: 'through a published port below; at its own address not:',
    published: 'Published ports',
    none: 'none on this host',
  },
  outside: {
    from: 'From',
    any: 'Any neighbour there',
    routed: 'Only if the neighbour routes here',
    unknown: 'Not known',
    noInterface: 'No interface of this host leads outside.',
    blocked: 'Not reachable from outside',
    why: (count: number) => `${count} ${count === 1 ? 'thing' : 'things'} and why`,
    onMap: 'on the map',
    ownAddresses: 'at their own addresses:',
    moreAddresses: (count: number) => `and ${count} more ${count === 1 ? 'address' : 'addresses'}`,
  },
  matrix: {
    name: (host: string) => `Matrix of ${host}`,
    title: 'Who can reach whom',
    grid: (host: string) => `Who can reach whom on ${host}`,
    host: 'Host of the matrix',
    hint: 'Rows connect to columns, at their own addresses. Published ports are in the pair: press Enter.',
    noNeighbours: 'Neighbours are left out: the interfaces of this host are not known.',
    from: 'from',
    to: 'to',
    hostEnd: (name: string) => `${name} (host)`,
    outside: (name: string) => `outside of ${name}`,
    router: (name: string) => `outside of ${name}, routing here`,
    noNetwork: 'no network',
    itself: (name: string) => `${name}: itself`,
    ends: (from: string, to: string) => `${from} to ${to}`,
    among: (count: number, name: string) => `among the ${count} like ${name}`,
  },
  said: {
    door: (own: string) => `reachable through a published port only; else ${own}`,
    unknownOutside: (because: string) => `unknown from outside: ${because}`,
    outside: (where: string) => `reachable from outside by ${where}`,
    routed: (where: string) => `reachable only for a neighbour on ${where} that routes by this host`,
    blocked: 'not reachable from outside',
    through: (words: string, door: string) => `${words}, through ${door}`,
    hop: (index: number, count: number) => `hop ${index} of ${count}`,
  },
}
