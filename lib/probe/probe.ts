import { endianness } from 'node:os'
import type { ByteOrder } from './address'
import { inNamespaceOf, liveRun, type Run } from './commands'
import { noProbe, unknown } from './facts'
import { createHolderIndex } from './holders'
import { readForeignFacts, readOwnFacts, type HostFacts } from './host-facts'
import { proveHostNamespace, type HostProof } from './host-namespace'
import { createNamespaceReader } from './listeners'
import { allPids, commandOf, eachGently, netnsOf, ownNetns } from './processes'
import { liveProc, type Proc } from './proc'
import type { Known, Probe, ProbeFacts, ProbeInput, ProbeListener } from './types'

export interface ProbeOptions {
  proc?: Proc
  run?: Run
  byteOrder?: ByteOrder
  /** Milliseconds that only grow. */
  now?: () => number
}

/** How long container namespaces may take of one probe; the rest keeps its last facts and comes first the next time. */
const BUDGET_MS = 1_500
/** Listeners of a container are read anew after this long even when the number of its sockets is the same. */
const MAX_AGE_MS = 60_000
const NEEDS_ROOT = "reading other users' processes needs root"

interface Listeners {
  facts: Known<readonly ProbeListener[]>
  checkedAt: number
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

  let lastProof: HostProof | null = null
  const pidOf = new Map<string, number>()
  const listeners = new Map<string, Listeners>()
  let rootless: { netns: string; pid: number } | null = null

  const isIn = (pid: number | undefined, netns: string) => pid !== undefined && netnsOf(proc, pid) === netns

  async function readContainers(
    input: ProbeInput,
    hostNetns: string,
    ids: ReadonlySet<string>,
    scan: () => Promise<Map<string, number[]>>,
  ): Promise<void> {
    const hints = new Map<string, number[]>()
    for (const { netns, pid } of input.containers) {
      if (netns === null || netns === hostNetns) continue
      hints.set(netns, [...(hints.get(netns) ?? []), ...(pid === null ? [] : [pid])])
    }
    if (rootless !== null) hints.set(rootless.netns, [rootless.pid])
    for (const known of [pidOf, listeners]) {
      for (const netns of known.keys()) if (!hints.has(netns)) known.delete(netns)
    }
    reader.keepOnly(new Set([...hints.keys(), hostNetns]))

    const started = now()
    const byAge = [...hints].toSorted(
      ([a], [b]) => (listeners.get(a)?.checkedAt ?? -Infinity) - (listeners.get(b)?.checkedAt ?? -Infinity),
    )
    for (const [netns, pids] of byAge) {
      const last = listeners.get(netns)
      if (last !== undefined && now() - started > BUDGET_MS) break
      if (last === undefined && now() - started > BUDGET_MS) {
        listeners.set(netns, { facts: unknown('not read yet'), checkedAt: -Infinity })
        continue
      }
      // A namespace that showed no process is not worth a look through all of /proc every time.
      const mayScan = last === undefined || last.facts.known || now() - last.checkedAt > MAX_AGE_MS
      let pid = [pidOf.get(netns), ...pids].find(candidate => isIn(candidate, netns))
      if (pid === undefined && mayScan) pid = (await scan()).get(netns)?.[0]
      if (pid === undefined) {
        if (!mayScan) continue
        const facts = unknown(proc.isRoot ? `no process in namespace ${netns} is visible here` : NEEDS_ROOT)
        listeners.set(netns, { facts, checkedAt: now() })
        continue
      }
      pidOf.set(netns, pid)
      const pidsIn = async () => (await scan()).get(netns) ?? []
      const facts = await reader.read({ netns, pid, maxAgeMs: MAX_AGE_MS, pidsIn, ids })
      const isStillIn = isIn(pid, netns)
      listeners.set(netns, {
        facts: isStillIn ? facts : unknown('its process ended while it was read'),
        checkedAt: isStillIn ? now() : -Infinity,
      })
    }
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
    const [facts, hostListeners] = await Promise.all([
      factsOf(isOwn, pid),
      reader.read({
        netns,
        pid: isOwn ? 'self' : pid,
        maxAgeMs: 0,
        pidsIn: async () => (await scan()).get(netns) ?? [],
        ids,
      }),
      readContainers(input, netns, ids, scan),
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
      listenersByNetns: Object.fromEntries([...listeners].map(([key, value]) => [key, value.facts])),
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
    }
  }
}
