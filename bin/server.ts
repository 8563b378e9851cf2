/** The server process: finds the engines, puts the guard in front of Next, and ends cleanly. Started by start.mjs. */
import { readFileSync } from 'node:fs'
import { Server } from 'node:http'
import { join } from 'node:path'
import type { Collector } from '@/lib/collector/types'
import { examine } from '@/lib/exposure/engine'
import { type Audit, createAudit } from '@/lib/server/audit'
import { type Auth, createAuth } from '@/lib/server/auth'
import { type Config, ConfigError, formatListen, loadConfig } from '@/lib/server/config'
import { type ExceptionsFile, followExceptions } from '@/lib/server/exceptions'
import { createFront } from '@/lib/server/front'
import { awaitEngine, findHosts, type Hosts } from '@/lib/server/hosts'
import { createHub, type RunningHub } from '@/lib/server/hub'
import { clean, createLog, errorText, goOnWithout, type Logger, takeOverConsole } from '@/lib/server/log'
import { followNested, type Nested } from '@/lib/server/nested'
import { getRunning, setRunning } from '@/lib/server/registry'
import { selfOf } from '@/lib/server/self'
import { startMessage } from '@/lib/server/start-message'
import { readTls, type TlsMaterial } from '@/lib/server/tls'
import { answerUnchanged } from '@/lib/server/unchanged'
import { createWallPass } from '@/lib/server/wall-pass'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { diffTopology } from '@/lib/topology/diff'
import { collect } from './collect'

/** For start.mjs: ends the process with this one line and code. */
class StartError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message)
  }
}

const asStartError = (error: unknown): unknown =>
  error instanceof ConfigError ? new StartError(error.message, 2) : error

/** Reads the configuration; throws what start.mjs ends with. */
export function checkConfig(): Config & { certificate: TlsMaterial | null } {
  try {
    const config = loadConfig(process.env)
    return { ...config, certificate: config.tls === null ? null : readTls(config.tls) }
  } catch (error) {
    throw asStartError(error)
  }
}

/** How long the start message waits for the first answers of the engines. */
const PATIENCE_MS = 2000
/** After SIGTERM whatever is still open is cut; systemd would wait longer, people do not. */
const GOODBYE_MS = 4000

/** Serves until a signal ends the process. */
export async function serve({ dev, root }: { dev: boolean; root: string }): Promise<void> {
  const config = checkConfig()
  goOnWithout(process.stdout, process.stderr)
  const log = createLog(process.stderr)
  if (!dev) takeOverConsole(log)
  const audit = createAudit(log)
  const wall = config.wallToken === null ? null : createWallPass(config.wallToken)
  const auth = createAuth(config.token, wall, undefined, address => audit.blocked(address))
  const pages = await createPages(dev, root)
  const server = await listen(config, auth, pages, dev, log, audit)
  const hosts = await findHosts(config.recording, process.env, join(root, 'public', 'demo.json'), { collect }).catch(
    error => {
      throw asStartError(error)
    },
  )
  for (const collector of hosts.collectors) collector.start()

  const about = {
    version: versionOf(root),
    build: dev ? 'dev' : buildOf(root),
    demo: hosts.demo,
    unsupported: hosts.unsupported,
  }
  let announced = false
  const snapshotsOf = () => hosts.collectors.map(collector => collector.current())
  const wallTime = () => new Date().toISOString()
  const exceptions = followExceptions({
    path: config.file,
    exceptions: config.exceptions,
    wallTime,
    onChange: () => hub.reexamine(),
    onProblem: problem => {
      if (problem === null) log.info('the configuration file can be used again')
      else log.error(`${clean(problem)}: no finding is accepted until this is mended`)
    },
  })
  const hub: RunningHub = createHub(
    hosts.collectors,
    {
      build: (snapshot, ageSeconds) => buildTopology(snapshot, { ageSeconds }),
      assemble: assembleTopology,
      diff: diffTopology,
      examine: models =>
        examine(models, { settings: { self: selfOf(config, snapshotsOf()) }, acceptance: exceptions.acceptance() }),
      wallTime,
      onError: (error, host) => log.error({ host }, `fault in Podwire itself: ${errorText(error)}`),
      onStatus: ({ connection, status, problem }) => {
        if (announced)
          log.info({ host: clean(connection.name) }, problem === null ? status : `${status}: ${clean(problem)}`)
      },
    },
    // Five a second is more than are published, so the next run starts higher than this one can end.
    { firstRevision: Math.floor(Date.now() / 200), about },
  )
  setRunning({ hub, auth, onError: error => log.error(errorText(error)) })
  const stopLooking = hosts.demo ? switchWhenFound(hub, hosts, log) : () => {}
  const nested = nestedIn(hub, hosts, config, log)
  endOnSignal(server, hub, hosts, nested, exceptions, stopLooking, log)

  await Promise.all([pages.ready, firstAnswers(hosts.collectors)])
  const url = addressOf(server, config)
  process.stdout.write(startMessage(url, snapshotsOf(), about, hosts.problems))
  announced = true
}

/** Next, behind a front that is there before it: a busy port should be told at once, and early visitors wait. */
async function createPages(dev: boolean, dir: string) {
  const { default: next } = await import('next')
  // Next hangs its upgrade handler on the server that it is given. This one never listens, and hears only of what the guard
  // let through: hot reload in development, and nothing otherwise.
  const upgrades = new Server()
  const app = next({ dev, dir, quiet: true, httpServer: upgrades })
  return { upgrades, ready: app.prepare(), handle: app.getRequestHandler() }
}

async function listen(
  config: ReturnType<typeof checkConfig>,
  auth: Auth,
  pages: Awaited<ReturnType<typeof createPages>>,
  dev: boolean,
  log: Logger,
  audit: Audit,
): Promise<Server> {
  const told = new Set<string>()
  const server = createFront({
    auth,
    extraHosts: config.extraHosts,
    trustedProxies: config.trustedProxies,
    tls: config.certificate,
    dev,
    async handle(request, response) {
      const running = getRunning()
      if (running && answerUnchanged(request, response, running.hub.revision())) return
      await pages.ready
      await pages.handle(request, response)
    },
    ...(dev ? { handleUpgrade: (...upgrade) => void pages.upgrades.emit('upgrade', ...upgrade) } : {}),
    onRefused(reason, host) {
      const name = clean(host, 80)
      if (told.has(name) || told.size >= 50) return
      told.add(name)
      log.warn(`refused a request for ${JSON.stringify(name)}: ${reason}; PODWIRE_HOSTS adds names`)
    },
    onSignIn: one => audit.signIn(one),
    onError: error => log.error(errorText(error)),
  })
  const { listenAddress, listenPort } = config
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = LISTEN_PROBLEMS[error.code ?? ''] ?? error.message
      reject(new StartError(`cannot listen on ${formatListen(listenAddress, listenPort)}: ${reason}`, 1))
    })
    // Without an address Node listens on every one, and makes do with IPv4 where there is no IPv6.
    if (listenAddress === '::') server.listen(listenPort, resolve)
    else server.listen(listenPort, listenAddress, resolve)
  })
  server.on('error', error => log.error(errorText(error)))
  return server
}

const LISTEN_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program does already (another Podwire?); set PODWIRE_LISTEN to another port',
  EACCES: 'that port needs root; set PODWIRE_LISTEN to one above 1023',
  EADDRNOTAVAIL: 'this machine has no such address; set PODWIRE_LISTEN to one that it has',
}

/** Where to point a browser. */
function addressOf(server: Server, { listenAddress, listenPort, tls }: Config): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : listenPort
  const isEvery = listenAddress === '::' || listenAddress === '0.0.0.0'
  const scheme = tls === null ? 'http' : 'https'
  if (isEvery) return `${scheme}://127.0.0.1:${port} and on every other address of this machine`
  return `${scheme}://${formatListen(listenAddress, port)}`
}

/** Resolves when every host was read or has said why not, or when it takes too long to wait for. */
function firstAnswers(collectors: readonly Collector[]): Promise<void> {
  const answered = (collector: Collector) =>
    new Promise<void>(resolve => {
      const look = () => {
        if (collector.current().revision === 0) return
        stop()
        resolve()
      }
      const stop = collector.subscribe(look)
      look()
    })
  return Promise.race([
    Promise.all(collectors.map(answered)).then(() => {}),
    new Promise<void>(resolve => void setTimeout(resolve, PATIENCE_MS).unref()),
  ])
}

function switchWhenFound(hub: RunningHub, hosts: Hosts, log: Logger): () => void {
  return awaitEngine(process.env, { collect }, collectors => {
    const demo = hosts.collectors.splice(0, hosts.collectors.length, ...collectors)
    for (const collector of collectors) collector.start()
    hub.replaceFeeds(collectors, null)
    log.info('found Podman: the demo is over')
    for (const collector of demo) void collector.stop()
  })
}

/** Shows inner engines beside those that were found; null when nobody asked for any. */
function nestedIn(hub: RunningHub, hosts: Hosts, { nested: wanted }: Config, log: Logger): Nested | null {
  if (wanted.length === 0) return null
  return followNested({
    wanted,
    outer: () => hosts.collectors,
    collect: connection => collect(connection, null),
    onChange: inner => hub.replaceFeeds([...hosts.collectors, ...inner], hub.about().demo),
    onProblem: (name, because) => log.warn(`the engine in ${clean(name, 120)} is not read: ${clean(because)}`),
  })
}

function endOnSignal(
  server: Server,
  hub: RunningHub,
  hosts: Hosts,
  nested: Nested | null,
  exceptions: ExceptionsFile,
  stopLooking: () => void,
  log: Logger,
): void {
  let ending = false
  const end = async (signal: string) => {
    // The second signal is somebody's impatience.
    if (ending) process.exit(1)
    ending = true
    log.info(`${signal}: ending`)
    setTimeout(() => process.exit(0), GOODBYE_MS).unref()
    stopLooking()
    exceptions.close()
    hub.close()
    server.close()
    await Promise.allSettled([nested?.stop(), ...hosts.collectors.map(collector => collector.stop())])
    await hosts.stop()
    server.closeAllConnections()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => void end(signal))
}

const versionOf = (root: string): string => {
  const parsed: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const version = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : ''
  return String(version)
}

const buildOf = (root: string): string => readFileSync(join(root, '.next', 'BUILD_ID'), 'utf8').trim()
