/** Answers that a client may already have. Revisions are never used twice, also not over restarts, so they name an answer. */

/** Whether an If-None-Match names this answer. RFC 9110 8.8.3.2: weak comparison, a list, or "*". */
export const isKnown = (header: string | null, etag: string): boolean =>
  header !== null &&
  header
    .split(',')
    .map(part => part.trim().replace(/^W\//, ''))
    .some(part => part === '*' || part === etag.replace(/^W\//, ''))

/** 304 when the caller has it; else what `answer` makes, which puts the given headers on it. */
export function unlessKnown(
  request: Request,
  etag: string,
  answer: (headers: Readonly<Record<string, string>>) => Response,
): Response {
  if (isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers: { etag } })
  return answer({ etag })
}
