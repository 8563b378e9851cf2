import type { Connection } from '../types'
import { ConfigProblem } from './config-problem'
import { type Destination, readDestinations } from './destinations'
import type { System } from './system'
import { acceptedForms, type ConnectionUri, parseConnectionUri } from './uri'
import { type KnownSocket, knownSockets } from './well-known'

export interface Discovery {
  /** Engines to read, most deliberate first. Whether they answer is another question. */
  usable: Connection[]
  /** Named somewhere, and not yet supported: ssh:// and tcp://. */
  unsupported: Connection[]
  /** Files that could not be read, connections that make no sense; one line each. */
  problems: string[]
  /** False when no configuration names a connection and no socket file was found: `usable` is where one would be. */
  found: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** An engine before it has an id that is unique. */
type Candidate = Omit<Connection, 'id'> & { slug: string; identity: string }

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 64) || 'connection'

const candidateOf = async (
  system: System,
  slug: string,
  name: string,
  { transport, path, display }: ConnectionUri,
  foundBy: string,
): Promise<Candidate> => {
  const file = path === null ? null : await system.look(path)
  const seen = file === null || file === 'denied' ? null : file
  const identity = seen?.identity ?? display
  return { slug, name, uri: display, transport, path, foundBy, ownerUid: seen?.uid ?? null, identity }
}

const known = ({ path, uid, found }: KnownSocket): Candidate => ({
  slug: uid === 0 && path.startsWith('/run/podman/') ? 'root' : `user-${uid}`,
  name: uid === 0 ? 'root' : `user ${uid}`,
  uri: `unix://${path}`,
  transport: 'unix',
  path,
  foundBy: 'the usual place',
  ownerUid: found === null || found === 'denied' ? null : found.uid,
  identity: found === null || found === 'denied' ? `unix://${path}` : found.identity,
})

/** One engine found twice is one; ids are made unique by a number, in the order of discovery. */
const distinct = (candidates: readonly Candidate[]): Connection[] => {
  const identities = new Set<string>()
  const ids = new Set<string>()
  const connections: Connection[] = []
  for (const { slug, identity, ...rest } of candidates) {
    // Of an engine that is reached over the network nothing tells whether two names are one.
    if (rest.transport === 'unix' && identities.has(identity)) continue
    identities.add(identity)
    let id = slug
    for (let count = 2; ids.has(id); count += 1) id = `${slug}-${count}`
    ids.add(id)
    connections.push({ id, ...rest })
  }
  return connections
}

const divided = (candidates: readonly Candidate[], problems: string[], found: boolean): Discovery => {
  const all = distinct(candidates)
  return {
    usable: all.filter(({ transport }) => transport === 'unix'),
    unsupported: all.filter(({ transport }) => transport !== 'unix'),
    problems,
    found,
  }
}

const fromEnvironment = async (
  env: Environment,
  system: System,
  destinations: readonly Destination[],
): Promise<Candidate | null> => {
  const host = env['CONTAINER_HOST']
  if (host) {
    const uri = parseConnectionUri(host)
    if (uri === null) throw new ConfigProblem(`CONTAINER_HOST is not a URI that Podman knows: ${acceptedForms}`)
    return candidateOf(system, 'env', uri.path ?? uri.display, uri, 'CONTAINER_HOST')
  }
  const name = env['CONTAINER_CONNECTION']
  if (!name) return null
  const destination = destinations.find(candidate => candidate.name === name)
  const uri = destination === undefined ? null : parseConnectionUri(destination.uri)
  if (destination === undefined || uri === null) {
    throw new ConfigProblem('CONTAINER_CONNECTION names no usable connection: see `podman system connection list`')
  }
  return candidateOf(system, slugOf(name), name, uri, 'CONTAINER_CONNECTION')
}

/**
 * Finds engines the way Podman does. CONTAINER_HOST, else CONTAINER_CONNECTION, picks one engine and hides all others,
 * as it does for the podman command. Without them every engine is taken: the connections of podman-connections.json and
 * containers.conf, the rootful socket, the user's own and, for root, those of other users. One socket file found on two
 * ways is one connection, under its first name.
 *
 * Throws ConfigProblem when CONTAINER_HOST or CONTAINER_CONNECTION cannot be followed.
 */
export const discoverConnections = async (env: Environment, system: System): Promise<Discovery> => {
  const { found: destinations, problems } = await readDestinations(env, system)
  const chosen = await fromEnvironment(env, system, destinations)
  if (chosen !== null) return divided([chosen], [], true)

  const candidates: Candidate[] = []
  for (const { name, uri, file } of destinations) {
    const parsed = parseConnectionUri(uri)
    if (parsed === null) problems.push(`${file}: connection ${name} has no URI that Podman knows: ${acceptedForms}`)
    else candidates.push(await candidateOf(system, slugOf(name), name, parsed, file))
  }
  const sockets = await knownSockets(env, system)
  const there = sockets.filter(({ found }) => found !== null && found !== 'denied')
  candidates.push(...there.map(known))
  if (candidates.some(({ transport }) => transport === 'unix')) {
    const hidden = sockets.filter(({ found }) => found === 'denied')
    return divided(candidates, [...problems, ...hidden.map(notAllowed)], true)
  }
  return divided([...candidates, ...expectedOf(sockets, system).map(known)], problems, candidates.length > 0)
}

const notAllowed = ({ path }: KnownSocket): string =>
  `${path}: no permission to look whether there is one; run as root to see root's containers`

/** Where a socket would be: the user's own place, and root's when that is all that may exist. */
const expectedOf = (sockets: readonly KnownSocket[], system: System): KnownSocket[] => {
  const [root, own] = sockets
  if (system.uid === 0) return root === undefined ? [] : [root]
  const hidden = root?.found === 'denied' ? [root] : []
  return own === undefined ? hidden : [own, ...hidden]
}
