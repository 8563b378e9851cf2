import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * A module of this folder, bundled as bin/start.mjs bundles the server. The loader of the other sources keeps the name of
 * every closure, which costs more than the work that is measured here.
 */
export async function bundled<Module>(file: string): Promise<Module> {
  await mkdir(join(root, '.podwire'), { recursive: true })
  const directory = await mkdtemp(join(root, '.podwire', 'bench-'))
  try {
    const outfile = join(directory, 'bundle.mjs')
    await build({
      entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    await rm(directory, { recursive: true })
  }
}
