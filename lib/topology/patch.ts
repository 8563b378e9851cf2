/**
 * Applies the operations of a patch, RFC 6902, without touching the value they apply to. What no operation leads through
 * keeps its identity, so that a page re-renders only what changed.
 */
import { isList, isRecord, setOwn } from './json'
import type { PatchOperation } from './types'

/** An operation that does not fit the document; the reader should fetch the whole again. */
export class PatchError extends Error {
  override name = 'PatchError'
}

/** A copy of `document` after all operations, in their order. Throws PatchError when one does not fit. */
export function applyPatch<T>(document: T, operations: readonly PatchOperation[]): T
export function applyPatch(document: unknown, operations: readonly PatchOperation[]): unknown {
  // Copies made by this call may be changed in place: ten thousand additions to one list copy it once.
  const copies = new WeakSet<object>()
  let result = document
  for (const operation of operations) result = applyAt(result, segmentsOf(operation.path), 0, operation, copies)
  return result
}

/** RFC 6901: "" is the whole document, "~1" a slash, "~0" a tilde. */
function segmentsOf(path: string): string[] {
  if (path === '') return []
  if (!path.startsWith('/')) throw new PatchError(`not a JSON pointer: ${path}`)
  return path
    .slice(1)
    .split('/')
    .map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function applyAt(
  node: unknown,
  segments: readonly string[],
  depth: number,
  operation: PatchOperation,
  copies: WeakSet<object>,
): unknown {
  const segment = segments[depth]
  if (segment === undefined) {
    if (operation.op === 'remove') throw new PatchError('the whole document cannot be removed')
    return operation.value
  }
  const last = depth === segments.length - 1
  if (isList(node)) {
    const list = copies.has(node) ? node : [...node]
    copies.add(list)
    const end = last && operation.op === 'add' ? list.length : list.length - 1
    const index = indexOf(segment, list.length, end, operation)
    if (!last) list[index] = applyAt(list[index], segments, depth + 1, operation, copies)
    else if (operation.op === 'add') list.splice(index, 0, operation.value)
    else if (operation.op === 'replace') list[index] = operation.value
    else list.splice(index, 1)
    return list
  }
  if (isRecord(node)) {
    const record = copies.has(node) ? node : { ...node }
    copies.add(record)
    if (!(last && operation.op === 'add') && !Object.hasOwn(record, segment)) throw missing(operation)
    if (!last) setOwn(record, segment, applyAt(record[segment], segments, depth + 1, operation, copies))
    else if (operation.op === 'remove') delete record[segment]
    else setOwn(record, segment, operation.value)
    return record
  }
  throw missing(operation)
}

const missing = (operation: PatchOperation) => new PatchError(`nothing to ${operation.op} at ${operation.path}`)

/** `end` is the largest index that the operation may name; "-" is the place after the last. */
function indexOf(segment: string, length: number, end: number, operation: PatchOperation): number {
  const index = segment === '-' ? length : /^(?:0|[1-9]\d*)$/.test(segment) ? Number(segment) : Number.NaN
  if (!(index <= end)) throw missing(operation)
  return index
}
