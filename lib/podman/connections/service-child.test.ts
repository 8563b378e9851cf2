import { execFile } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUnixClient } from '../client'
import { PodmanError } from '../errors'
import { temporaryDirectory } from '../testing'
import { findPodman, startServiceChild } from './service-child'

let directory = ''
let remove = async () => {}

beforeAll(async () => {
  const made = await temporaryDirectory()
  directory = made.path
  remove = made.remove
})
afterAll(() => remove())

/** Stands in for podman: checks how it is called, and serves the ping. */
const server = `#!${process.execPath}
const [system, service, time, uri] = process.argv.slice(2)
if (system + service + time !== 'systemservice--time=0' || !uri.startsWith('unix:///')) process.exit(64)
require('http').createServer((request, response) => {
  response.setHeader('Libpod-Api-Version', '9.9.9')
  response.end('OK')
}).listen(uri.slice(7))
`

const program = async (name: string, text: string): Promise<string> => {
  const path = join(directory, name)
  await writeFile(path, text)
  await chmod(path, 0o755)
  return path
}

const commandLines = async (): Promise<string[]> => {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  return Promise.all(pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

describe('startServiceChild', () => {
  it('serves on a private socket until it is stopped', async () => {
    const child = await startServiceChild(await program('good', server))
    const path = child.connection.path ?? ''
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700)
    expect(child.connection).toMatchObject({ transport: 'unix', uri: `unix://${path}`, ownerUid: process.getuid?.() })
    const client = createUnixClient(child.connection)
    expect(await client.ping()).toEqual({ version: '9.9.9' })
    await client.close()
    await child.stop()
    expect(await isThere(dirname(path))).toBe(false)
    await child.stop()
  })

  it('ends a service that does not want to', async () => {
    const stubborn = `${server}\nprocess.on('SIGTERM', () => {})\n`
    const child = await startServiceChild(await program('stubborn', stubborn), { stop: 50 })
    await child.stop()
    expect(await isThere(child.connection.path ?? '')).toBe(false)
  })

  it('tells why a service does not come up', async () => {
    const failing = await program(
      'failing',
      '#!/bin/sh\necho first >&2\necho "Error: no subuid ranges" >&2\nexit 125\n',
    )
    const started = startServiceChild(failing)
    await expect(started).rejects.toThrow(PodmanError)
    await expect(started).rejects.toThrow(/no subuid ranges$/)
    await expect(startServiceChild(join(directory, 'none'))).rejects.toThrow(/ENOENT/)
    await expect(startServiceChild(await program('mute', '#!/bin/sh\nexit 3\n'))).rejects.toThrow(/status 3/)
    await expect(
      startServiceChild(await program('idle', '#!/bin/sh\nexec sleep 60\n'), { start: 100 }),
    ).rejects.toThrow(/no socket/)
  })

  it('ends with the process that started it', async () => {
    const good = await program('good2', server)
    const source = fileURLToPath(new URL('./service-child.ts', import.meta.url))
    const script = `
      import { startServiceChild } from ${JSON.stringify(source)}
      const { connection } = await startServiceChild(${JSON.stringify(good)})
      console.log(connection.path)
      process.exit(0)`
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      script,
    ])
    const path = stdout.trim()
    expect(path).toMatch(/podman\.sock$/)
    expect(await isThere(dirname(path))).toBe(false)
    // The child's command line names its socket.
    while ((await commandLines()).some(line => line.includes(path))) await sleep(20)
  })
})

describe('findPodman', () => {
  it('finds the first podman on PATH that can be run', async () => {
    for (const name of ['a', 'b', 'c/podman']) await mkdir(join(directory, name), { recursive: true })
    await writeFile(join(directory, 'a/podman'), '')
    await program('b/podman', '#!/bin/sh\n')
    const PATH = ['c', 'a', 'none', 'b'].map(name => join(directory, name)).join(':')
    expect(await findPodman({ PATH })).toBe(join(directory, 'b/podman'))
    expect(await findPodman({ PATH: '' })).toBeNull()
    expect(await findPodman({})).toBeNull()
  })
})
