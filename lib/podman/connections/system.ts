import { readdir, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { systemCodeOf } from '../errors'

/** A file as discovery sees it, links followed. */
export interface FoundFile {
  uid: number
  isSocket: boolean
  /** Device and inode: equal for two paths to one file. */
  identity: string
}

/** What discovery needs to know of this machine; tests give their own. */
export interface System {
  uid: number
  home: string
  /** null when there is no such file; rejects when it cannot be read. */
  readText(path: string): Promise<string | null>
  /** null when there is nothing; "denied" when a directory on the way may not be searched. */
  look(path: string): Promise<FoundFile | 'denied' | null>
  /** Names in a directory, sorted; empty when it is not there or may not be read. */
  namesIn(path: string): Promise<string[]>
}

const isAbsence = (thrown: unknown): boolean => ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCodeOf(thrown) ?? '')

export const localSystem = (): System => ({
  uid: process.getuid?.() ?? 0,
  home: homedir(),
  async readText(path) {
    try {
      return await readFile(path, 'utf8')
    } catch (thrown) {
      if (isAbsence(thrown)) return null
      throw thrown
    }
  },
  async look(path) {
    try {
      const { uid, dev, ino, isSocket } = await stat(path).then(found => ({
        uid: found.uid,
        dev: found.dev,
        ino: found.ino,
        isSocket: found.isSocket(),
      }))
      return { uid, isSocket, identity: `${dev}:${ino}` }
    } catch (thrown) {
      return ['EACCES', 'EPERM'].includes(systemCodeOf(thrown) ?? '') ? 'denied' : null
    }
  },
  async namesIn(path) {
    try {
      return (await readdir(path)).toSorted()
    } catch {
      return []
    }
  },
})
