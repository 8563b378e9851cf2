/** Real Podman hosts: machines of their own in namespaces, with the Podman of a Debian suite. Needs root. */
import { type ChildProcess, type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { childrenOf, descendantsOf, end, hasEnded } from './processes'
import { isReady, rootOf, type Suite } from './suites'

/** `root` is the system's Podman; `dev` an ordinary user (1000) with one of his own. */
export type User = 'root' | 'dev'

const PREFIX = 'podwire-lab-'
const UID: Record<User, number> = { root: 0, dev: 1000 }
const RUNTIME: Record<User, string> = { root: '', dev: 'user/1000/' }
const IMPORT_IMAGE = `tar -C /lab/image -c . | podman import --change 'CMD ["/bin/sleep","infinity"]' - localhost/busybox:latest`
/** Nothing of this process's environment counts inside. */
const ENV: NodeJS.ProcessEnv = {
  NODE_ENV: 'test',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LC_ALL: 'C.UTF-8',
  PODMAN_IGNORE_CGROUPSV1_WARNING: '1',
}

export interface LabHostOptions {
  suite: Suite
  /** Whose Podman serves from the start, and runs the scenario. */
  user?: User
  /** A file of scenarios/, without .sh. */
  scenario?: string
  /** Environment of the scenario. */
  env?: Record<string, string>
}

export interface ServiceOptions {
  /** In place of `podman`: the program and its first words. */
  podman?: readonly string[]
  /** It ends after so many seconds without a connection; 0 = never. */
  idleSeconds?: number
}

/** Starts a host with a service and the image localhost/busybox; rejects with what a failing scenario printed. */
export async function startLabHost(options: LabHostOptions): Promise<LabHost> {
  const { suite, user = 'root', env = {} } = options
  if (!isReady(suite)) throw new Error(`no root for ${suite}: run npm test -- root-${suite}`)
  const run = await mkdtemp(join(tmpdir(), PREFIX))
  await chmod(run, 0o755)
  const name = `${suite}-${basename(run).slice(PREFIX.length).toLowerCase()}`
  const machine = spawn(join(import.meta.dirname, 'become-host.sh'), [rootOf(suite), run, name])
  const host = new LabHost(suite, user, run, name, machine)
  try {
    await host.boot()
    await host.root.bash(await scenario('uplinks'))
    await host.engine.startService()
    if (options.scenario !== undefined) await host.engine.bash(await scenario(options.scenario), env)
    return host
  } catch (error) {
    await host.stop()
    throw error
  }
}

/** The text of a scenario. */
export const scenario = async (name: string): Promise<string> =>
  readFile(join(import.meta.dirname, 'scenarios', `${name}.sh`), 'utf8')

/** A machine of its own; the test ends it with stop(), and it ends with the test's process anyway. */
export class LabHost {
  readonly root: Engine
  readonly dev: Engine
  /** First process, as numbered outside. */
  pid = 0

  constructor(
    readonly suite: Suite,
    user: User,
    /** What is /run inside. */
    readonly run: string,
    readonly name: string,
    private readonly machine: ChildProcessWithoutNullStreams,
  ) {
    this.root = new Engine(this, 'root')
    this.dev = new Engine(this, 'dev')
    this.engine = user === 'root' ? this.root : this.dev
  }

  /** The one it was started for. */
  readonly engine: Engine

  /** Resolves when commands can be run. */
  async boot(): Promise<void> {
    let complaints = ''
    this.machine.stderr.on('data', chunk => {
      complaints += String(chunk)
    })
    const [first] = await Promise.race([once(this.machine.stdout, 'data'), once(this.machine, 'exit')])
    if (String(first) !== 'ready\n') throw new Error(`no lab host: ${complaints || String(first)}`)
    const outer = this.machine.pid
    const [inner] = outer === undefined ? [] : await childrenOf(outer)
    if (inner === undefined) throw new Error(`no lab host: ${complaints}`)
    this.pid = inner
  }

  /** Arguments of nsenter that lead inside, into the host's own cgroups too. */
  entry(): string[] {
    return ['-t', String(this.pid), '-m', '-u', '-i', '-n', '-p', '-C', '/lab/join']
  }

  /** Runs a command inside as root; its standard output. */
  async exec(...command: string[]): Promise<string> {
    return output('nsenter', [...this.entry(), ...command])
  }

  async stop(): Promise<void> {
    this.machine.stdin.end()
    if (!hasEnded(this.machine)) {
      const impatient = setTimeout(() => this.machine.kill('SIGKILL'), 10_000)
      await once(this.machine, 'exit')
      clearTimeout(impatient)
    }
    await rm(this.run, { recursive: true, force: true })
    // Another host may end at the same moment, which find counts as a failure.
    const { stdout } = await promisify(execFile)('bash', [
      '-c',
      'find /sys/fs/cgroup -type d -name "$1*" -prune -print 2>/dev/null || true',
      '-',
      this.name,
    ])
    for (const folder of stdout.split('\n').filter(Boolean))
      await promisify(execFile)('find', [folder, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';'])
  }
}

/** One Podman of a host. */
export class Engine {
  /** Path of its API socket, outside. */
  readonly socket: string
  /** The same, inside. */
  readonly socketInside: string
  private service: ChildProcess | null = null
  /** What its service was asked, by Podman's own log: each once, "GET /v4.0.0/libpod/containers/{id}/json". */
  readonly asked = new Set<string>()
  private hasImage = false

  constructor(
    private readonly host: LabHost,
    readonly user: User,
  ) {
    const path = `${RUNTIME[user]}podman/podman.sock`
    this.socket = join(host.run, path)
    this.socketInside = `/run/${path}`
  }

  /** Runs podman as this user; its standard output, or an error with its standard error. */
  async podman(...args: string[]): Promise<string> {
    return output('nsenter', [...this.entry(), 'podman', ...args])
  }

  /** `podman … --format json`, parsed. */
  async json(...args: string[]): Promise<unknown> {
    return JSON.parse(await this.podman(...args))
  }

  /** Runs a bash script as this user; it ends at the first command that fails. */
  async bash(script: string, env: Record<string, string> = {}): Promise<string> {
    const assignments = Object.entries(env).map(([key, value]) => `${key}=${value}`)
    return output('nsenter', [...this.entry(), 'env', ...assignments, 'bash', '-c', `set -euo pipefail\n${script}`])
  }

  /** Starts `podman system service`; resolves when the socket answers and the image localhost/busybox is there. */
  async startService({ podman = ['podman'], idleSeconds = 0 }: ServiceOptions = {}): Promise<void> {
    const words = ['--log-level=info', 'system', 'service', `--time=${idleSeconds}`, `unix://${this.socketInside}`]
    const command = [...podman, ...words]
    const service = spawn('nsenter', [...this.entry(), ...command], { env: ENV, stdio: ['ignore', 'ignore', 'pipe'] })
    let complaints = ''
    createInterface({ input: service.stderr }).on('line', line => {
      const request = askedIn(line)
      if (request !== null) this.asked.add(request)
      else complaints = `${complaints}${line}\n`.slice(-4000)
    })
    this.service = service
    for (let tries = 0; !(await answers(this.socket)); tries++) {
      if (hasEnded(service) || tries > 400) throw new Error(`podman system service: ${complaints}`)
      await sleep(25)
    }
    if (this.hasImage) return
    await this.bash(IMPORT_IMAGE)
    this.hasImage = true
  }

  /** False when it was killed, or has ended by itself. */
  isServing(): boolean {
    return this.service !== null && !hasEnded(this.service)
  }

  /** Kills the service, as an update or a crash would; its socket file stays behind. */
  async killService(): Promise<void> {
    const { service } = this
    if (!service?.pid) throw new Error('no service to kill')
    this.service = null
    // Below nsenter stands podman; a rootless one has a second self in its user namespace.
    await end(service, 'SIGKILL', await descendantsOf(service.pid))
  }

  private entry(): string[] {
    if (this.user === 'root') return this.host.entry()
    const uid = String(UID[this.user])
    const become = ['setpriv', '--reuid', uid, '--regid', uid, '--init-groups', 'env', '-C', '/home/dev']
    const home = [
      '-u',
      'DBUS_SESSION_BUS_ADDRESS',
      'HOME=/home/dev',
      'USER=dev',
      `XDG_RUNTIME_DIR=/run/${RUNTIME.dev.slice(0, -1)}`,
    ]
    return [...this.host.entry(), ...become, ...home]
  }
}

/**
 * A line of Podman's log about a request, that it answered or knew no answer to:
 * https://github.com/containers/podman/blob/v5.4.2/pkg/api/server/server.go#L140-L160
 */
function askedIn(line: string): string | null {
  const [, request] = /"([A-Z]+ \S+) HTTP\/1\.[01]" \d+ /.exec(line) ?? /Failed Request: \((\d+:.*)/.exec(line) ?? []
  return request?.replaceAll(/[0-9a-f]{64}/g, '{id}') ?? null
}

async function output(file: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { env: ENV, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`${args.slice(9, 20).join(' ').slice(0, 200)}: ${stderr.trim() || error.message}`))
    })
  })
}

const answers = async (path: string) =>
  existsSync(path) &&
  new Promise<boolean>(resolve => {
    const socket = connect(path)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
