/** The query of an API request: known parameters only, each at most once. */
import { type Problem, problem } from '../problem'

export type QueryResult<Name extends string> =
  | { ok: true; values: Partial<Record<Name, string>> }
  | { ok: false; problem: Problem }

const MAX_VALUE = 512
const refuse = (parameter: string, detail: string) => ({ ok: false, problem: problem(400, detail, parameter) }) as const

/** Reads the parameters `names`; anything else is refused by name, so that a typo is not an answer to another question. */
export function readQuery<Name extends string>(url: URL, names: readonly Name[]): QueryResult<Name> {
  const values: Partial<Record<Name, string>> = {}
  for (const [given, value] of url.searchParams) {
    const name = names.find(known => known === given)
    const shown = JSON.stringify(given.slice(0, 64))
    if (name === undefined)
      return refuse(given.slice(0, 64), `Unknown parameter ${shown}; accepted: ${names.join(', ') || 'none'}.`)
    if (values[name] !== undefined) return refuse(name, `The parameter ${shown} is given twice.`)
    if (value === '' || value.length > MAX_VALUE) return refuse(name, `The parameter ${shown} is empty or too long.`)
    values[name] = value
  }
  return { ok: true, values }
}
