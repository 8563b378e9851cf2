/** Files below a root that is not ours: links are followed inside of it, and everything is bounded. */
import { constants } from 'node:fs'
import { lstat, open, opendir, readlink } from 'node:fs/promises'

export type Tried<T> = { ok: true; value: T } | { ok: false; code: string }

const MAX_LINKS = 40

/** Names in one folder; more make it no folder of quadlets. */
export const MAX_NAMES = 4096
/** Bytes of one file. */
export const MAX_BYTES = 256 * 1024

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : 'EIO'

async function attempt<T>(work: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (thrown) {
    return { ok: false, code: codeOf(thrown) }
  }
}

const no = (code: string): Tried<never> => ({ ok: false, code })

/** Nothing there, as opposed to something that may not be seen. */
export const isAbsent = (code: string): boolean => code === 'ENOENT' || code === 'ENOTDIR'

/**
 * The path with every link followed as a process with this root would: the kernel would follow absolute ones from Podwire's
 * own root. `path` is absolute.
 */
async function resolve(root: string, path: string): Promise<Tried<string>> {
  const left = path.split('/').filter(name => name !== '' && name !== '.')
  let at: string[] = []
  let links = 0
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    if (name === '..') {
      at.pop()
      continue
    }
    const next = [...at, name]
    const place = `${root}/${next.join('/')}`
    const found = await attempt(() => lstat(place))
    if (!found.ok) return found
    if (!found.value.isSymbolicLink()) {
      at = next
      continue
    }
    links += 1
    if (links > MAX_LINKS) return no('ELOOP')
    const target = await attempt(() => readlink(place))
    if (!target.ok) return target
    if (target.value.startsWith('/')) at = []
    left.unshift(...target.value.split('/').filter(part => part !== '' && part !== '.'))
  }
  return { ok: true, value: `/${at.join('/')}` }
}

/** A folder's path with links followed, and the names in it in order. */
export async function listFolder(root: string, path: string): Promise<Tried<{ path: string; names: string[] }>> {
  const real = await resolve(root, path)
  if (!real.ok) return real
  const names = await attempt(async () => {
    const found: string[] = []
    for await (const { name } of await opendir(`${root}${real.value}`)) {
      if (found.length >= MAX_NAMES) throw Object.assign(new Error('too many'), { code: 'too many names' })
      found.push(name)
    }
    return found
  })
  // Podman's order is that of bytes, too.
  return names.ok ? { ok: true, value: { path: real.value, names: names.value.sort() } } : names
}

/** Text and time of change (ISO 8601) of a regular file; a pipe or device is never waited for. */
export async function readText(root: string, path: string): Promise<Tried<{ text: string; modifiedAt: string }>> {
  const real = await resolve(root, path)
  if (!real.ok) return real
  return attempt(async () => {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
    const file = await open(`${root}${real.value}`, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      const facts = await file.stat()
      if (!facts.isFile()) throw Object.assign(new Error('no file'), { code: 'it is no regular file' })
      const bytes = Buffer.alloc(MAX_BYTES + 1)
      let length = 0
      for (let count = -1; count !== 0 && length < bytes.length; length += count)
        ({ bytesRead: count } = await file.read(bytes, length, bytes.length - length, length))
      if (length > MAX_BYTES) throw Object.assign(new Error('large'), { code: `it is larger than ${MAX_BYTES} bytes` })
      return { text: bytes.toString('utf8', 0, length), modifiedAt: facts.mtime.toISOString() }
    } finally {
      await file.close()
    }
  })
}

/** Whether there is something at the path. */
export const isThere = async (root: string, path: string): Promise<boolean> => (await resolve(root, path)).ok
