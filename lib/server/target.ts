/**
 * The request target, judged in its raw form before anything decodes it. Two decoders that disagree are how paths slip past
 * a check, so whatever could be read in two ways is refused here.
 */

export type TargetVerdict =
  | { ok: true; path: string; query: string }
  | { ok: false; status: 400 | 404 | 414; detail: string }

/** More than any link of ours; Node ends requests whose head is longer than maxHeaderSize by itself. */
export const MAX_TARGET = 4096

const refuse = (status: 400 | 404 | 414, detail: string): TargetVerdict => ({ ok: false, status, detail })

/** One decoding, or null when there are broken escapes or bytes that are not UTF-8. */
function decodeOnce(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/

/** Next's own parameters, by which it tells itself route parameters and locales: a client has no business setting them. */
const NEXT_PARAMETER = /^(?:__next|nxtP|nxtI)/

/** Splits "/path?query" and refuses traversal, double encodings, encoded separators, control characters and absolute forms. */
export function judgeTarget(target: string): TargetVerdict {
  if (target.length > MAX_TARGET) return refuse(414, 'The address is too long.')
  if (!target.startsWith('/')) return refuse(400, 'Only the origin form of a request target is served.')
  // oxlint-disable-next-line no-control-regex -- the same
  if (/[^\u0021-\u007e]|[\\#]/.test(target)) return refuse(400, 'The address has characters that must be encoded.')
  const mark = target.indexOf('?')
  const rawPath = mark === -1 ? target : target.slice(0, mark)
  const query = mark === -1 ? '' : target.slice(mark + 1)

  const path = decodeOnce(rawPath)
  if (path === null || CONTROL.test(path)) return refuse(400, 'The path is not valid.')
  if (/%2f|%5c/i.test(rawPath) || path.includes('\\')) return refuse(404, 'There is nothing at this address.')
  if (/%[0-9a-f]{2}/i.test(path)) return refuse(400, 'The path is encoded twice.')
  if (path.split('/').some(segment => /^\.+(?:;|$)/.test(segment))) return refuse(400, 'The path has dot segments.')
  if (path.includes('//') || /[?#]/.test(path)) return refuse(404, 'There is nothing at this address.')

  if (query !== '') {
    const decoded = decodeOnce(query)
    if (decoded === null || CONTROL.test(decoded)) return refuse(400, 'The query is not valid.')
    if ([...new URLSearchParams(query).keys()].some(name => NEXT_PARAMETER.test(name)))
      return refuse(400, 'The query has a reserved parameter.')
  }
  return { ok: true, path, query }
}
