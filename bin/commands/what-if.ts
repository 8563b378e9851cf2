/** podwire what-if: what another network, or another bind address, would gain and lose. Nothing on the host is touched. */
import { modesText, whatIfText } from '@/lib/report/what-if-text'
import {
  NETWORK_FORMS,
  parseNetworkChoice,
  parsePublish,
  parseTarget,
  parseUnpublish,
  PUBLISH_FORMS,
  TARGET_FORMS,
  UNPUBLISH_FORMS,
} from '@/lib/whatif/parse'
import type { Target } from '@/lib/whatif/types'
import { comparePrivateAndHost, whatIf } from '@/lib/whatif/whatif'
import { CommandError, oneOf, READING, readArguments } from './input'
import { jsonText, pageOf, print } from './output'
import { readOneSnapshot } from './reading'

export const WHAT_IF_USAGE = `Usage: podwire what-if CONTAINER [--network NETWORK] [--bind ADDRESS:PORT] [options]

Says which published ports, sockets, ways and findings a change would gain and lose, and prints the lines that make it.
Nothing on the host is touched. Without a change it compares private and host with what is now.
CONTAINER is ${TARGET_FORMS}.

  --network NETWORK  ${NETWORK_FORMS}
  --bind PORT        ${PUBLISH_FORMS};
                     without :PORT it leads where it leads now; may be repeated
  --unpublish PORT   ${UNPUBLISH_FORMS}; may be repeated
  --host NAME|ID     which host, where there are several
  --recording FILE   a recording of podwire record instead of a live host
  --format FORMAT    text (default), json (as GET /api/v1/what-if)
  --config FILE      the configuration file (default: PODWIRE_CONFIG)
  --help             this text

Exit: 0  computed
      1  it cannot exist; the reasons are printed
      2  bad input, no such container, or the host could not be read
`

const FORMATS = ['text', 'json'] as const

/** Resolves to the exit code. */
export async function whatIfCommand(args: readonly string[]): Promise<number> {
  const options = {
    ...READING,
    network: { type: 'string' },
    bind: { type: 'string', multiple: true },
    unpublish: { type: 'string', multiple: true },
  } as const
  const { values, positionals } = readArguments(args, options, 1)
  if (values.help) {
    await print(WHAT_IF_USAGE)
    return 0
  }
  const format = oneOf('--format', values.format, FORMATS, 'text')
  const target = read('CONTAINER', positionals[0], parseTarget, TARGET_FORMS)
  const network =
    values.network === undefined ? null : read('--network', values.network, parseNetworkChoice, NETWORK_FORMS)
  const ports = [
    ...(values.bind ?? []).map(one => read('--bind', one, parsePublish, PUBLISH_FORMS)),
    ...(values.unpublish ?? []).map(one => read('--unpublish', one, parseUnpublish, UNPUBLISH_FORMS)),
  ]
  const snapshot = await readOneSnapshot(values)
  const page = pageOf(process.stdout, process.env)
  if (network === null && ports.length === 0) {
    const both = comparePrivateAndHost(snapshot, target) ?? noSuchTarget(target)
    await print(format === 'json' ? jsonText(both) : modesText(both, page))
    return both.private.outcome === null && both.host.outcome === null ? 1 : 0
  }
  const answer = whatIf(snapshot, { target, network, ports }) ?? noSuchTarget(target)
  await print(format === 'json' ? jsonText(answer) : whatIfText(answer, page))
  return answer.outcome === null ? 1 : 0
}

function read<T>(option: string, text: string | undefined, parse: (text: string) => T | null, forms: string): T {
  if (text === undefined) throw new CommandError(`${option} is missing: accepted are ${forms}`)
  const found = parse(text)
  if (found === null) throw new CommandError(`${option} is ${JSON.stringify(text)}: accepted are ${forms}`)
  return found
}

function noSuchTarget({ kind, name }: Target): never {
  throw new CommandError(`there is no ${kind} ${JSON.stringify(name)} on this host`)
}
