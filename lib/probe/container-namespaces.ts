/** Listeners and default routes of all namespaces but the host's, with an eye on the cost: there may be a thousand, and little changes. */
import { unknown } from './facts'
import type { NamespaceReader } from './listeners'
import { createBreather, netnsOf } from './processes'
import type { Proc } from './proc'
import type { Known, ProbeDefaultRoute, ProbeListener } from './types'

/** How long one probe may look again at namespaces that it knows; the others come first the next time. */
const BUDGET_MS = 200
/** A namespace is looked at again after this long, and every time while it is younger: programs take a while to listen. */
const RECHECK_MS = 10_000
/** Its tables are read anew after this long even when the number of its sockets is the same. */
const MAX_AGE_MS = 60_000

interface Namespace {
  facts: Known<readonly ProbeListener[]>
  routes: Known<readonly ProbeDefaultRoute[]>
  /** A process in it; null when none was found. */
  pid: number | null
  firstSeenAt: number
  checkedAt: number
  searchedAt: number
}

export interface ContainerNamespaces {
  /**
   * Looks at what is new or due. `hints` has the namespaces that there are, each with pids that may be in it; `scan` finds
   * all processes by namespace, and is costly. Namespaces that are not in `hints` are forgotten.
   */
  refresh(
    hints: ReadonlyMap<string, readonly number[]>,
    scan: () => Promise<ReadonlyMap<string, readonly number[]>>,
    ids: ReadonlySet<string>,
  ): Promise<void>
  facts(): Record<string, Known<readonly ProbeListener[]>>
  routes(): Record<string, Known<readonly ProbeDefaultRoute[]>>
}

/** `routesOf` reads the default routes of the namespace that a process is in. */
export function createContainerNamespaces(
  proc: Proc,
  reader: NamespaceReader,
  routesOf: (pid: number) => Known<readonly ProbeDefaultRoute[]>,
  now: () => number,
): ContainerNamespaces {
  const namespaces = new Map<string, Namespace>()
  const isIn = (pid: number, netns: string) => netnsOf(proc, pid) === netns

  const isDue = (namespace: Namespace): boolean =>
    now() - namespace.checkedAt >= RECHECK_MS || now() - namespace.firstSeenAt < RECHECK_MS

  async function look(
    netns: string,
    hints: readonly number[],
    scan: () => Promise<ReadonlyMap<string, readonly number[]>>,
    ids: ReadonlySet<string>,
  ): Promise<void> {
    const namespace = namespaces.get(netns) ?? {
      facts: unknown('not read yet'),
      routes: unknown('not read yet'),
      pid: null,
      firstSeenAt: now(),
      checkedAt: -Infinity,
      searchedAt: -Infinity,
    }
    namespaces.set(netns, namespace)
    namespace.checkedAt = now()
    const candidates = namespace.pid === null ? hints : [namespace.pid, ...hints]
    namespace.pid = candidates.find(pid => isIn(pid, netns)) ?? null
    if (namespace.pid === null && now() - namespace.searchedAt >= MAX_AGE_MS) {
      namespace.searchedAt = now()
      namespace.pid = (await scan()).get(netns)?.[0] ?? null
    }
    if (namespace.pid === null) {
      namespace.facts = unknown(
        proc.isRoot ? `no process in namespace ${netns} is visible here` : "reading other users' processes needs root",
      )
      namespace.routes = namespace.facts
      return
    }
    const pidsIn = async () => (await scan()).get(netns) ?? []
    const facts = await reader.read({ netns, pid: namespace.pid, maxAgeMs: MAX_AGE_MS, pidsIn, ids })
    const routes = routesOf(namespace.pid)
    // A pid may end, and be given to another process, between two looks.
    if (isIn(namespace.pid, netns)) {
      namespace.facts = facts
      namespace.routes = routes
    } else {
      namespace.facts = unknown('its process ended while it was read')
      namespace.routes = namespace.facts
      namespace.pid = null
      namespace.searchedAt = -Infinity
    }
  }

  return {
    async refresh(hints, scan, ids) {
      for (const netns of namespaces.keys()) if (!hints.has(netns)) namespaces.delete(netns)
      const breathe = createBreather()
      const started = now()
      const checkedAt = (netns: string) => namespaces.get(netns)?.checkedAt ?? -Infinity
      for (const [netns, pids] of [...hints].toSorted(([a], [b]) => checkedAt(a) - checkedAt(b))) {
        const namespace = namespaces.get(netns)
        if (namespace !== undefined && (now() - started > BUDGET_MS || !isDue(namespace))) continue
        await look(netns, pids, scan, ids)
        await breathe()
      }
    },
    facts: () => Object.fromEntries([...namespaces].map(([netns, { facts }]) => [netns, facts])),
    routes: () => Object.fromEntries([...namespaces].map(([netns, { routes }]) => [netns, routes])),
  }
}
