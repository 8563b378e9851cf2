import { describe, expect, it } from 'vitest'
import type { Command, Run } from './commands'
import { fakeProc, SOCKET_HEADER, socketLine, type FakeProcess, type FakeTree } from './testing'
import { createHostProbe } from './probe'
import type { Known, ProbeContainer, ProbeInput } from './types'

const HOST = '100'
const WEB = 'a'.repeat(64)
const NODE = 'b'.repeat(64)
const container = (more: Partial<ProbeContainer>): ProbeContainer => ({
  id: WEB,
  networkMode: 'bridge',
  pid: 50,
  conmonPid: 40,
  netns: '200',
  ...more,
})
const input = (more: Partial<ProbeInput> = {}): ProbeInput => ({
  socketPath: '/run/podman/podman.sock',
  rootless: false,
  containers: [container({})],
  ...more,
})
const conmon = (id: string, more: Partial<FakeProcess> = {}): FakeProcess => ({
  comm: 'conmon',
  netns: HOST,
  args: ['conmon', '-c', id],
  ...more,
})
const table = (...lines: string[]) => SOCKET_HEADER + lines.join('')
const counts = (tcp: number) => `sockets: used 9\nTCP: inuse ${tcp} orphan 0\nUDP: inuse 0 mem 0\n`

const addresses = JSON.stringify([
  { ifname: 'eth0', ifindex: 2, link_type: 'ether', flags: ['UP'], addr_info: [{ local: '192.0.2.2', prefixlen: 24 }] },
])
const answers: Record<string, string> = {
  'ip -j -d addr': addresses,
  'ip -j route': '[{"dst":"default","gateway":"192.0.2.1","dev":"eth0"}]',
  'ip -j -6 route': '[]',
  'nft -j list chains': '{"nftables":[{"chain":{"family":"inet","table":"netavark","name":"INPUT"}}]}',
  'grep -sH  /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding /proc/sys/net/ipv4/ip_unprivileged_port_start':
    '/proc/sys/net/ipv4/ip_forward:1\n/proc/sys/net/ipv6/conf/all/forwarding:0\n/proc/sys/net/ipv4/ip_unprivileged_port_start:1024\n',
}
/** Answers commands, plain or behind `nsenter --target PID --net --`, and remembers them. */
const fakeRun = (known: Record<string, string> = answers): { run: Run; commands: string[] } => {
  const commands: string[] = []
  const run = (command: Command) => {
    commands.push(command.join(' '))
    const answer = known[command.join(' ').replace(/^nsenter --target \d+ --net -- /, '')]
    return Promise.resolve(
      answer === undefined ? { ok: false as const, code: 'ENOENT' } : { ok: true as const, value: answer },
    )
  }
  return { run, commands }
}
const probeOf = (tree: FakeTree, more: { run?: Run; now?: () => number } = {}) =>
  createHostProbe({ proc: fakeProc(tree), run: more.run ?? fakeRun().run, byteOrder: 'LE', now: more.now ?? (() => 0) })

const valueOf = <T>(fact: Known<T> | undefined): T => {
  if (fact?.known !== true) throw new Error(`unknown: ${fact?.because}`)
  return fact.value
}
const becauseOf = (fact: Known<unknown> | undefined) => (fact?.known === false ? fact.because : null)

describe('the host namespace', () => {
  it('is entered when it is another one', async () => {
    const { run, commands } = fakeRun()
    const facts = await probeOf({ processes: { 40: conmon(WEB) } }, { run })(input())
    expect(facts).toMatchObject({ available: true, reason: null, hostNetns: HOST, hostNetnsIsOwn: false })
    expect(valueOf(facts.interfaces)[0]).toMatchObject({ name: 'eth0', kind: 'physical', addresses: ['192.0.2.2/24'] })
    expect(valueOf(facts.routes)).toEqual([{ destination: '0.0.0.0/0', gateway: '192.0.2.1', interface: 'eth0' }])
    expect(valueOf(facts.forwarding)).toEqual({ ipv4: true, ipv6: false })
    expect(valueOf(facts.unprivilegedPortStart)).toBe(1024)
    expect(valueOf(facts.firewall)).toBe('nftables')
    expect(commands.every(command => command.startsWith('nsenter --target 40 --net -- '))).toBe(true)
  })

  it('is read directly when it is Podwire’s own', async () => {
    const { run, commands } = fakeRun()
    const files = {
      '/proc/sys/net/ipv4/ip_forward': '0\n',
      '/proc/sys/net/ipv4/ip_unprivileged_port_start': '80\n',
      '/proc/self/net/sockstat': counts(1),
      '/proc/self/net/tcp': table(socketLine('0100007F:1F90', '11')),
    }
    const facts = await probeOf({ ownNetns: HOST, files, processes: { 40: conmon(WEB) } }, { run })(input())
    expect(facts.hostNetnsIsOwn).toBe(true)
    // A kernel without IPv6 has no such file and forwards none.
    expect(valueOf(facts.forwarding)).toEqual({ ipv4: false, ipv6: false })
    expect(valueOf(facts.unprivilegedPortStart)).toBe(80)
    expect(valueOf(facts.hostListeners)).toMatchObject([{ address: '127.0.0.1', port: 8080 }])
    expect(commands.some(command => command.startsWith('nsenter'))).toBe(false)
  })

  it('without root gives the listeners of another namespace and says what it may not read', async () => {
    const net = { sockstat: counts(1), tcp: table(socketLine('00000000:0050', '11')) }
    const facts = await probeOf({ isRoot: false, processes: { 40: conmon(WEB, { net }) } })(input())
    expect(becauseOf(facts.interfaces)).toBe('entering another network namespace needs root')
    expect(becauseOf(facts.firewall)).toContain('needs root')
    expect(valueOf(facts.hostListeners)).toHaveLength(1)
  })

  it('falls back to /sys and /proc where there is no iproute2', async () => {
    const files = {
      '/proc/self/net/dev': ' lo: 0\n',
      '/sys/class/net/lo/ifindex': '1',
      '/sys/class/net/lo/type': '772',
      '/proc/self/net/route': 'Iface\neth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\n',
    }
    const facts = await probeOf(
      { ownNetns: HOST, files, processes: { 40: conmon(WEB) } },
      { run: fakeRun({}).run },
    )(input())
    expect(valueOf(facts.interfaces).map(each => each.kind)).toEqual(['loopback'])
    expect(valueOf(facts.routes).map(route => route.destination)).toEqual(['0.0.0.0/0'])
    expect(becauseOf(facts.firewall)).toContain('nft is not installed')
  })

  it('that is not proven leaves everything unknown with the reason', async () => {
    const facts = await probeOf({})(input())
    expect(facts.available).toBe(false)
    expect(facts.reason).toContain('not proven')
    expect(becauseOf(facts.hostListeners)).toBe(facts.reason)
    expect(facts.listenersByNetns).toEqual({})
  })
})

describe('listeners', () => {
  const webNet = { sockstat: counts(1), tcp: table(socketLine('00000000:0050', '77')) }
  const web: FakeProcess = {
    comm: 'nginx',
    netns: '200',
    sockets: ['76', '77'],
    cgroup: `0::/machine.slice/libpod-${WEB}.scope/container\n`,
    net: webNet,
  }

  it('of a container name its process and the container', async () => {
    const facts = await probeOf({ processes: { 40: conmon(WEB), 50: web } })(input())
    expect(valueOf(facts.listenersByNetns['200'])).toEqual([
      { address: '0.0.0.0', port: 80, protocol: 'tcp', containerId: WEB, process: 'nginx' },
    ])
  })

  it('are found when the listed pid belongs to something else here', async () => {
    const tree = { processes: { 40: conmon(WEB), 50: { comm: 'bash', netns: '1' }, 3150: web } }
    const facts = await probeOf(tree)(input())
    expect(valueOf(facts.listenersByNetns['200'])).toMatchObject([{ process: 'nginx' }])
  })

  it('are not read through a pid whose namespace differs from the listed one', async () => {
    const facts = await probeOf({ processes: { 40: conmon(WEB), 50: { ...web, netns: '999' } } })(input())
    expect(becauseOf(facts.listenersByNetns['200'])).toBe('no process in namespace 200 is visible here')
  })

  it('need root for the containers of somebody else', async () => {
    const tree = { isRoot: false, ownNetns: HOST, processes: { 40: conmon(WEB), 50: { ...web, isForeign: true } } }
    const facts = await probeOf(tree)(input())
    expect(becauseOf(facts.listenersByNetns['200'])).toBe("reading other users' processes needs root")
  })

  it('of the host tell host-mode containers from Podman’s own proxies', async () => {
    const net = {
      sockstat: counts(3),
      tcp: table(
        socketLine('00000000:1F90', '91'),
        socketLine('00000000:238C', '92'),
        socketLine('0100007F:1F94', '93'),
        socketLine('00000000:0016', '94'),
      ),
    }
    const processes = {
      40: conmon(WEB, { net, sockets: ['91'] }),
      60: { comm: 'httpd', netns: HOST, sockets: ['92'], cgroup: `0::/libpod_parent/libpod-${NODE}\n` },
      // pasta's sockets stay in the host's namespace when it has gone into the container's.
      61: { comm: 'pasta.avx2', netns: '200', sockets: ['93'] },
    }
    const containers = [container({}), container({ id: NODE, networkMode: 'host', netns: HOST })]
    const facts = await probeOf({ processes })(input({ containers }))
    expect(valueOf(facts.hostListeners)).toEqual([
      { address: '0.0.0.0', port: 22, protocol: 'tcp', containerId: null, process: null },
      { address: '0.0.0.0', port: 8080, protocol: 'tcp', containerId: null, process: 'conmon' },
      { address: '127.0.0.1', port: 8084, protocol: 'tcp', containerId: null, process: 'pasta' },
      { address: '0.0.0.0', port: 9100, protocol: 'tcp', containerId: NODE, process: 'httpd' },
    ])
  })

  it('belong to the container under whose conmon their process runs, where it has no cgroup', async () => {
    const bare = { ...web, cgroup: '0::/user.slice/user-1000.slice/session-1.scope\n' }
    const shell: FakeProcess = { comm: 'sh', netns: '200', parent: 40, net: webNet }
    const facts = await probeOf({ processes: { 40: conmon(WEB), 50: shell, 51: { ...bare, parent: 50 } } })(input())
    expect(valueOf(facts.listenersByNetns['200'])).toMatchObject([{ process: 'nginx', containerId: WEB }])
    const loop = { 40: conmon(WEB), 50: { ...bare, parent: 51 }, 51: { ...shell, parent: 50 } }
    const lost = await probeOf({ processes: loop })(input())
    expect(valueOf(lost.listenersByNetns['200'])).toMatchObject([{ process: 'nginx', containerId: null }])
  })

  it('that systemd opened belong to the container it hands them to', async () => {
    const net = { sockstat: counts(1), tcp: table(socketLine('00000000:0050', '91')) }
    const processes = {
      1: { comm: 'systemd', netns: HOST, sockets: ['91'] },
      40: conmon(WEB, { net }),
      50: { ...web, sockets: ['91'] },
    }
    const facts = await probeOf({ processes })(input())
    expect(valueOf(facts.hostListeners)).toMatchObject([{ port: 80, process: 'nginx', containerId: WEB }])
  })

  it('several sockets of one port are one listener', async () => {
    const net = {
      sockstat: counts(2),
      tcp: table(socketLine('00000000:0050', '77'), socketLine('00000000:0050', '78')),
    }
    const facts = await probeOf({ processes: { 40: conmon(WEB), 50: { ...web, net, sockets: ['77', '78'] } } })(input())
    expect(valueOf(facts.listenersByNetns['200'])).toHaveLength(1)
  })
})

describe('cost', () => {
  it('no table is read where no socket is in use', async () => {
    const proc = fakeProc({ processes: { 40: conmon(WEB), 50: { comm: 'sleep', netns: '200' } } })
    const facts = await createHostProbe({ proc, run: fakeRun().run, byteOrder: 'LE', now: () => 0 })(input())
    expect(valueOf(facts.listenersByNetns['200'])).toEqual([])
    expect(proc.reads).not.toContain('/proc/50/net/tcp')
  })

  it('a second probe searches no processes, and reads tables of containers only when their number of sockets changed', async () => {
    let now = 0
    const net: Record<string, string> = { sockstat: counts(1), tcp: table(socketLine('00000000:0050', '77')) }
    const tree: FakeTree = {
      processes: {
        40: conmon(WEB),
        50: { comm: 'nginx', netns: '200', sockets: ['77'], net },
        99: { comm: 'bash', netns: '1', sockets: ['5'] },
      },
    }
    const proc = fakeProc(tree)
    const probe = createHostProbe({ proc, run: fakeRun().run, byteOrder: 'LE', now: () => now })
    const first = await probe(input())
    proc.reads.length = 0
    now = 15_000
    expect((await probe(input())).listenersByNetns).toEqual(first.listenersByNetns)
    expect(proc.reads).not.toContain('/proc/50/net/tcp')
    expect(proc.reads.some(path => path.startsWith('/proc/99/'))).toBe(false)
    now = 61_000
    await probe(input())
    expect(proc.reads).toContain('/proc/50/net/tcp')
  })

  it('a young namespace is looked at every time, an older one every ten seconds', async () => {
    let now = 0
    const net: Record<string, string> = {}
    const proc = fakeProc({ processes: { 40: conmon(WEB), 50: { comm: 'nginx', netns: '200', net } } })
    const probe = createHostProbe({ proc, run: fakeRun().run, byteOrder: 'LE', now: () => now })
    const looksAt = async (at: number) => {
      now = at
      proc.reads.length = 0
      await probe(input())
      return proc.reads.includes('/proc/50/net/sockstat')
    }
    expect(await looksAt(0)).toBe(true)
    expect(await looksAt(3_000)).toBe(true)
    expect(await looksAt(9_000)).toBe(true)
    expect(await looksAt(12_000)).toBe(false)
    expect(await looksAt(20_000)).toBe(true)
    expect(await looksAt(21_000)).toBe(false)
  })

  it('namespaces that went away are forgotten', async () => {
    const probe = probeOf({ processes: { 40: conmon(WEB), 50: { comm: 'sleep', netns: '200' } } })
    expect(Object.keys((await probe(input())).listenersByNetns)).toEqual(['200'])
    const gone = await probe(input({ containers: [container({ netns: null })] }))
    expect(gone.listenersByNetns).toEqual({})
  })
})

describe('a rootless engine', () => {
  const dns = (userns: string, netns: string): FakeProcess => ({ comm: 'aardvark-dns', netns, userns })

  it('has the namespace of its bridges told from those of other users', async () => {
    const processes = {
      40: conmon(WEB, { userns: 'dev' }),
      50: { comm: 'sleep', netns: '200', userns: 'dev' },
      70: dns('eve', '301'),
      71: dns('dev', '302'),
    }
    const facts = await probeOf({ processes })(input({ rootless: true }))
    expect(facts.rootlessNetns).toBe('302')
    expect(valueOf(facts.listenersByNetns['302'])).toEqual([])
  })

  it('is not looked for when the engine is rootful', async () => {
    const processes = { 40: conmon(WEB), 50: { comm: 'sleep', netns: '200' }, 71: dns('init', '302') }
    const facts = await probeOf({ processes })(input())
    expect(facts.rootlessNetns).toBeUndefined()
  })
})
