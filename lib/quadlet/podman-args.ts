/** What PodmanArgs= may do to the wiring. Its words are never handed on: they can be anything, secrets included. */
import { splitWords } from './words'

/** Options of run, pod create, kube play and network create by which doors, modes, addresses or networks change. */
const WIRING: ReadonlySet<string> = new Set(
  [
    '--network --net --publish --publish-all --pod --pod-id-file --ip --ip6 --mac-address --share --infra',
    '--subnet --gateway --ip-range --internal --ipv6 --driver --opt --disable-dns --route --interface-name --ipam-driver',
  ].flatMap(line => line.split(' ')),
)

/**
 * Names of the wiring options in it. What is not a long option may be a short one (-p, -P) or the value of the option before
 * it; short ones are told as "-…" because their letters may be followed by a value.
 */
export function wiringIn(podmanArgs: readonly string[]): string[] {
  const found = new Set<string>()
  for (const value of podmanArgs) {
    for (const word of splitWords(value, 'command') ?? []) {
      const [name = ''] = word.split('=', 1)
      if (WIRING.has(name)) found.add(name)
      else if (/^-[A-Za-z]*[pPdo]/.test(word)) found.add('-…')
    }
  }
  return [...found]
}

/** What PodmanArgs= takes away from a container's confinement: there are no keys for these. */
export interface Powers {
  privileged: boolean
  pidHost: boolean
  ipcHost: boolean
}

export function powersIn(podmanArgs: readonly string[]): Powers {
  const words = podmanArgs.flatMap(value => splitWords(value, 'command') ?? [])
  const has = (option: string, wanted: string) =>
    words.some((word, index) => word === `${option}=${wanted}` || (word === option && words[index + 1] === wanted))
  return {
    privileged: words.includes('--privileged') || has('--privileged', 'true'),
    pidHost: has('--pid', 'host'),
    ipcHost: has('--ipc', 'host'),
  }
}
