/** Lints planted files with the project's own rules, in a folder of their own: nobody else may stumble over them. */
import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as z from 'zod'

export const ROOT = join(import.meta.dirname, '..', '..')

const report = z.object({ diagnostics: z.array(z.object({ filename: z.string(), code: z.string() })) })

/** Names of the broken rules by file. `files` is text by path; all are there together, as they would be in the project. */
export async function lint(files: Readonly<Record<string, string>>): Promise<Map<string, string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'podwire-lint-'))
  try {
    for (const name of ['.oxlintrc.json', 'tsconfig.json', 'package.json'])
      await copyFile(join(ROOT, name), join(folder, name))
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    const { diagnostics } = report.parse(JSON.parse(await oxlint(folder)))
    const broken = new Map<string, string[]>()
    for (const { filename, code } of diagnostics) broken.set(filename, [...(broken.get(filename) ?? []), code])
    return broken
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** It ends with 1 when it finds something, which is what it is here for. */
const oxlint = (cwd: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const args = ['--type-aware', '--deny-warnings', '--format', 'json', '--ignore-pattern', 'node_modules']
    execFile(
      join(ROOT, 'node_modules', '.bin', 'oxlint'),
      args,
      { cwd, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        if (stdout.includes('"diagnostics"')) resolve(stdout)
        else reject(new Error(stderr || stdout || error?.message))
      },
    )
  })
