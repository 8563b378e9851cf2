/** The Podman of one suite for the host of another, as an upgrade brings it: the program with the libraries that it wants. */
import { execFile } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { isReady, rootOf, type Suite } from './suites'

const PROGRAM = '/usr/bin/podman'

/** Copies it into `folder`, which the host sees as `inside`; resolves to the words that run it there. */
export async function copyPodman(suite: Suite, folder: string, inside: string): Promise<string[]> {
  if (!isReady(suite)) throw new Error(`no root for ${suite}: run npm test -- root-${suite}`)
  const root = rootOf(suite)
  const { stdout } = await promisify(execFile)('chroot', [root, 'ldd', PROGRAM])
  const libraries = [...stdout.matchAll(/\/lib\S+/g)].map(([path]) => path)
  await Promise.all([PROGRAM, ...libraries].map(path => copyFile(join(root, path), join(folder, basename(path)))))
  const loader = libraries.find(path => basename(path).startsWith('ld-linux'))
  if (loader === undefined) throw new Error(`${PROGRAM} of ${suite} is not linked as expected:\n${stdout}`)
  return [join(inside, basename(loader)), '--library-path', inside, join(inside, basename(PROGRAM))]
}
