/** Quadlet files of one engine, found as Podman's generator finds them. */
import { dropInFolders } from '@/lib/quadlet/dropins'
import { kindOf } from '@/lib/quadlet/kinds'
import type { SearchDir } from '@/lib/quadlet/search'
import type { UnitSource } from '@/lib/quadlet/types'
import { isAbsent, listFolder, readText } from './file-tree'

/** A file with its drop-ins, and when the last of them was changed (ISO 8601; null when it could not be read). */
export interface FoundFile {
  source: UnitSource
  modifiedAt: string | null
}

export interface FoundFiles {
  files: FoundFile[]
  /** What was left out, in words. */
  notes: string[]
}

interface Folder {
  path: string
  names: string[]
}

const MAX_FOLDERS = 512
const MAX_FILES = 2000

/**
 * Reads them all, in Podman's order. `null` in place of the files: a search directory is there and may not be read, so nothing
 * that is found would be complete.
 */
export async function findUnitFiles(
  root: string,
  dirs: readonly SearchDir[],
  podman: string | null,
): Promise<FoundFiles | { unreadable: string }> {
  const notes: string[] = []
  const folders = new Map<string, Folder>()
  for (const { path, skips } of dirs) {
    const code = await addFolder(root, path, skips, folders, notes)
    if (code !== null && !isAbsent(code)) return { unreadable: `${path}: ${code}` }
  }
  const files: FoundFile[] = []
  const seen = new Set<string>()
  for (const { path, names } of folders.values()) {
    for (const name of names) {
      if (kindOf(name) === null || seen.has(name)) continue
      if (files.length >= MAX_FILES) return { files, notes: [...notes, `more than ${MAX_FILES} quadlet files`] }
      const found = await readUnit(root, `${path}/${name}`, name, folders, podman, notes)
      if (found === null) continue
      files.push(found)
      seen.add(name)
    }
  }
  return { files, notes }
}

/** Adds a folder and all below it; the code of what stood in the way of this one. */
async function addFolder(
  root: string,
  path: string,
  skips: SearchDir['skips'],
  folders: Map<string, Folder>,
  notes: string[],
): Promise<string | null> {
  const listed = await listFolder(root, path)
  if (!listed.ok) return listed.code
  const folder = listed.value
  if (folders.has(folder.path) || folder.path.endsWith('.d') || skips(folder.path)) return null
  if (folders.size >= MAX_FOLDERS) {
    notes.push(`folders of quadlets beyond the first ${MAX_FOLDERS}`)
    return null
  }
  folders.set(folder.path, folder)
  for (const name of folder.names) {
    if (kindOf(name) !== null && !name.endsWith('.d')) continue
    const below = `${folder.path}/${name}`
    const code = await addFolder(root, below, skips, folders, notes)
    if (code !== null && !isAbsent(code)) notes.push(`${below}: ${code}`)
  }
  return null
}

async function readUnit(
  root: string,
  path: string,
  name: string,
  folders: ReadonlyMap<string, Folder>,
  podman: string | null,
  notes: string[],
): Promise<FoundFile | null> {
  const main = await readText(root, path)
  // A link to nothing, or removed in between.
  if (!main.ok && isAbsent(main.code)) return null
  if (!main.ok) return { source: { path, text: '', unread: main.code, dropIns: [] }, modifiedAt: null }
  const dropIns: { path: string; text: string }[] = []
  let { modifiedAt } = main.value
  for (const place of await dropInsOf(root, name, folders, podman)) {
    const read = await readText(root, place)
    if (read.ok) {
      dropIns.push({ path: place, text: read.value.text })
      if (read.value.modifiedAt > modifiedAt) modifiedAt = read.value.modifiedAt
    } else if (!isAbsent(read.code)) notes.push(`${place}: ${read.code}`)
  }
  return { source: { path, text: main.value.text, dropIns }, modifiedAt }
}

/** Paths in the order in which they are merged. */
async function dropInsOf(
  root: string,
  name: string,
  folders: ReadonlyMap<string, Folder>,
  podman: string | null,
): Promise<string[]> {
  const byName = new Map<string, string>()
  for (const folder of dropInFolders(name, podman)) {
    for (const { path, names } of folders.values()) {
      if (!names.includes(folder)) continue
      const listed = await listFolder(root, `${path}/${folder}`)
      for (const file of listed.ok ? listed.value.names : [])
        if (/.\.conf$/.test(file) && !byName.has(file)) byName.set(file, `${path}/${folder}/${file}`)
    }
  }
  return [...byName.keys()].sort().flatMap(file => byName.get(file) ?? [])
}
