import { endianness } from 'node:os'
import type { ByteOrder } from './address'
import { inNamespaceOf, liveRun, type Run } from './commands'
import { createContainerNamespaces } from './container-namespaces'
import { readDefaultRoutes } from './default-routes'
import { noProbe, unknown } from './facts'
import { createHolderIndex } from './holders'
import { readForeignFacts, readOwnFacts, type HostFacts } from './host-facts'
import { proveHostNamespace, type HostProof } from './host-namespace'
import { createInnerEngines } from './inner-engines'
import { createNamespaceReader } from './listeners'
import { allPids, commandOf, eachGently, netnsOf, ownNetns } from './processes'
import { liveProc, type Proc } from './proc'
import type { Probe, ProbeFacts, ProbeInput } from './types'

export interface ProbeOptions {
  proc?: Proc
  run?: Run
  byteOrder?: ByteOrder
  /** Milliseconds that only grow. */
  now?: () => number
}

/** Processes by the inode of their network namespace; one look through /proc. */
async function scanNamespaces(proc: Proc): Promise<Map<string, number[]>> {
  const byNetns = new Map<string, number[]>()
  await eachGently(allPids(proc), pid => {
    const netns = netnsOf(proc, pid)
    if (netns === null) return
    const pids = byNetns.get(netns)
    if (pids === undefined) byNetns.set(netns, [pid])
    else pids.push(pid)
  })
  return byNetns
}

/** The live probe of one engine on this machine. It remembers between calls what is costly to find, so keep one per engine. */
export function createHostProbe(options: ProbeOptions = {}): Probe {
  const proc = options.proc ?? liveProc()
  const run = options.run ?? liveRun
  const order = options.byteOrder ?? endianness()
  const now = options.now ?? (() => performance.now())
  const reader = createNamespaceReader(proc, order, createHolderIndex(proc), now)
  const containers = createContainerNamespaces(proc, reader, pid => readDefaultRoutes(proc, pid, order), now)
  const findInnerEngines = createInnerEngines(proc, now)

  let lastProof: HostProof | null = null
  let rootless: { netns: string; pid: number } | null = null

  const isIn = (pid: number, netns: string) => netnsOf(proc, pid) === netns

  /** Namespaces of containers, and the one of a rootless engine's bridges, with pids that may be in them. */
  function hintsOf(input: ProbeInput, hostNetns: string): Map<string, number[]> {
    const hints = new Map<string, number[]>()
    for (const { netns, pid } of input.containers) {
      if (netns === null || netns === hostNetns) continue
      hints.set(netns, [...(hints.get(netns) ?? []), ...(pid === null ? [] : [pid])])
    }
    if (rootless !== null) hints.set(rootless.netns, [rootless.pid])
    return hints
  }

  /** The one namespace of a rootless engine's bridges: aardvark-dns runs in it, in the user namespace of the monitors. */
  async function findRootless(
    witness: number | 'self',
    hostNetns: string,
    listed: ReadonlySet<string>,
    scan: () => Promise<Map<string, number[]>>,
  ): Promise<{ netns: string; pid: number } | null> {
    if (rootless !== null && isIn(rootless.pid, rootless.netns)) return rootless
    const user = proc.link(`/proc/${witness}/ns/user`)
    if (!user.ok) return null
    for (const [netns, pids] of await scan()) {
      if (netns === hostNetns || listed.has(netns)) continue
      for (const pid of pids) {
        if (commandOf(proc, pid) !== 'aardvark-dns') continue
        const theirs = proc.link(`/proc/${pid}/ns/user`)
        if (theirs.ok && theirs.value === user.value) return { netns, pid }
      }
    }
    return null
  }

  return async input => {
    const proof = await proveHostNamespace(proc, input, lastProof)
    lastProof = proof
    if (!proof.proven) return noProbe(proof.because)

    let scanned: Promise<Map<string, number[]>> | null = null
    const scan = () => (scanned ??= scanNamespaces(proc))
    const ids = new Set(input.containers.map(container => container.id))
    const listed = new Set(input.containers.flatMap(container => container.netns ?? []))
    const { netns, pid } = proof
    const isOwn = netns === ownNetns(proc)

    rootless = input.rootless === true ? await findRootless(proof.witness, netns, listed, scan) : null
    const hints = hintsOf(input, netns)
    reader.keepOnly(new Set([...hints.keys(), netns]))
    const [facts, hostListeners, innerEngines] = await Promise.all([
      factsOf(isOwn, pid),
      reader.read({
        netns,
        pid: isOwn ? 'self' : pid,
        maxAgeMs: 0,
        pidsIn: async () => (await scan()).get(netns) ?? [],
        ids,
      }),
      // From within a container only its own processes are seen.
      proof.witness === 'self'
        ? unknown('Podwire runs in a container, and sees its processes only')
        : findInnerEngines(ids),
      containers.refresh(hints, scan, ids),
    ])
    if (!isOwn && (pid === 'self' || !isIn(pid, netns))) {
      lastProof = null
      return noProbe('The process that showed the host namespace ended while it was read.')
    }
    return {
      available: true,
      reason: null,
      hostNetns: netns,
      hostNetnsIsOwn: isOwn,
      ...(rootless === null ? {} : { rootlessNetns: rootless.netns }),
      ...facts,
      hostListeners,
      listenersByNetns: containers.facts(),
      defaultRoutesByNetns: containers.routes(),
      innerEngines,
    } satisfies ProbeFacts
  }

  async function factsOf(isOwn: boolean, pid: number | 'self'): Promise<HostFacts> {
    if (isOwn || pid === 'self') return readOwnFacts(proc, run, order)
    if (proc.isRoot) return readForeignFacts(proc, inNamespaceOf(pid, run), pid)
    const because = unknown('entering another network namespace needs root')
    return {
      interfaces: because,
      routes: because,
      forwarding: because,
      unprivilegedPortStart: because,
      firewall: because,
      interfaceForwarding: because,
      portForwards: because,
    }
  }
}
