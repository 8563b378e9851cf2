/** What a client says of a socket path that leads nowhere, each in its own word. */
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callTo } from './endpoints'
import { PodmanError, toPodmanError } from './errors'
import { explain } from './explain'
import { connectionTo, temporaryDirectory } from './testing'
import { unixTransport } from './transport'

let directory = ''
let remove = async () => {}

beforeAll(async () => {
  const made = await temporaryDirectory()
  directory = made.path
  remove = made.remove
})
afterAll(() => remove())

const at = (name: string): string => join(directory, name)

const failureAt = async (path: string): Promise<PodmanError> => {
  const transport = unixTransport(path)
  try {
    await transport.get(callTo('ping'))
  } catch (thrown) {
    if (thrown instanceof PodmanError) return thrown
    throw thrown
  } finally {
    await transport.close()
  }
  throw new Error('it did not fail')
}

/** A socket file whose listener is gone: closing removes the file by its first name only. */
const staleSocket = async (path: string): Promise<void> => {
  const server = createServer()
  await new Promise<void>(resolve => {
    server.listen(`${path}.first`, resolve)
  })
  await rename(`${path}.first`, path)
  await new Promise(resolve => {
    server.close(resolve)
  })
}

describe('a socket path', () => {
  it('with nothing there is missing', async () => {
    expect((await failureAt(at('nothing'))).code).toBe('missing')
    expect((await failureAt(at('no/such/directory'))).code).toBe('missing')
  })

  it('that is a dangling link is missing', async () => {
    await symlink(at('gone'), at('dangling'))
    expect((await failureAt(at('dangling'))).code).toBe('missing')
  })

  it('below a file is missing', async () => {
    await writeFile(at('file'), '')
    expect((await failureAt(at('file/podman.sock'))).code).toBe('missing')
  })

  it('that is a file, a directory or a pipe is not a socket', async () => {
    await writeFile(at('plain'), '')
    await mkdir(at('directory'))
    execFileSync('sh', ['-c', 'exec mkfifo "$0"', at('pipe')])
    for (const name of ['plain', 'directory', 'pipe']) expect((await failureAt(at(name))).code).toBe('not-a-socket')
  })

  it('of a listener that is gone is refused, and tells the owner', async () => {
    await staleSocket(at('stale'))
    const error = await failureAt(at('stale'))
    expect([error.code, error.ownerUid]).toEqual(['refused', process.getuid?.()])
  })

  it('that is too long for the kernel is unsupported', async () => {
    expect((await failureAt(at('x'.repeat(120)))).code).toBe('unsupported')
  })

  it.runIf(process.getuid?.() === 0)('of somebody else is denied', async () => {
    await mkdir(at('private'))
    await staleSocket(at('private/podman.sock'))
    await staleSocket(at('others.sock'))
    await chmod(at('others.sock'), 0o600)
    await chmod(at('private'), 0o700)
    await chmod(directory, 0o755)
    process.seteuid?.(65534)
    try {
      const hidden = await failureAt(at('private/podman.sock'))
      expect([hidden.code, hidden.ownerUid]).toEqual(['denied', null])
      const seen = await failureAt(at('others.sock'))
      expect([seen.code, seen.ownerUid]).toEqual(['denied', 0])
      expect(explain(seen, connectionTo(at('others.sock')))).toContain('belongs to root')
    } finally {
      process.seteuid?.(0)
    }
  })
})

describe('toPodmanError', () => {
  it.each([
    ['EAGAIN', 'timeout'],
    ['EACCES', 'denied'],
    ['EPROTOTYPE', 'not-a-socket'],
    ['EMFILE', 'exhausted'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ])('makes of %s a %s', (code, expected) => {
    expect(toPodmanError(Object.assign(new Error('x'), { code }), '/info')).toMatchObject({
      code: expected,
      template: '/info',
      message: 'x',
    })
  })

  it('takes whatever is thrown', () => {
    for (const thrown of [null, undefined, 'x', 7, {}, new Error('x')]) {
      expect(toPodmanError(thrown)).toBeInstanceOf(PodmanError)
    }
    const error = new PodmanError('http', 'x', { status: 500 })
    expect(toPodmanError(error)).toBe(error)
  })
})
