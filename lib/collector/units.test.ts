import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { known, unknown } from '@/lib/probe/facts'
import { MAX_BYTES } from './file-tree'
import type { UnitRecord } from './types'
import { createUnitReader, type UnitsInput } from './units'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'podwire-units-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const put = (path: string, text: string) => {
  mkdirSync(dirname(`${root}${path}`), { recursive: true })
  writeFileSync(`${root}${path}`, text)
}
/** `target` is as the machine below `root` would have it. */
const link = (path: string, target: string) => {
  mkdirSync(dirname(`${root}${path}`), { recursive: true })
  symlinkSync(target, `${root}${path}`)
}
const web = (name: string) => `[Container]\nImage=localhost/x\nContainerName=${name}\n`

const input = (given: Partial<UnitsInput> & { rootless?: boolean | null } = {}): UnitsInput => ({
  probe: { socketPath: '/s', rootless: given.rootless === undefined ? false : given.rootless, containers: [] },
  connection: { transport: 'unix', ownerUid: given.rootless === true ? 1000 : 0 },
  podman: '5.4.2',
  ...given,
})

const read = (given = input(), env: Record<string, string> = {}, uid = 0) =>
  createUnitReader({ findRoot: () => Promise.resolve(known(root, 'the test')), env, uid })(given)

async function units(given = input(), env: Record<string, string> = {}): Promise<UnitRecord[]> {
  const answer = await read(given, env)
  if (!answer.known) throw new Error(answer.because)
  return [...answer.units]
}
const told = (records: readonly UnitRecord[]) => records.map(({ unit }) => [unit.path, unit.resource])

const ADMIN = '/etc/containers/systemd'

describe("the system's engine", () => {
  test('its files lie in three places, folders below them, and the first of a name counts', async () => {
    put('/run/containers/systemd/a.container', web('first'))
    put(`${ADMIN}/a.container`, web('second'))
    put(`${ADMIN}/deep/er/b.container`, web('b'))
    put('/usr/share/containers/systemd/c.container', web('c'))
    put(`${ADMIN}/users/1000/d.container`, web('d'))
    put(`${ADMIN}/notes.txt`, 'no quadlet')
    expect(told(await units())).toEqual([
      ['/run/containers/systemd/a.container', 'first'],
      [`${ADMIN}/deep/er/b.container`, 'b'],
      ['/usr/share/containers/systemd/c.container', 'c'],
    ])
  })

  test('drop-ins are merged by name, the most specific folder first', async () => {
    put(`${ADMIN}/a-b.container`, web('file'))
    put(`${ADMIN}/container.d/10.conf`, '[Container]\nNetwork=host\n')
    put(`${ADMIN}/a-.container.d/10.conf`, '[Container]\nNetwork=none\n')
    put(`${ADMIN}/a-b.container.d/20.conf`, '[Container]\nContainerName=dropped-in\n')
    put(`${ADMIN}/a-b.container.d/30.txt`, '[Container]\nContainerName=no\n')
    const [record] = await units()
    expect(record?.unit).toMatchObject({ resource: 'dropped-in', networks: [{ value: { kind: 'none' } }] })
  })

  test('the time of change is that of the newest part', async () => {
    put(`${ADMIN}/a.container`, web('a'))
    put(`${ADMIN}/a.container.d/x.conf`, '[Container]\n')
    utimesSync(`${root}${ADMIN}/a.container`, 1, 1_700_000_000)
    utimesSync(`${root}${ADMIN}/a.container.d/x.conf`, 1, 1_800_000_000)
    expect((await units())[0]?.modifiedAt).toBe(new Date(1_800_000_000_000).toISOString())
  })

  test('no directory is no file', async () => expect(await units()).toEqual([]))
})

describe('a rootless engine', () => {
  test("its files lie in the user's own places", async () => {
    put('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\ndev:x:1000:1000::/home/dev:/bin/sh\n')
    put('/home/dev/.config/containers/systemd/a.container', web('a'))
    put('/run/user/1000/containers/systemd/b.container', web('b'))
    put(`${ADMIN}/users/c.container`, web('c'))
    put(`${ADMIN}/users/1000/d.container`, web('d'))
    put(`${ADMIN}/users/1001/e.container`, web('e'))
    put(`${ADMIN}/f.container`, web('f'))
    expect(told(await units(input({ rootless: true }))).map(([, name]) => name)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('without a known home nothing is claimed', async () => {
    put('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n')
    expect(await read(input({ rootless: true }))).toEqual({
      known: false,
      because: 'Where the quadlet files are is not known: the home of user 1000 is not in /etc/passwd.',
    })
  })
})

test('QUADLET_UNIT_DIRS replaces the directories, for the engine of the one whose it is', async () => {
  put('/srv/units/a.container', web('a'))
  put(`${ADMIN}/b.container`, web('b'))
  const env = { QUADLET_UNIT_DIRS: '/srv/units' }
  expect(told(await units(input(), env))).toEqual([['/srv/units/a.container', 'a']])
  const another = await read(input(), env, 4242)
  expect(another.known && told(another.units)).toEqual([[`${ADMIN}/b.container`, 'b']])
})

describe('P19 links', () => {
  test('lead where they lead on that machine, absolute ones too', async () => {
    put('/opt/units/a.container', web('a'))
    put('/opt/more/b.container', web('b'))
    link(`${ADMIN}/a.container`, '/opt/units/a.container')
    link(`${ADMIN}/up.container`, '../../../opt/units/a.container')
    link(`${ADMIN}/more`, '/opt/more')
    expect(told(await units())).toEqual([
      [`${ADMIN}/a.container`, 'a'],
      ['/opt/more/b.container', 'b'],
      [`${ADMIN}/up.container`, 'a'],
    ])
  })

  test('never lead out of it', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'podwire-outside-'))
    try {
      writeFileSync(join(outside, 'x.container'), web('outside'))
      link(`${ADMIN}/x.container`, join(outside, 'x.container'))
      link(`${ADMIN}/y.container`, `../../../../../../../..${outside}/x.container`)
      expect(await units()).toEqual([])
    } finally {
      rmSync(outside, { recursive: true })
    }
  })

  test('in a circle end', async () => {
    put(`${ADMIN}/a.container`, web('a'))
    link(`${ADMIN}/again`, ADMIN)
    link(`${ADMIN}/x.container`, `${ADMIN}/y.container`)
    link(`${ADMIN}/y.container`, `${ADMIN}/x.container`)
    const [a, x, y] = await units()
    expect(a?.unit.resource).toBe('a')
    for (const loop of [x, y])
      expect(loop?.unit.problems).toMatchObject([{ effect: 'unread', message: expect.stringContaining('ELOOP') }])
  })

  test('make instances of a template', async () => {
    put(`${ADMIN}/web@.container`, web('%p-%i'))
    link(`${ADMIN}/web@blue.container`, 'web@.container')
    expect(told(await units())).toEqual([
      [`${ADMIN}/web@.container`, null],
      [`${ADMIN}/web@blue.container`, 'web-blue'],
    ])
  })
})

describe('P19 what is no plain file', () => {
  test('a pipe is not waited for, a folder and a large file are told', async () => {
    put(`${ADMIN}/big.container`, '#'.repeat(MAX_BYTES + 1))
    execFileSync('mkfifo', [`${root}${ADMIN}/pipe.container`])
    mkdirSync(`${root}${ADMIN}/dir.container`)
    const messages = (await units()).map(({ unit }) => `${unit.name}: ${unit.problems[0]?.message}`)
    expect(messages).toEqual([
      `big.container: the file cannot be read here: it is larger than ${MAX_BYTES} bytes`,
      'dir.container: the file cannot be read here: it is no regular file',
      'pipe.container: the file cannot be read here: it is no regular file',
    ])
  })

  test('bytes that are no text are read', async () => {
    mkdirSync(`${root}${ADMIN}`, { recursive: true })
    writeFileSync(`${root}${ADMIN}/a.container`, Buffer.from([0, 0xff, 0x5b, 10, 0xc3]))
    expect((await units())[0]?.unit.problems).toMatchObject([{ line: 1, effect: 'skipped' }])
  })
})

describe('systemd', () => {
  test('does not know what its generators made no service of', async () => {
    mkdirSync(`${root}/run/systemd/system`, { recursive: true })
    put('/run/systemd/generator/a.service', '')
    put(`${ADMIN}/a.container`, web('a'))
    put(`${ADMIN}/b.container`, '[Container]\nNetwrok=host\n')
    expect((await units()).map(({ systemd, systemdUnknownBecause }) => systemd ?? systemdUnknownBecause)).toEqual([
      'systemd is not asked: only the files are read',
      'Not loaded',
    ])
  })

  test('may not be there', async () => {
    put(`${ADMIN}/a.container`, web('a'))
    expect((await units())[0]).toMatchObject({ systemd: null, systemdUnknownBecause: 'no systemd runs there' })
  })
})

describe('nothing is claimed', () => {
  test.each([
    ['of another machine', input({ connection: { transport: 'ssh', ownerUid: null } }), /machine of the engine/],
    ['when it is not known whose engine it is', input({ rootless: null }), /does not say whether it is rootless/],
    [
      'of a rootless engine behind a socket of root',
      input({ probe: input({ rootless: true }).probe, connection: { transport: 'unix', ownerUid: 0 } }),
      /whose engine/,
    ],
  ])('%s', async (_, given, because) => {
    expect(await read(given)).toEqual({ known: false, because: expect.stringMatching(because) })
  })

  test('when the process that shows the files ends while they are read', async () => {
    const roots = [known(root, 'one'), unknown('it ended')]
    const findRoot = () => Promise.resolve(roots.shift() ?? unknown('it ended'))
    expect(await createUnitReader({ findRoot, env: {}, uid: 0 })(input())).toMatchObject({
      known: false,
      because: expect.stringContaining('ended while they were read'),
    })
  })

  test('of an engine whose files are not found, or when the search fails', async () => {
    const lost = createUnitReader({ findRoot: () => Promise.resolve(unknown('nobody knows')), env: {}, uid: 0 })
    expect(await lost(input())).toMatchObject({ known: false, because: expect.stringContaining('nobody knows') })
    const broken = createUnitReader({ findRoot: () => Promise.reject(new Error('boom')), env: {}, uid: 0 })
    expect(await broken(input())).toEqual({ known: false, because: 'Quadlet files could not be read: boom.' })
  })
})
