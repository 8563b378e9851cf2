import { stat } from 'node:fs/promises'
import type { Connection } from '@/lib/podman/types'

/** "device:inode" of a connection's socket file; null while there is none. */
export type SocketIdentity = () => Promise<string | null>

/** Tells a new socket file at the old path from the old one. Always null where there is no file to look at. */
export const socketIdentityOf = ({ transport, path }: Connection): SocketIdentity =>
  transport !== 'unix' || path === null
    ? () => Promise.resolve(null)
    : async () => {
        try {
          const { dev, ino } = await stat(path, { bigint: true })
          return `${dev}:${ino}`
        } catch {
          return null
        }
      }
