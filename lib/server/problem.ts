/** Errors as RFC 9457 problem details. */

export interface Problem {
  status: number
  title: string
  /** One sentence for the reader; never an inner error's text. */
  detail: string
  /** The query parameter that is wrong, for 400s of the API. */
  parameter?: string
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  413: 'Request too large',
  414: 'Address too long',
  421: 'Misdirected request',
  429: 'Too many attempts',
  431: 'Request header too large',
  500: 'Internal error',
  503: 'Not available',
}

export const problem = (status: number, detail: string, parameter?: string): Problem => ({
  status,
  title: TITLES[status] ?? 'Error',
  detail,
  ...(parameter === undefined ? {} : { parameter }),
})

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

export const problemBody = (one: Problem): string => JSON.stringify({ type: 'about:blank', ...one })

/** The same for route handlers. */
export const problemResponse = (one: Problem, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(problemBody(one), { status: one.status, headers: { 'content-type': PROBLEM_TYPE, ...headers } })
