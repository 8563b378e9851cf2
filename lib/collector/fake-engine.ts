/** An engine in memory, and builders for what it tells; for tests. */
import { PodmanError } from '@/lib/podman/errors'
import type {
  Connection,
  ContainerDetail,
  ContainerSummary,
  EngineEvent,
  EngineInfo,
  NetworkSummary,
  PodDetail,
  PodmanClient,
  PodSummary,
  VolumeSummary,
} from '@/lib/podman/types'

/** "c1" → a full id. */
export const idOf = (name: string): string => Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)

const summaryOf = (name: string, more: Partial<ContainerSummary> = {}): ContainerSummary => ({
  id: idOf(name),
  name,
  image: 'localhost/busybox:latest',
  state: 'running',
  health: null,
  pid: 100,
  podId: null,
  isInfra: false,
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: '2026-01-01T00:00:01Z',
  labels: {},
  networks: ['podman'],
  ports: [],
  netns: '4026532000',
  problems: [],
  ...more,
})

export const detailOf = (name: string, more: Partial<ContainerDetail> = {}): ContainerDetail => ({
  id: idOf(name),
  name,
  state: 'running',
  pid: 100,
  conmonPid: 99,
  podId: null,
  isInfra: false,
  isService: false,
  networkMode: 'bridge',
  sandboxKey: '/run/netns/netns-1',
  attachments: [
    { networkName: 'podman', networkId: null, addresses: ['10.88.0.2'], mac: null, gateway: '10.88.0.1', aliases: [] },
  ],
  portBindings: [],
  exposedPorts: [],
  publishAllPorts: false,
  privileged: false,
  capAdd: [],
  capDrop: [],
  boundingCaps: null,
  effectiveCaps: null,
  securityOpt: [],
  pidMode: 'private',
  ipcMode: 'private',
  utsMode: 'private',
  usernsMode: '',
  readonlyRootfs: false,
  mounts: [],
  devices: [],
  user: '',
  restartPolicy: null,
  extraHosts: [],
  dependencies: [],
  rootfs: null,
  selinuxType: null,
  annotations: {},
  unaskedAnnotations: [],
  userModeOptions: null,
  problems: [],
  ...more,
})

export const networkOf = (name: string, more: Partial<NetworkSummary> = {}): NetworkSummary => ({
  id: idOf(`net-${name}`),
  name,
  driver: 'bridge',
  networkInterface: `${name}0`,
  createdAt: '2026-01-01T00:00:00Z',
  subnets: [{ cidr: '10.88.0.0/16', gateway: '10.88.0.1', leaseRange: null }],
  routes: [],
  ipv6Enabled: false,
  internal: false,
  dnsEnabled: true,
  labels: {},
  options: {},
  ipamDriver: 'host-local',
  ...more,
})

export const infoOf = (more: Partial<EngineInfo> = {}): EngineInfo => ({
  podmanVersion: '5.4.2',
  hostname: 'lab',
  rootless: false,
  networkBackend: 'netavark',
  netavarkVersion: '1.14.0',
  dnsVersion: null,
  defaultNetwork: null,
  rootlessNetworkCmd: 'pasta',
  rootlessPortForwarder: null,
  eventLogger: 'file',
  ...more,
})

export const connectionOf = (more: Partial<Connection> = {}): Connection => ({
  id: 'root',
  name: 'root',
  uri: 'unix:///run/podman/podman.sock',
  transport: 'unix',
  path: '/run/podman/podman.sock',
  foundBy: 'a test',
  ownerUid: 0,
  ...more,
})

export const httpError = (status: number, message = `${status} broken`) => new PodmanError('http', message, { status })

/** An engine in memory. Tests change its fields as they like; every answer is a copy. */
export interface FakeEngine {
  connection: Connection
  version: string
  info: EngineInfo
  containers: Map<string, { summary: ContainerSummary; detail: ContainerDetail }>
  networks: NetworkSummary[]
  pods: Map<string, { summary: PodSummary; detail: PodDetail }>
  volumes: VolumeSummary[]
  /** Names of calls so far: "containers", "container c1", … Tests may empty it. */
  calls: string[]
  /** Throws to make a call fail; awaited, so it can also hold it. */
  before: (call: string) => Promise<void> | void
  /** Most calls at the same time, of containers and pods inspected. */
  busiest: number
  /** Adds or replaces a running container. */
  put: (name: string, summary?: Partial<ContainerSummary>, detail?: Partial<ContainerDetail>) => void
  drop: (name: string) => void
  emit: (event: Partial<EngineEvent> | 'malformed') => void
  /** Ends all open events streams, with an error or without. */
  endStreams: (error?: PodmanError) => void
  openStreams: () => number
  /** Streams stay silent from now on. */
  mute: boolean
  client: () => PodmanClient
}

export function fakeEngine(connection: Connection = connectionOf()): FakeEngine {
  const streams = new Set<{ push: (event: EngineEvent | 'malformed') => void; end: (error?: PodmanError) => void }>()
  let inspecting = 0
  const engine: FakeEngine = {
    connection,
    version: '5.4.2',
    info: infoOf(),
    containers: new Map(),
    networks: [networkOf('podman')],
    pods: new Map(),
    volumes: [],
    calls: [],
    before: () => {},
    busiest: 0,
    put(name, summary = {}, detail = {}) {
      engine.containers.set(idOf(name), {
        summary: summaryOf(name, summary),
        detail: detailOf(name, { state: summary.state ?? 'running', ...detail }),
      })
    },
    drop: name => void engine.containers.delete(idOf(name)),
    emit(event) {
      if (engine.mute) return
      const whole = event === 'malformed' ? event : { type: 'container', action: 'start', id: '', name: null, ...event }
      for (const stream of streams) stream.push(whole)
    },
    endStreams(error) {
      for (const stream of streams) stream.end(error)
    },
    openStreams: () => streams.size,
    mute: false,
    client,
  }

  const nameOf = (id: string) => Buffer.from(id, 'hex').toString().replaceAll('\0', '')

  async function answer<T>(call: string, signal: AbortSignal | undefined, value: () => T): Promise<T> {
    engine.calls.push(call)
    await Promise.resolve()
    await engine.before(call)
    if (signal?.aborted === true) throw new PodmanError('aborted', 'aborted')
    return structuredClone(value())
  }

  async function inspected<T>(call: string, signal: AbortSignal | undefined, find: () => T | undefined): Promise<T> {
    inspecting++
    engine.busiest = Math.max(engine.busiest, inspecting)
    try {
      return await answer(call, signal, () => {
        const found = find()
        if (found === undefined) throw httpError(404, '404 no such container')
        return found
      })
    } finally {
      inspecting--
    }
  }

  function client(): PodmanClient {
    const counters = { '/containers/json': { calls: 0, errors: 0 } }
    return {
      connection,
      counters,
      ping: signal => answer('ping', signal, () => ({ version: engine.version })),
      version: signal => answer('version', signal, () => ({ podmanVersion: engine.version })),
      info: signal => answer('info', signal, () => engine.info),
      containers: signal => {
        counters['/containers/json'].calls++
        return answer('containers', signal, () => [...engine.containers.values()].map(each => each.summary))
      },
      container: (id, signal) => inspected(`container ${nameOf(id)}`, signal, () => engine.containers.get(id)?.detail),
      networks: signal => answer('networks', signal, () => engine.networks),
      pods: signal => answer('pods', signal, () => [...engine.pods.values()].map(each => each.summary)),
      pod: (id, signal) => inspected(`pod ${nameOf(id)}`, signal, () => engine.pods.get(id)?.detail),
      volumes: signal => answer('volumes', signal, () => engine.volumes),
      async *events(signal, onOpen) {
        engine.calls.push('events')
        const aborted = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
        await Promise.race([Promise.resolve().then(() => engine.before('events')), aborted])
        if (signal.aborted) return
        const queue: (EngineEvent | 'malformed')[] = []
        const end: { reached: boolean; error?: PodmanError | undefined } = { reached: false }
        let wake = () => {}
        const stream = {
          push(event: EngineEvent | 'malformed') {
            queue.push(event)
            wake()
          },
          end(error?: PodmanError) {
            end.reached = true
            end.error = error
            wake()
          },
        }
        const abort = () => stream.end()
        signal.addEventListener('abort', abort)
        streams.add(stream)
        onOpen?.()
        try {
          for (;;) {
            const next = queue.shift()
            if (next !== undefined) yield next
            else if (end.reached) break
            else
              await new Promise<void>(resolve => {
                wake = resolve
              })
          }
          if (end.error !== undefined) throw end.error
        } finally {
          streams.delete(stream)
          signal.removeEventListener('abort', abort)
        }
      },
      close: () => Promise.resolve(),
    }
  }
  return engine
}
