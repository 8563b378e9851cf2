/** Reads an engine: everything, or what changed since the last time. The result replaces the old one as a whole, or not at all. */
import { toPodmanError } from '@/lib/podman/errors'
import type {
  ContainerDetail,
  ContainerSummary,
  PodDetail,
  PodmanClient,
  PodmanErrorCode,
  PodSummary,
  VolumeSummary,
} from '@/lib/podman/types'
import { createPool, type Pool } from './pool'
import { keepItems, share } from './share'
import type { ContainerRecord, PodRecord } from './types'
import { earlierDetail, podRowChanged, rowChanged, type World } from './world'

/** What to read besides the list of containers and the inspection of those that are new or whose row changed. */
export interface Wants {
  /** Containers to inspect whatever their row says. */
  containers: ReadonlySet<string>
  networks: boolean
  pods: boolean
  volumes: boolean
  info: boolean
  /** Inspect again what failed the last time. */
  failed: boolean
}

export const EVERYTHING: Wants = {
  containers: new Set(),
  networks: true,
  pods: true,
  volumes: true,
  info: true,
  failed: true,
}

export interface ReadOptions {
  client: PodmanClient
  signal: AbortSignal
  concurrency: number
  /** Resolves after a while, or when `signal` aborts. */
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>
  random: () => number
  /** After this long the rest does not wait for /info any more. */
  infoPatience: number
  /** The list of containers is asked for when this has resolved. */
  listAfter: Promise<void>
}

type Inspection<T> = { detail: T; problem: null } | { detail: null; problem: string } | 'gone'

const RETRIES = 2
const RETRY_AFTER = 150

/** Failures of one inspect that say something about the engine as a whole, so that going on makes no sense. */
const isFatal: Record<PodmanErrorCode, boolean> = {
  missing: true,
  denied: true,
  refused: true,
  'not-a-socket': true,
  'not-podman': true,
  'docker-only': true,
  unsupported: true,
  aborted: true,
  timeout: false,
  reset: false,
  http: false,
  malformed: false,
  'too-large': false,
  exhausted: true,
}

/** Failures of one inspect that may pass. Not timeouts: they have taken long enough. */
const isWorthARetry: ReadonlySet<PodmanErrorCode> = new Set<PodmanErrorCode>(['http', 'reset', 'malformed'])

/** Inspects one container or pod. One that is broken does not break the rest. */
async function inspect<T>(get: (signal: AbortSignal) => Promise<T>, options: ReadOptions): Promise<Inspection<T>> {
  for (let attempt = 0; ; attempt++) {
    try {
      return { detail: await get(options.signal), problem: null }
    } catch (thrown) {
      const error = toPodmanError(thrown)
      if (error.status === 404) return 'gone'
      if (isFatal[error.code] || options.signal.aborted) throw error
      if (attempt === RETRIES || !isWorthARetry.has(error.code)) {
        return { detail: null, problem: `inspect failed: ${error.message}` }
      }
    }
    await options.pause(RETRY_AFTER * (attempt + 1) * (0.5 + options.random()), options.signal)
  }
}

/**
 * Reads the engine anew, given what was known `before` (null: nothing). Rejects with PodmanError when a list could not be
 * read; /info and volumes may fail, and single containers and pods, which is then in the result.
 */
export async function readWorld(
  options: ReadOptions,
  version: string | null,
  before: World | null,
  wants: Wants,
): Promise<World> {
  const halt = new AbortController()
  const stop = () => halt.abort()
  options.signal.addEventListener('abort', stop, { once: true })
  if (options.signal.aborted) stop()
  try {
    return await readAll({ ...options, signal: halt.signal }, version, before, wants)
  } finally {
    // Whatever failed, an engine in trouble is not asked for the rest.
    stop()
    options.signal.removeEventListener('abort', stop)
  }
}

/** Nothing waits for what it does not need: each list's parts are inspected as soon as that list is there. */
async function readAll(
  options: ReadOptions,
  version: string | null,
  before: World | null,
  wants: Wants,
): Promise<World> {
  const { client, signal } = options
  const pool = createPool(options.concurrency)
  const inspectContainer = (id: string) => pool(() => inspect(halt => client.container(id, halt), options))
  const podsOf = (list: readonly PodSummary[]) => readPods(list.map(inOrder), pool, options, before, wants)

  // Ids that are known already need not wait for the list.
  const early = new Map([...wants.containers].map(id => [id, inspectContainer(id)]))
  const info = wants.info || before === null ? readInfo(options) : null
  const listing = options.listAfter.then(() => client.containers(signal)).then(list => list.map(inOrder))
  // Whatever fails first is the answer; the others must not end as unhandled rejections.
  const [rows, containers, listedNetworks, podsListed, listedVolumes] = await Promise.all([
    listing,
    listing.then(list => readContainers(list, early, inspectContainer, before, wants)),
    wants.networks || before === null ? client.networks(signal) : null,
    wants.pods || before === null ? client.pods(signal).then(podsOf) : null,
    wants.volumes || before === null ? client.volumes(signal).catch(tolerate) : null,
    ...early.values(),
  ])
  const names = new Set((listedNetworks ?? before?.networks ?? []).map(network => network.name))
  const isNetworkUnknown = containers.touched.some(row => row.networks.some(name => !names.has(name)))
  const isPodTouched =
    containers.touched.some(row => row.podId !== null) ||
    rows.some(row => row.podId !== null && before?.pods.has(row.podId) !== true)
  const [networks, pods, volumes] = await Promise.all([
    listedNetworks ?? (isNetworkUnknown ? client.networks(signal) : null),
    podsListed ?? (isPodTouched ? client.pods(signal).then(podsOf) : null),
    listedVolumes ?? (isVolumeUnknown(containers.records, before) ? client.volumes(signal).catch(tolerate) : null),
  ])
  return {
    info: share(before?.info ?? null, (await info) ?? before?.info ?? null),
    podmanVersion: version,
    containers: containers.records,
    networks: networks === null ? (before?.networks ?? []) : shareById(before?.networks ?? [], networks),
    pods: pods ?? before?.pods ?? new Map<string, PodRecord>(),
    volumes: volumesAfter(volumes, before?.volumes ?? null),
    volumesAreOld: volumes === null ? (before?.volumesAreOld ?? false) : volumes === 'failed',
  }
}

/** Volumes only refine the picture. What makes the whole engine unreadable shows in the other lists as well. */
const tolerate = (): 'failed' => 'failed'

/** Null: not asked for this time. What cannot be read stays as it was. */
function volumesAfter(answer: readonly VolumeSummary[] | 'failed' | null, before: World['volumes']): World['volumes'] {
  if (answer === null || answer === 'failed') return before
  return share(
    before,
    sorted(answer, volume => volume.name),
  )
}

/** /info runs several programs and counts images; it may be slow or fail on hosts where all else works. */
async function readInfo({ client, signal, pause, infoPatience }: ReadOptions): Promise<World['info']> {
  const halt = new AbortController()
  const stop = () => halt.abort()
  signal.addEventListener('abort', stop, { once: true })
  void pause(infoPatience, halt.signal).then(stop)
  try {
    return await client.info(halt.signal)
  } catch {
    return null
  } finally {
    stop()
    signal.removeEventListener('abort', stop)
  }
}

interface Containers {
  records: ReadonlyMap<string, ContainerRecord>
  /** Rows that were inspected, and last rows of those that are gone. */
  touched: readonly ContainerSummary[]
}

async function readContainers(
  rows: readonly ContainerSummary[],
  early: ReadonlyMap<string, Promise<Inspection<ContainerDetail>>>,
  inspectContainer: (id: string) => Promise<Inspection<ContainerDetail>>,
  before: World | null,
  wants: Wants,
): Promise<Containers> {
  const touched: ContainerSummary[] = []
  const read = await Promise.all(
    rows.map(async (row): Promise<ContainerRecord | null> => {
      const known = before?.containers.get(row.id)
      const mayStay = known !== undefined && !wants.containers.has(row.id) && !(wants.failed && known.problem !== null)
      if (mayStay && !rowChanged(known.summary, row)) return share(known, { ...known, summary: row })
      touched.push(row)
      const sooner = await early.get(row.id)
      const inspection = sooner !== undefined && fits(sooner, row) ? sooner : await inspectContainer(row.id)
      // Removed between list and inspect.
      if (inspection === 'gone') return null
      const record = { summary: row, ...inspection, detail: inspection.detail ?? earlierDetail(known, row) }
      return known === undefined ? record : share<ContainerRecord>(known, record)
    }),
  )
  const records = new Map<string, ContainerRecord>()
  for (const record of read) if (record !== null) records.set(record.summary.id, record)
  for (const [id, { summary }] of before?.containers ?? []) if (!records.has(id)) touched.push(summary)
  return { records: keepMap(before?.containers, records), touched }
}

/** Inspected while the list was on its way: the container may have been made, or moved on, in between. */
const fits = (sooner: Inspection<ContainerDetail>, row: ContainerSummary): boolean =>
  sooner !== 'gone' && (sooner.detail === null || sooner.detail.state === row.state)

async function readPods(
  rows: readonly PodSummary[],
  pool: Pool,
  options: ReadOptions,
  before: World | null,
  wants: Wants,
): Promise<ReadonlyMap<string, PodRecord>> {
  const read = await Promise.all(
    rows.map(async (row): Promise<PodRecord | null> => {
      const known = before?.pods.get(row.id)
      const mayStay = known !== undefined && !(wants.failed && known.problem !== null)
      if (mayStay && !podRowChanged(known.summary, row)) return share(known, { ...known, summary: row })
      const inspection: Inspection<PodDetail> = await pool(() =>
        inspect(halt => options.client.pod(row.id, halt), options),
      )
      if (inspection === 'gone') return null
      // What a pod shares is settled when it is made.
      const record = { summary: row, ...inspection, detail: inspection.detail ?? known?.detail ?? null }
      return known === undefined ? record : share<PodRecord>(known, record)
    }),
  )
  return keepMap(before?.pods, new Map(read.flatMap(record => (record === null ? [] : [[record.summary.id, record]]))))
}

const isVolumeUnknown = (records: ReadonlyMap<string, ContainerRecord>, before: World | null): boolean => {
  const names = new Set((before?.volumes ?? []).map(volume => volume.name))
  for (const [id, { detail }] of records) {
    if (detail === before?.containers.get(id)?.detail) continue
    if (detail?.mounts.some(mount => mount.type === 'volume' && mount.name !== null && !names.has(mount.name)))
      return true
  }
  return false
}

/** Podman lists networks and volumes in another order each time. */
const sorted = <T>(rows: readonly T[], keyOf: (row: T) => string): T[] =>
  rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0))

/** Podman 4 names the networks of a container in another order each time. */
const inOrder = <T extends { networks: readonly string[] }>(row: T): T => ({
  ...row,
  networks: row.networks.toSorted(),
})

/** Shares rows by id rather than by position, for one may come or go in the middle. */
export function shareById<T extends { id: string }>(before: readonly T[], next: readonly T[]): readonly T[] {
  const byId = new Map(before.map(row => [row.id, row]))
  const shared = next.map(row => {
    const known = byId.get(row.id)
    return known === undefined ? row : share(known, row)
  })
  return keepItems(
    before,
    sorted(shared, row => row.id),
  )
}

/** The old map when the new one holds the same. */
function keepMap<V>(before: ReadonlyMap<string, V> | undefined, next: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  if (before?.size !== next.size) return next
  for (const [key, value] of next) if (before.get(key) !== value) return next
  return before
}
