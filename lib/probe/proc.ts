/** The one door to the kernel's files, so that tests can put a tree of their own behind it. */
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** A value, or the errno name that stood in its way ("ENOENT", "EACCES"). */
export type Read<T> = { ok: true; value: T } | { ok: false; code: string }

/** Readers of absolute paths below /proc and /sys, and of the identity of any file. None of them throws. */
export interface Proc {
  /** Effective uid 0: may enter other network namespaces. */
  readonly isRoot: boolean
  text(path: string): Read<string>
  /** Off the event loop: for tables that the kernel takes milliseconds to print. */
  slowText(path: string): Promise<Read<string>>
  list(path: string): Read<string[]>
  /** Target of a symbolic link. */
  link(path: string): Read<string>
  /** "device:inode", links followed: equal for equal files. */
  identity(path: string): Read<string>
}

const attempt = <T>(read: () => T): Read<T> => {
  try {
    return { ok: true, value: read() }
  } catch (thrown) {
    return failure(thrown)
  }
}

const failure = (thrown: unknown): { ok: false; code: string } => ({
  ok: false,
  code: thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : 'EIO',
})

const shared = Buffer.alloc(65_536)

/** readFileSync costs an fstat and allocations more, and a scan reads thousands of these files, nearly all small. */
const readSmallFile = (path: string): string => {
  const descriptor = openSync(path, 'r')
  try {
    let length = 0
    // A short read is not the end: seq_file hands out whole records.
    for (;;) {
      const count = readSync(descriptor, shared, length, shared.length - length, null)
      if (count === 0) return shared.toString('utf8', 0, length)
      length += count
      if (length === shared.length) return readFileSync(path, 'utf8')
    }
  } finally {
    closeSync(descriptor)
  }
}

/** The kernel of this machine. */
export const liveProc = (): Proc => ({
  isRoot: process.geteuid?.() === 0,
  text: path => attempt(() => readSmallFile(path)),
  slowText: async path => {
    try {
      return { ok: true, value: await readFile(path, 'utf8') }
    } catch (thrown) {
      return failure(thrown)
    }
  },
  list: path => attempt(() => readdirSync(path)),
  link: path => attempt(() => readlinkSync(path)),
  identity: path =>
    attempt(() => {
      const { dev, ino } = statSync(path, { bigint: true })
      return `${dev}:${ino}`
    }),
})
