/** What the browser believes of the answers of /api/v1/what-if. */
import type { Protocol } from '@/lib/podman/types'
import type { Verdict } from '@/lib/reach/types'
import type {
  Asked,
  Difference,
  DoorChange,
  DoorChanges,
  FindingChange,
  Lines,
  ListenerChange,
  Outcome,
  PrivateAndHost,
  ReachChange,
  Turned,
  Way,
  WhatIf,
} from '@/lib/whatif/types'
import { either, type Guard, isNumber, isText, listOf, nullable, object, oneOf } from '../guards'

/** The page shows `because`, so any code will do. */
type Shown<T extends { code: string }> = Omit<T, 'code'>
export type ShownRefusal = Shown<WhatIf['refusals'][number]>
export type ShownRemark = Shown<Outcome['remarks'][number]>
export type ShownOutcome = Omit<Outcome, 'remarks'> & { remarks: ShownRemark[] }
export type ShownWhatIf = Omit<WhatIf, 'refusals' | 'outcome'> & {
  refusals: ShownRefusal[]
  outcome: ShownOutcome | null
}
export type ShownModes = Omit<PrivateAndHost, 'private' | 'host'> & { private: ShownWhatIf; host: ShownWhatIf }

const isProtocol: Guard<Protocol> = oneOf('tcp', 'udp', 'sctp')
const isVerdict: Guard<Verdict> = oneOf('reachable', 'blocked', 'unknown')
const isForwarded = nullable(oneOf('yes', 'no', 'unknown'))

const turned = <T>(guard: Guard<T>) => ({ gained: listOf(guard), lost: listOf(guard), unknown: listOf(guard) })

const isDoor = object<DoorChange>({
  ref: isText,
  hostIp: isText,
  hostPort: isNumber,
  containerPort: isNumber,
  protocol: isProtocol,
  was: isForwarded,
  is: isForwarded,
  because: isText,
})
const isListener = object<ListenerChange>({
  ref: isText,
  address: isText,
  port: isNumber,
  protocol: isProtocol,
  process: nullable(isText),
})
const isDirect: Guard<Extract<Way, { kind: 'direct' }>> = object<Extract<Way, { kind: 'direct' }>>({
  kind: oneOf('direct'),
})
const isThrough = object<Exclude<Way, { kind: 'direct' }>>({ kind: oneOf('door', 'listener'), ref: isText })
const isChange = object<ReachChange>({
  others: listOf(object<ReachChange['others'][number]>({ ref: isText, name: isText })),
  ways: listOf(either(isDirect, isThrough)),
  was: isVerdict,
  is: isVerdict,
  because: listOf(isText),
})
const isFinding = object<FindingChange>({
  id: isText,
  ruleId: isText,
  severity: oneOf('critical', 'high', 'medium', 'low', 'info'),
  subject: object<FindingChange['subject']>({
    kind: oneOf('container', 'namespace', 'network', 'host'),
    id: isText,
    name: isText,
  }),
  title: isText,
  message: isText,
})

const isDifference = object<Difference>({
  doors: object<DoorChanges>({ ...turned(isDoor), dead: listOf(isDoor) }),
  listeners: object<Difference['listeners']>({ gained: listOf(isListener), lost: listOf(isListener) }),
  reachedBy: object<Turned<ReachChange>>(turned(isChange)),
  reaches: object<Turned<ReachChange>>(turned(isChange)),
  findings: object<Difference['findings']>({ gained: listOf(isFinding), lost: listOf(isFinding) }),
})

const isAsked: Guard<Asked> = oneOf('container', 'network', 'publish', 'unpublish')

export const isWhatIf: Guard<ShownWhatIf> = object<ShownWhatIf>({
  hostId: isText,
  target: isText,
  refusals: listOf(object<ShownRefusal>({ asked: isAsked, because: isText })),
  outcome: nullable(
    object<ShownOutcome>({
      difference: isDifference,
      remarks: listOf(object<ShownRemark>({ kind: oneOf('assumed', 'unknown'), text: isText })),
      lines: object<Lines>({
        podman: nullable(isText),
        quadlet: listOf(object<Lines['quadlet'][number]>({ file: isText, text: nullable(isText) })),
      }),
    }),
  ),
})

export const isModes: Guard<ShownModes> = object<ShownModes>({
  now: oneOf('host', 'private', 'other'),
  private: isWhatIf,
  host: isWhatIf,
})
