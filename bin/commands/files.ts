/** Quadlet files that are named on the command line, as the host that they declare. */
import { stat } from 'node:fs/promises'
import { basename, dirname, relative, resolve } from 'node:path'
import type { UnitRecord } from '@/lib/collector/types'
import { findUnitFiles, type FoundFiles } from '@/lib/collector/unit-files'
import { declareUnits } from '@/lib/quadlet/declare'
import { KINDS, kindOf } from '@/lib/quadlet/kinds'
import type { UnitSource } from '@/lib/quadlet/types'
import { buildTopology } from '@/lib/topology/build'
import { declaredSnapshot } from '@/lib/topology/declared'
import type { HostModel } from '@/lib/topology/types'
import { CommandError } from './input'

export interface DeclaredFiles {
  model: HostModel
  /** Files that could not be read, with the reason. */
  unread: string[]
}

interface About {
  rootless: boolean
  /** "5.4.2"; null = not known. */
  podman: string | null
  /** "1.14.0"; null = not known. */
  netavark: string | null
}

/** Reads files, and folders with all below them, drop-ins included. Throws CommandError for what is no quadlet file. */
export async function readDeclared(
  paths: readonly string[],
  { rootless, podman, netavark }: About,
): Promise<DeclaredFiles> {
  const found = await Promise.all(paths.map(path => findAt(path, podman)))
  const sources = found.flatMap(({ files }) => files.map(({ source }) => shownSource(source)))
  if (sources.length === 0) throw new CommandError(`no quadlet file is there: ${accepted()}`)
  const records = declareUnits(sources, { podman }).map(
    (unit): UnitRecord => ({ unit, modifiedAt: null, systemd: null, systemdUnknownBecause: 'these are files' }),
  )
  const unread = [
    ...found.flatMap(({ notes }) => notes),
    ...sources.flatMap(({ path, unread: why }) => (why === undefined ? [] : `${path}: ${why}`)),
  ]
  return { model: buildTopology(declaredSnapshot(records, { name: 'files', rootless, podman, netavark })), unread }
}

const accepted = (): string =>
  `accepted are folders, and files that end in ${Object.keys(KINDS)
    .map(kind => `.${kind}`)
    .join(', ')}`

async function findAt(given: string, podman: string | null): Promise<FoundFiles> {
  const path = resolve(given)
  const facts = await stat(path).catch((thrown: Error) => {
    throw new CommandError(`${JSON.stringify(given)} cannot be read: ${thrown.message}`)
  })
  if (!facts.isDirectory() && kindOf(basename(path)) === null)
    throw new CommandError(`${JSON.stringify(given)} is no quadlet file: ${accepted()}`)
  const folder = facts.isDirectory() ? path : dirname(path)
  const skips = (below: string) => !facts.isDirectory() && below !== folder
  const found = await findUnitFiles('', [{ path: folder, skips }], podman)
  if ('unreadable' in found) throw new CommandError(`${JSON.stringify(given)} cannot be read: ${found.unreadable}`)
  return facts.isDirectory() ? found : { ...found, files: found.files.filter(({ source }) => source.path === path) }
}

/** Paths as somebody in this folder would write them. */
const shown = (path: string): string => {
  const here = relative(process.cwd(), path)
  return here.startsWith('..') ? path : here
}

const shownSource = (source: UnitSource): UnitSource => ({
  ...source,
  path: shown(source.path),
  dropIns: source.dropIns.map(dropIn => ({ ...dropIn, path: shown(dropIn.path) })),
})
