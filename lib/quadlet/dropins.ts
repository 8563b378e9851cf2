/** Where drop-ins of a file lie, and in which order they count. */
import { partsOf } from './names'
import { isBefore } from './versions'

/**
 * Names of the folders, in any search directory, whose *.conf belong to "a-b@c.container": the most specific first. Of files
 * with one name the first counts; all are then merged by name.
 * https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/parser/unitfile.go#L1034-L1083; Podman 5.0 and 5.1 know the
 * file's own folder only, 4.x none.
 */
export function dropInFolders(fileName: string, podman: string | null): string[] {
  const own = `${fileName}.d`
  if (podman !== null && isBefore(podman, '5.0')) return []
  if (podman !== null && isBefore(podman, '5.2')) return [own]
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1)
  const { prefix, instance } = partsOf(fileName)
  const broadFirst = [`${extension}.d`]
  const parts = prefix.split('-')
  for (let count = 1; count < parts.length; count++) {
    const truncated = `${parts.slice(0, count).join('-')}-`
    broadFirst.push(`${truncated}.${extension}.d`)
    if (instance !== null) broadFirst.push(`${truncated}@.${extension}.d`)
  }
  if (instance !== null && instance !== '') broadFirst.push(`${prefix}@.${extension}.d`)
  broadFirst.push(own)
  return broadFirst.reverse()
}
