import { stat } from 'node:fs/promises'
import { PodmanError, systemCodeOf, toPodmanError } from './errors'
import type { PodmanErrorCode } from './types'

/** Failures whose cause may be seen by looking at the socket file. */
const worthALook: ReadonlySet<PodmanErrorCode> = new Set<PodmanErrorCode>(['missing', 'denied', 'refused'])

/** sun_path of unix(7) holds 108 bytes with the closing NUL. */
const maxSocketPath = 107

/**
 * Tells apart what connect(2) reports alike: ECONNREFUSED is a socket without a listener, and also a plain file or a
 * directory. Adds the owner, which decides what an admin has to do about EACCES.
 */
export const diagnosed = async (error: PodmanError, path: string): Promise<PodmanError> => {
  const details = { template: error.template, cause: error }
  if (Buffer.byteLength(path) > maxSocketPath) {
    return new PodmanError('unsupported', `path longer than ${maxSocketPath} bytes`, details)
  }
  if (!worthALook.has(error.code)) return error
  try {
    const found = await stat(path)
    const owned = { ...details, ownerUid: found.uid }
    if (!found.isSocket()) return new PodmanError('not-a-socket', 'not a socket', owned)
    return new PodmanError(error.code, error.message, owned)
  } catch (thrown) {
    if (systemCodeOf(thrown) === null) return error
    const { code } = toPodmanError(thrown)
    return code === 'missing' || code === 'denied' ? new PodmanError(code, error.message, details) : error
  }
}
