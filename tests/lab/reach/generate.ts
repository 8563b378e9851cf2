/** Random hosts: the same seed, the same commands. */
import type { User } from '../host'

export interface Options {
  /** Major version of Podman: what it does not know is left out. */
  generation: number
  user: User
}

/** A host, as one bash script; what Podman refuses is printed and left out. */
export function generate(seed: number, options: Options): string {
  const random = randomOf(seed)
  const networks = range(3 + random.below(4)).map(index => network(`n${index}`, index, random, options))
  const names: string[] = []
  const containers = range(8 + random.below(5)).flatMap(index => {
    const name = `c${String(index)}`
    const commands = container(name, index, networks, names, random, options)
    names.push(name)
    return commands
  })
  return [
    'try() { "$@" > /dev/null 2> /tmp/refused || { echo "refused: $*"; sed "s/^/  /" /tmp/refused; }; }',
    ...networks.flatMap(one => one.commands),
    ...containers,
  ].join('\n')
}

interface GeneratedNetwork {
  name: string
  kind: 'bridge' | 'unmanaged' | 'macvlan'
  /** The place in the subnets: 10.60.INDEX.0/24 and fd60:INDEX::/64. */
  index: number
  ipv4: boolean
  ipv6: boolean
  commands: string[]
}

function network(name: string, index: number, random: Random, { generation, user }: Options): GeneratedNetwork {
  const isRoot = user === 'root'
  if (isRoot && index < 2 && random.chance(0.35)) return macvlan(name, index, random)
  if (isRoot && generation >= 5 && random.chance(0.08)) return unmanaged(name, index)
  const ipv6 = random.chance(0.35)
  const ipv4 = !ipv6 || random.chance(0.9)
  const words = [
    ...(ipv4 ? [`--subnet 10.60.${index}.0/24`] : []),
    ...(ipv6 ? [`--ipv6 --subnet fd60:${index}::/64`] : []),
    ...(random.chance(0.2) ? ['--internal'] : []),
    ...(random.chance(0.15) ? ['--disable-dns'] : []),
    ...(random.chance(0.1) ? ['-o mtu=1400'] : []),
    ...isolate(random, generation),
    ...(generation >= 5 && random.chance(0.07) ? ['-o no_default_route=true'] : []),
    ...(generation >= 5 && random.chance(0.1) ? [`-o metric=${random.pick([50, 100, 200])}`] : []),
  ]
  return { name, kind: 'bridge', index, ipv4, ipv6, commands: [`try podman network create ${words.join(' ')} ${name}`] }
}

function isolate(random: Random, generation: number): string[] {
  if (random.chance(0.5)) return []
  return [`-o isolate=${random.pick(generation >= 5 ? ['true', 'false', 'strict'] : ['true', 'false'])}`]
}

/** On eth0 or eth1, in the subnet that is there. */
function macvlan(name: string, index: number, random: Random): GeneratedNetwork {
  const mode = random.pick(['bridge', 'bridge', 'private'])
  const there = index === 0 ? '198.51.100' : '203.0.113'
  const words = `-d macvlan -o parent=eth${index} -o mode=${mode} --subnet ${there}.0/24 --gateway ${there}.1 --ip-range ${there}.128/26`
  const commands = [`try podman network create ${words} ${name}`]
  return { name, kind: 'macvlan', index, ipv4: true, ipv6: false, commands }
}

/** A bridge of the host's own, with the host as its router. */
function unmanaged(name: string, index: number): GeneratedNetwork {
  const commands = [
    `try podman network create -o mode=unmanaged --interface-name br-${name} --subnet 10.60.${index}.0/24 ${name}`,
    `ip link add br-${name} type bridge`,
    `ip addr add 10.60.${index}.1/24 dev br-${name}`,
    `ip link set br-${name} up`,
  ]
  return { name, kind: 'unmanaged', index, ipv4: true, ipv6: false, commands }
}

function container(
  name: string,
  index: number,
  networks: readonly GeneratedNetwork[],
  earlier: readonly string[],
  random: Random,
  options: Options,
): string[] {
  const run = (words: string) => `try podman run -d --pull=never --name ${name} ${words} localhost/busybox`
  const other = earlier[random.below(earlier.length)]
  const way = random.below(100)
  if (way < 4) return [run('--network none')]
  if (way < 8) return [run('--network host')]
  if (way < 18 && other !== undefined) return [run(`--network container:${other}`)]
  const ports = doors(index, networks, random)
  if (way < 26) return [run(`${userMode(random, options)} ${ports}`)]
  const wanted = way < 32 ? '--network podman' : memberships(index, networks, random)
  if (way < 42)
    return [
      `try podman pod create --name p${index} ${wanted} ${ports}`,
      `try podman run -d --pull=never --pod p${index} --name ${name} localhost/busybox`,
    ]
  return [run(`${wanted} ${ports}`)]
}

function memberships(index: number, networks: readonly GeneratedNetwork[], random: Random): string {
  const count = random.chance(0.15) ? random.pick([2, 2, 3]) : 1
  const chosen = random.shuffle(networks).slice(0, count)
  return chosen
    .map(({ name, index: subnet, kind, ipv4 }) => {
      const isFixed = kind === 'bridge' && ipv4 && random.chance(0.15)
      return `--network ${name}${isFixed ? `:ip=10.60.${subnet}.${100 + index}` : ''}`
    })
    .join(' ')
}

/** An uplink of the container's own; a rootless Podman's default from 5 on is one, too. */
function userMode(random: Random, { generation, user }: Options): string {
  if (generation >= 6) return user === 'root' ? '' : '--network pasta'
  if (generation < 5 || user === 'root')
    return `--network slirp4netns${random.chance(0.2) ? ':allow_host_loopback=true' : ''}`
  return random.pick(['--network slirp4netns', '--network pasta', '--network pasta', '--network pasta:--map-gw'])
}

function doors(index: number, networks: readonly GeneratedNetwork[], random: Random): string {
  const count = random.pick([0, 0, 1, 1, 1, 2, 3])
  return range(count)
    .map(number => {
      const bridge = random.pick(networks)
      const address = random.pick([
        '',
        '',
        '',
        '0.0.0.0:',
        '[::]:',
        '127.0.0.1:',
        '[::1]:',
        '198.51.100.2:',
        '203.0.113.2:',
        '[2001:db8:1::2]:',
        bridge.kind === 'macvlan' ? '' : `10.60.${bridge.index}.1:`,
      ])
      const protocol = random.chance(0.15) ? '/udp' : ''
      return `-p ${address}${8000 + index * 10 + number}:${80 + number}${protocol}`
    })
    .join(' ')
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

export interface Random {
  /** 0 … limit - 1 */
  below(limit: number): number
  chance(probability: number): boolean
  pick<T>(among: readonly [T, ...T[]] | readonly T[]): T
  shuffle<T>(list: readonly T[]): T[]
}

/** mulberry32: small, and good enough to choose by. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    chance: probability => next() < probability,
    pick(among) {
      const one = among[below(among.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
    shuffle(list) {
      return list
        .map(one => ({ one, place: next() }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ one }) => one)
    },
  }
}
