/** Reading JSON values of unknown shape without claiming more than was checked. */

export const isList = (value: unknown): value is unknown[] => Array.isArray(value)

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Sets an own property. Plain assignment to "__proto__" would change the prototype instead. */
export function setOwn(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true })
  else record[key] = value
}
