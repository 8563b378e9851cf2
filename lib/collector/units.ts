/** What the quadlet files of an engine declare: read where Podman's generator reads them, or why they cannot be. */
import { homedir } from 'node:os'
import type { Connection } from '@/lib/podman/types'
import type { FindRoot } from '@/lib/probe/engine-root'
import type { Known, ProbeInput } from '@/lib/probe/types'
import { declareUnits } from '@/lib/quadlet/declare'
import { type SearchInput, searchDirs } from '@/lib/quadlet/search'
import { isThere, listFolder, readText } from './file-tree'
import type { UnitRecord, UnitsRead } from './types'
import { findUnitFiles } from './unit-files'

/** What the reader has to know of an engine. */
export interface UnitsInput {
  probe: ProbeInput
  connection: Pick<Connection, 'transport' | 'ownerUid'>
  /** "5.4.2"; null = not known. */
  podman: string | null
}

/** Reads once. Never rejects. */
export type ReadUnits = (input: UnitsInput) => Promise<UnitsRead>

export interface UnitReaderOptions {
  findRoot: FindRoot
  /** Of this process: QUADLET_UNIT_DIRS, XDG_CONFIG_HOME. */
  env: Readonly<Record<string, string | undefined>>
  /** Of this process. */
  uid: number | undefined
}

export const noUnits = (because: string): UnitsRead => ({ known: false, because })

/** Only Podman's quadlet API asks systemd, and it is none of the ten paths that Podwire asks. */
const NOT_ASKED = 'systemd is not asked: only the files are read'

type User = SearchInput['user']

/** A reader of files for engines of this machine. Keep one per engine. */
export function createUnitReader({ findRoot, env, uid }: UnitReaderOptions): ReadUnits {
  async function userOf(root: string, { probe, connection }: UnitsInput): Promise<{ user: User } | string> {
    if (probe.rootless === null) return 'the engine does not say whether it is rootless'
    if (!probe.rootless) return { user: null }
    const owner = connection.ownerUid
    if (owner === null || owner === 0) return 'whose engine it is is not known'
    const isOwn = root === '' && owner === uid
    const home = isOwn ? homedir() : await homeOf(root, owner)
    if (home === null) return `the home of user ${owner} is not in /etc/passwd`
    const configHome = isOwn ? (env['XDG_CONFIG_HOME'] ?? null) : null
    return { user: { uid: owner, home, runtimeDir: `/run/user/${owner}`, configHome: configHome || null } }
  }

  async function read(input: UnitsInput): Promise<UnitsRead> {
    const { connection, podman } = input
    if (connection.transport !== 'unix') return noUnits('Quadlet files are read on the machine of the engine only.')
    const root = await findRoot(input.probe)
    if (!root.known) return noUnits(`Quadlet files are not readable here: ${root.because}.`)
    const user = await userOf(root.value, input)
    if (typeof user === 'string') return noUnits(`Where the quadlet files are is not known: ${user}.`)
    // The variable is one of this process's user.
    const isOwnUser = (user.user?.uid ?? 0) === uid
    const dirs = searchDirs({ ...user, unitDirs: isOwnUser ? (env['QUADLET_UNIT_DIRS'] ?? null) : null, podman })
    const found = await findUnitFiles(root.value, dirs, podman)
    // Below the root of a process that has ended there is nothing, which is not the same as no files.
    if (root.value !== '' && !isSameRoot(await findRoot(input.probe), root.value))
      return noUnits('Quadlet files are not readable here: the process that showed them ended while they were read.')
    if ('unreadable' in found) return noUnits(`Quadlet files are not readable here: ${found.unreadable}.`)
    const changed = new Map(found.files.map(({ source, modifiedAt }) => [source.path, modifiedAt]))
    const units = declareUnits(
      found.files.map(({ source }) => source),
      { podman },
    )
    const state = await generatedBy(root.value, user.user)
    return {
      known: true,
      notes: found.notes,
      units: units.map((unit): UnitRecord => {
        const isGone = state.services !== null && unit.service !== null && !state.services.has(unit.service)
        return {
          unit,
          modifiedAt: changed.get(unit.path) ?? null,
          systemd: isGone ? 'Not loaded' : null,
          systemdUnknownBecause: isGone ? null : state.because,
        }
      }),
    }
  }

  return async input => {
    try {
      return await read(input)
    } catch (thrown) {
      return noUnits(`Quadlet files could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}.`)
    }
  }
}

const isSameRoot = (again: Known<string>, root: string): boolean => again.known && again.value === root

/** Home of a user in the machine's own list; null when it has none there. */
async function homeOf(root: string, uid: number): Promise<string | null> {
  const passwd = await readText(root, '/etc/passwd')
  if (!passwd.ok) return null
  for (const line of passwd.value.text.split('\n')) {
    const fields = line.split(':')
    if (fields[2] === String(uid) && fields[5]?.startsWith('/')) return fields[5]
  }
  return null
}

/**
 * The services that systemd's generators made when it last read its files: what is not among them, systemd does not know.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.generator.html
 */
async function generatedBy(
  root: string,
  user: User,
): Promise<{ services: ReadonlySet<string> | null; because: string }> {
  if (!(await isThere(root, '/run/systemd/system'))) return { services: null, because: 'no systemd runs there' }
  const listed = await listFolder(root, `${user === null ? '/run' : user.runtimeDir}/systemd/generator`)
  return { services: listed.ok ? new Set(listed.value.names) : null, because: NOT_ASKED }
}
