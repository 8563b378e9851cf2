/** What the browser believes of the server's verdicts. */
import type { ReachMatrix } from '@/lib/reach/matrix'
import type { OutsideSource, ReachOutside } from '@/lib/reach/outside'
import type { ReachPairAnswer, Stop } from '@/lib/reach/stop'
import type { Hop, ReachRow, Verdict } from '@/lib/reach/types'
import { type Guard, isFlag, isNumber, isText, listOf, nullable, object, oneOf } from '../guards'

const isVerdict: Guard<Verdict> = oneOf('reachable', 'blocked', 'unknown')
const isTexts = listOf(isText)

const row = {
  from: isText,
  direct: listOf(object<ReachRow['direct'][number]>({ to: isText, verdict: isVerdict, because: isTexts })),
  published: listOf(
    object<ReachRow['published'][number]>({
      owner: isText,
      hostIp: isText,
      hostPort: isNumber,
      protocol: oneOf('tcp', 'udp', 'sctp'),
      verdict: isVerdict,
      because: isTexts,
    }),
  ),
}
const hop = { kind: oneOf('namespace', 'interface', 'network', 'host', 'door'), id: isText, label: isText }

export const isRow: Guard<ReachRow> = object<ReachRow>(row)
export const isPair: Guard<ReachPairAnswer> = object<ReachPairAnswer>({
  ...row,
  hops: listOf(object<Hop>(hop)),
  stop: nullable(object<Stop>({ ...hop, because: isTexts })),
})

const isJudgements = listOf(object<ReachMatrix['judgements'][number]>({ verdict: isVerdict, because: isTexts }))
const isMatrixEnd = object<ReachMatrix['sources'][number]>({
  kind: oneOf('host', 'neighbour', 'routed', 'namespaces'),
  networks: isTexts,
  members: listOf(object<ReachMatrix['sources'][number]['members'][number]>({ ref: isText, name: isText })),
})

/** Every cell of a row has its column, and every index its judgement. */
export const isMatrix = (value: unknown): value is ReachMatrix =>
  isAnyMatrix(value) &&
  value.cells.length === value.sources.length &&
  value.cells.every(
    cells => cells.length === value.targets.length && cells.every(cell => cell === null || cell in value.judgements),
  )
const isAnyMatrix: Guard<ReachMatrix> = object<ReachMatrix>({
  hostId: isText,
  sources: listOf(isMatrixEnd),
  targets: listOf(isMatrixEnd),
  judgements: isJudgements,
  cells: listOf(listOf(nullable(isNumber))),
})

export const isOutside = (value: unknown): value is ReachOutside =>
  isAnyOutside(value) &&
  value.sources.every(
    ({ verdicts }) =>
      verdicts.length === value.targets.length && verdicts.every(verdict => verdict in value.judgements),
  )
const isAnyOutside: Guard<ReachOutside> = object<ReachOutside>({
  hostId: isText,
  targets: listOf(
    object<ReachOutside['targets'][number]>({
      kind: oneOf('door', 'listener', 'container'),
      ref: isText,
      owner: isText,
    }),
  ),
  sources: listOf(
    object<OutsideSource>({ from: isText, interface: isText, routed: isFlag, verdicts: listOf(isNumber) }),
  ),
  sourcesUnknownBecause: nullable(isText),
  judgements: isJudgements,
  notKnown: isTexts,
})
