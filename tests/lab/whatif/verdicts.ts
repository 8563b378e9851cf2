/** What an answer says of one container beside what packets did before and after. */
import type { Truth } from '@/tests/recordings/model'
import { sourcesOf } from '@/tests/recordings/compare'
import type { Difference, ReachChange, Turned } from '@/lib/whatif/types'

/** Whether `from` got through to any of `name`'s own addresses. */
function reached(truth: Truth, from: string, name: string): boolean {
  if (name === 'host') return truth.hosts.some(([source, , answer]) => source === from && answer === 'host')
  const owner = truth.owner[name]
  return truth.direct.some(([source, to, , , answer]) => source === from && to === name && answer === owner)
}

const plain = (ref: string): string => ref.replace(/^container:/, '')

interface Judged {
  /** Everything that the lists say and packets contradict, and what packets show and no list has. */
  wrong: string[]
  /** Entries that were compared. */
  compared: number
}

/** The lists of gained and lost ways to and from `name`, at own addresses. */
export function judge(name: string, { reachedBy, reaches }: Difference, before: Truth, after: Truth): Judged {
  const result: Judged = { wrong: [], compared: 0 }
  const sources = sourcesOf(after).filter(ref => sourcesOf(before).includes(ref))
  // Who shares its namespace moves with it.
  const isSame = (ref: string) =>
    plain(ref) === name ||
    before.owner[plain(ref)] === before.owner[name] ||
    after.owner[plain(ref)] === after.owner[name]
  const others = sources.filter(ref => ref === 'host' || !isSame(ref) || /^(neighbour|routed):/.test(ref))
  check(result, `→ ${name}`, reachedBy, others, before, after, (truth, ref) => reached(truth, ref, name))
  check(
    result,
    `← ${name}`,
    reaches,
    others.filter(ref => !/^(neighbour|routed):/.test(ref)),
    before,
    after,
    (truth, ref) => reached(truth, `container:${name}`, plain(ref)),
  )
  return result
}

function check(
  result: Judged,
  title: string,
  lists: Turned<ReachChange>,
  others: readonly string[],
  before: Truth,
  after: Truth,
  got: (truth: Truth, ref: string) => boolean,
): void {
  // One of those who share a namespace stands for all of them.
  const home = (ref: string) => after.owner[plain(ref)] ?? plain(ref)
  const direct = (changes: readonly ReachChange[]) =>
    new Set(
      changes
        .filter(({ ways }) => ways.some(({ kind }) => kind === 'direct'))
        .flatMap(one => one.others.map(({ ref }) => home(ref))),
    )
  const said = { gained: direct(lists.gained), lost: direct(lists.lost), unknown: direct(lists.unknown) }
  for (const ref of others) {
    const was = got(before, ref)
    const is = got(after, ref)
    const at = home(ref)
    result.compared += 1
    if (said.unknown.has(at)) continue
    const seen = `${ref} ${title}: packets ${was ? 'reached' : 'did not'} before and ${is ? 'reach' : 'do not'} now`
    if (said.gained.has(at) && !is) result.wrong.push(`${seen}; said to be gained`)
    else if (said.lost.has(at) && is) result.wrong.push(`${seen}; said to be lost`)
    else if (was !== is && !said.gained.has(at) && !said.lost.has(at))
      result.wrong.push(`${seen}; said to be as it was`)
  }
}
