/** A running Podwire, started as an admin does it, on a lab host or on this machine. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LabHost, User } from './host'
import { childrenOf, end, hasEnded } from './processes'

const CHECKOUT = join(import.meta.dirname, '..', '..')
/** Where the checkout is seen by a server on a lab host: its user may not be allowed below this machine's /root. */
const CHECKOUT_THERE = '/run/lab/podwire'

export interface PodwireOptions {
  /** Runs with this host's processes, network and /run, so that it finds the engines by itself. Else on this machine. */
  on?: LabHost
  /** Who starts it there. */
  as?: User
  env?: Record<string, string>
  /** Words that run the rest, on this machine only: limits, another view of the file system. */
  through?: readonly string[]
  /** Any free one when it is left out. */
  port?: number
}

export interface Podwire {
  /** http://127.0.0.1:PORT, reachable from this machine. */
  readonly url: string
  /** What it printed so far. */
  output(): string
  /** How the process ended, once it has. */
  ended: Promise<{ code: number | null; signal: string | null }>
  /** The process that was started; on this machine that is the server. */
  pid: number
  stop(): Promise<void>
}

/** Resolves when /readyz answers 200, or /healthz when `untilReady` is false: with no engine it is never ready. */
export async function startPodwire(options: PodwireOptions = {}, untilReady = true): Promise<Podwire> {
  for (;;) {
    try {
      return await startOnce(options, untilReady)
    } catch (error) {
      // A port that was free may be somebody's by the time at which it is wanted.
      if (options.port !== undefined || !String(error).includes('another program does already')) throw error
    }
  }
}

async function startOnce(options: PodwireOptions, untilReady: boolean): Promise<Podwire> {
  const { on, as = 'root', env = {}, through = [] } = options
  const home = await mkdtemp(join(tmpdir(), 'podwire-home-'))
  const port = options.port ?? (await freePort())
  const environment: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    // No configuration of this machine's Podman counts.
    HOME: as === 'dev' ? '/home/dev' : home,
    PODWIRE_LISTEN: `127.0.0.1:${port}`,
    ...(as === 'dev' && { XDG_RUNTIME_DIR: '/run/user/1000' }),
    ...env,
  }
  const [command = '', ...args] = on
    ? commandThere(on, as, 'bin/start.mjs')
    : [...through, process.execPath, join(CHECKOUT, 'bin', 'start.mjs')]
  const server = spawn(command, args, { cwd: CHECKOUT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(server, 'exit').then(([code, signal]) => ({ code, signal }))
  let output = ''
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', chunk => {
      output += String(chunk)
    })
  const relay = on && (await startRelay(on, port))
  const stop = async () => {
    // nsenter does not pass signals on to what it started.
    await end(server, 'SIGTERM', on && server.pid !== undefined ? await childrenOf(server.pid) : undefined)
    await relay?.stop()
    await rm(home, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  try {
    const sign = untilReady ? '/readyz' : '/healthz'
    for (let tries = 0; !(await answersOk(`${url}${sign}`)); tries++) {
      if (hasEnded(server) || tries > 1800) throw new Error(`no ${sign} from podwire:\n${output}`)
      await sleep(50)
    }
    return { url, stop, output: () => output, ended, pid: server.pid ?? 0 }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The words that run a script of this checkout on a host, as `user` there does. */
export const commandThere = (host: LabHost, user: User, script: string, ...args: string[]): string[] => [
  ...thereAs(host, user),
  process.execPath,
  join(CHECKOUT_THERE, script),
  ...args,
]

/** A command that runs the rest with the host's processes, network and /run, and with this machine's files. */
function thereAs(host: LabHost, user: User): string[] {
  const setUp = [
    'mount --make-rprivate /',
    `mkdir -p ${host.run}/lab/podwire`,
    `mount --bind ${CHECKOUT} ${host.run}/lab/podwire`,
    `mount --rbind ${host.run} /run`,
    'mount -t proc proc /proc',
    'mount -t sysfs sysfs /sys',
    `cd ${CHECKOUT_THERE}`,
    'exec "$@"',
  ].join(' && ')
  const become = user === 'dev' ? ['setpriv', '--reuid', '1000', '--regid', '1000', '--clear-groups'] : []
  return [
    'nsenter',
    '-t',
    String(host.pid),
    '-n',
    '-p',
    '-u',
    '--',
    'unshare',
    '-m',
    'bash',
    '-c',
    setUp,
    '-',
    ...become,
  ]
}

/** A port of this machine that leads to the same port inside the host. */
async function startRelay(host: LabHost, port: number) {
  const socket = join(host.run, 'lab', `relay-${port}`)
  const args = ['-t', String(host.pid), '-n', '--', process.execPath, join(import.meta.dirname, 'relay.mjs'), socket]
  const inner = spawn('nsenter', [...args, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(inner.stdout, 'data')
  const outer: Server = createServer(near => {
    const far = connect(socket)
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
  })
  await once(outer.listen(port, '127.0.0.1'), 'listening')
  const stop = async () => {
    outer.close()
    await end(inner, 'SIGKILL')
  }
  return { stop }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = portOf(server.address())
  server.close()
  await once(server, 'close')
  return port
}

function portOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('not a TCP address')
  return address
}

const answersOk = (url: string) =>
  fetch(url).then(
    async response => {
      await response.arrayBuffer()
      return response.ok
    },
    () => false,
  )
