import { once } from 'node:events'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pinSocket } from './inner-socket'

const PATH = '/run/podman/podman.sock'
let folder = ''
let root = ''
const servers: Server[] = []

/** A socket that says who it is. */
async function serve(path: string, name: string): Promise<void> {
  const server = createServer(socket => socket.end(name))
  servers.push(server)
  await once(server.listen(path), 'listening')
}

async function hear(path: string): Promise<string> {
  let heard = ''
  for await (const chunk of connect(path)) heard += String(chunk)
  return heard
}

const because = async (path = PATH): Promise<string | null> => {
  const found = await pinSocket(root, path)
  if (!found.ok) return found.because
  await found.socket.close()
  return null
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwire-pin-'))
  root = join(folder, 'root')
  await mkdir(join(root, 'run', 'podman'), { recursive: true })
})
afterEach(async () => {
  for (const server of servers.splice(0)) server.close()
  await rm(folder, { recursive: true, force: true })
})

test('P20 the socket that was looked at is the one that is dialled, whatever takes its place', async () => {
  await serve(join(root, PATH), 'inner')
  const found = await pinSocket(root, PATH)
  if (!found.ok) throw new Error(found.because)
  await rename(join(root, PATH), join(root, 'old.sock'))
  await serve(join(folder, 'outer.sock'), 'outer')
  await symlink(join(folder, 'outer.sock'), join(root, PATH))
  expect(await hear(found.socket.path)).toBe('inner')
  expect(found.socket.uid).toBe(process.getuid?.())
  await found.socket.close()
})

test('P20 links are followed from the root they are in, and none leads out of it', async () => {
  await mkdir(join(root, 'var', 'real'), { recursive: true })
  await serve(join(root, 'var', 'real', 'podman.sock'), 'inner')
  await symlink('/var/real/podman.sock', join(root, PATH))
  const found = await pinSocket(root, PATH)
  if (!found.ok) throw new Error(found.because)
  expect(await hear(found.socket.path)).toBe('inner')
  await found.socket.close()

  await serve(join(folder, 'outer.sock'), 'outer')
  await rm(join(root, PATH))
  await symlink(join(folder, 'outer.sock'), join(root, PATH))
  expect(await because()).toBe(`${PATH} cannot be opened (ENOENT)`)
  await rm(join(root, PATH))
  await symlink('../../../../outer.sock', join(root, PATH))
  expect(await because()).toBe(`${PATH} cannot be opened (ENOENT)`)
})

test('circles, files, folders and nothing are told apart from sockets', async () => {
  expect(await because()).toBe(`${PATH} cannot be opened (ENOENT)`)
  await writeFile(join(root, PATH), '')
  expect(await because()).toBe(`${PATH} is no socket`)
  expect(await because(`${PATH}/more`)).toBe(`${PATH}/more leads through what is no folder`)
  expect(await because('/run/podman')).toBe('/run/podman is no socket')
  await symlink('/run/loop', join(root, 'run', 'loop'))
  expect(await because('/run/loop')).toBe('/run/loop leads through too many links')
  await symlink('/run/..'.repeat(140), join(root, 'run', 'long'))
  expect(await because('/run/long/x')).toBe('/run/long/x is too long')
})

test('a process that is another one by now is not believed', async () => {
  await serve(join(root, PATH), 'inner')
  expect(await pinSocket(root, PATH, () => false)).toEqual({
    ok: false,
    because: 'its first process ended while it was looked at',
  })
})
