/** Podman's answers as they travel, before any schema. */
export type Json = null | boolean | number | string | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json
}

/** The object at a path of keys; throws where there is none, because then the recording is not what the test thinks. */
export function objectAt(value: Json | undefined, ...keys: string[]): JsonObject {
  let at: Json | undefined = value
  for (const key of keys) at = typeof at === 'object' && at !== null && !Array.isArray(at) ? at[key] : undefined
  if (typeof at !== 'object' || at === null || Array.isArray(at)) throw new Error(`no object at ${keys.join('.')}`)
  return at
}

/** A list of objects; null, as Go writes an empty one, is empty. */
export function rowsOf(value: Json | undefined): JsonObject[] {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) throw new Error('no list')
  return value.map(row => objectAt(row))
}

/** A string field; throws where there is none. */
export function textAt(row: JsonObject, key: string): string {
  const value = row[key]
  if (typeof value !== 'string') throw new Error(`no text at ${key}`)
  return value
}
