/** podwire reach: can A talk to B, through which door, and what stops it. */
import type { Protocol } from '@/lib/podman/types'
import { reachOf, type Reach } from '@/lib/reach/reach'
import { formatReachRef, parseReachRef, REACH_REF_FORMS, type ReachRef } from '@/lib/reach/refs'
import { pairWithStop } from '@/lib/reach/stop'
import type { Verdict } from '@/lib/reach/types'
import { pairText, rowText, verdictOf } from '@/lib/report/reach-text'
import { buildTopology } from '@/lib/topology/build'
import { CommandError, oneOf, READING, readArguments } from './input'
import { jsonText, pageOf, print } from './output'
import { readOneSnapshot } from './reading'

export const REACH_USAGE = `Usage: podwire reach A [B] [options]

Says whether A can connect to B, by which way, and what stops it; without B, everything that A reaches.
A and B are ${REACH_REF_FORMS}; a plain NAME is a container.
  neighbour:INTERFACE  another machine on that interface's segment
  routed:INTERFACE     a neighbour that routes container subnets through this host

  --port N           published port, on either side of the door
  --protocol PROTO   tcp, udp, sctp: doors of this protocol
  --host NAME|ID     which host, where there are several; qm@root: the engine in qm, where PODWIRE_NESTED names it
  --recording FILE   a recording of podwire record instead of a live host
  --format FORMAT    text (default), json (as GET /api/v1/reach)
  --config FILE      the configuration file (default: PODWIRE_CONFIG)
  --help             this text

Exit: 0  reachable, by one way at least; and always without B
      1  blocked
      2  bad input, no such end, or the host could not be read
      3  unknown: the inputs do not decide
Firewalls other than netavark's own rules are not examined.
`

const FORMATS = ['text', 'json'] as const
const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp', 'sctp']
const EXIT: Record<Verdict, number> = { reachable: 0, blocked: 1, unknown: 3 }

/** Resolves to the exit code. */
export async function reach(args: readonly string[]): Promise<number> {
  const options = { ...READING, port: { type: 'string' }, protocol: { type: 'string' } } as const
  const { values, positionals } = readArguments(args, options, 2)
  if (values.help) {
    await print(REACH_USAGE)
    return 0
  }
  const format = oneOf('--format', values.format, FORMATS, 'text')
  const [a, b] = positionals
  if (a === undefined) throw new CommandError(`A is missing: accepted are ${REACH_REF_FORMS}`)
  const from = readRef(a)
  const to = b === undefined ? null : readRef(b)
  const only = {
    ...(values.port === undefined ? {} : { port: readPort(values.port) }),
    ...(values.protocol === undefined ? {} : { protocol: oneOf('--protocol', values.protocol, PROTOCOLS, 'tcp') }),
  }
  if (to === null && Object.keys(only).length > 0) throw new CommandError('--port and --protocol need B beside A')

  const model = buildTopology(await readOneSnapshot(values))
  const verdicts = reachOf(model)
  const page = pageOf(process.stdout, process.env)
  if (to === null) {
    const row = verdicts.row(from) ?? noSuchEnd(verdicts, [from])
    await print(format === 'json' ? jsonText(row) : rowText(row, model.host, page))
    return 0
  }
  const pair = pairWithStop(verdicts, from, to, only) ?? noSuchEnd(verdicts, [from, to])
  await print(format === 'json' ? jsonText(pair) : pairText(pair, page))
  return EXIT[verdictOf(pair)]
}

function readRef(text: string): ReachRef {
  const ref =
    parseReachRef(text) ?? (text.includes(':') || text === '' ? null : ({ kind: 'container', name: text } as const))
  if (ref === null) throw new CommandError(`${JSON.stringify(text)}: accepted are ${REACH_REF_FORMS}`)
  return ref
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new CommandError(`--port is ${JSON.stringify(text)}: accepted are 1 to 65535`)
  return port
}

/** More names than this are no help. */
const MOST_NAMES = 20

function noSuchEnd(verdicts: Reach, refs: readonly ReachRef[]): never {
  const { host } = verdicts.context
  const missing = refs.find(ref => verdicts.end(ref) === null) ?? refs[0]
  if (missing?.kind === 'neighbour' || missing?.kind === 'routed') {
    if (host.interfaces === null)
      throw new CommandError(
        `${formatReachRef(missing)}: the interfaces of this host are not known (${host.probe.reason ?? 'not read'}), so neighbours have no name`,
      )
    const names = host.interfaces.flatMap(({ name, kind }) => (kind === 'loopback' ? [] : `${missing.kind}:${name}`))
    throw new CommandError(`there is no ${formatReachRef(missing)}: accepted are ${shortened(names)}`)
  }
  const names = host.containers.flatMap(({ name, isInfra }) => (isInfra ? [] : name))
  throw new CommandError(
    `there is no container ${JSON.stringify(missing?.kind === 'container' ? missing.name : '')}: there are ${shortened(names)}`,
  )
}

const shortened = (names: readonly string[]): string =>
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`
