/** The one host that a question is about. */
import { type Problem, problem } from '../problem'

/** By id or name, or without one where there is only one. */
export function oneHost<T>(
  all: readonly T[],
  identify: (one: T) => { id: string; name: string },
  asked: string | undefined,
): { found: T } | { problem: Problem } {
  const isMeant = (one: T) => {
    const { id, name } = identify(one)
    return asked === undefined || id === asked || name === asked
  }
  const [found, second] = all.filter(isMeant)
  if (found === undefined) return { problem: problem(404, 'There is no such host.') }
  if (second === undefined) return { found }
  return {
    problem:
      asked === undefined
        ? problem(400, 'There are several hosts: say which with "host".', 'host')
        : problem(404, 'There is more than one host of that name; use its id.'),
  }
}
