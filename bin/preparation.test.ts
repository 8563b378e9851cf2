import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandHash, isInstalled, olderThan, readArguments, sourceHash } from './preparation.mjs'

const folder = () => mkdtempSync(join(tmpdir(), 'podwire-start-'))

describe('arguments', () => {
  test.each([
    [[], { kind: 'start', dev: false, build: false }],
    [['start'], { kind: 'start', dev: false, build: false }],
    [['--dev'], { kind: 'start', dev: true, build: false }],
    [['start', '--dev'], { kind: 'start', dev: true, build: false }],
    [['--build'], { kind: 'start', dev: false, build: true }],
    [['--dev', '--build'], { kind: 'wrong', message: expect.stringContaining('one of --dev and --build') }],
    [['--nonsense', '--help'], { kind: 'wrong', message: expect.stringContaining('--nonsense') }],
    [['--help'], { kind: 'help' }],
    [['-h'], { kind: 'help' }],
    [['stop'], { kind: 'wrong', message: expect.stringContaining('"stop"') }],
    [['start', 'start'], { kind: 'wrong', message: expect.stringContaining('"start"') }],
    [['check', '--host', 'root'], { kind: 'command', command: 'check', args: ['--host', 'root'] }],
    [['reach', '--help'], { kind: 'command', command: 'reach', args: ['--help'] }],
    [['--dev', 'check'], { kind: 'wrong', message: expect.stringContaining('"check"') }],
    [['--dev', 'start'], { kind: 'wrong', message: expect.stringContaining('"start"') }],
  ])('%j', (args, result) => expect(readArguments(args)).toEqual(result))
})

test('versions compare as numbers', () => {
  expect(olderThan('20.9.0', '20.9')).toBe(false)
  expect(olderThan('20.8.1', '20.9')).toBe(true)
  expect(olderThan('20.20.2', '20.9')).toBe(false)
  expect(olderThan('18.20.0', '20.9')).toBe(true)
  expect(olderThan('24.0.0', '20.18.1')).toBe(false)
  expect(olderThan('20.18.0', '20.18.1')).toBe(true)
})

describe('whether the packages are there', () => {
  const lock = {
    packages: {
      '': { version: '1' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/only-elsewhere': { version: '1.0.0', optional: true },
    },
  }
  const rig = (installed: object | null) => {
    const root = folder()
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock))
    if (installed) {
      mkdirSync(join(root, 'node_modules/a'), { recursive: true })
      writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }))
    }
    return root
  }
  test('in a fresh clone they are not', () => expect(isInstalled(rig(null))).toBe(false))
  test('as the lock file says, they are', () =>
    expect(isInstalled(rig({ 'node_modules/a': { version: '1.0.0' } }))).toBe(true))
  test('of another version, they are not', () =>
    expect(isInstalled(rig({ 'node_modules/a': { version: '1.0.1' } }))).toBe(false))
  test('removed by hand, they are not', () => {
    const root = rig({ 'node_modules/a': { version: '1.0.0' } })
    rmSync(join(root, 'node_modules/a'), { recursive: true })
    expect(isInstalled(root)).toBe(false)
  })
  test('here they are', () => expect(isInstalled('.')).toBe(true))
})

test('the hash of the sources changes with them, and with nothing else', async () => {
  const root = folder()
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  write('lib/a.ts', 'a')
  write('package.json', '{}')
  const first = await sourceHash(root)
  expect(await sourceHash(root)).toBe(first)
  write('lib/a.test.ts', 'x')
  write('README.md', 'x')
  write('tests/x.ts', 'x')
  expect(await sourceHash(root)).toBe(first)
  const seen = new Set([first])
  for (const [path, text] of [
    ['lib/a.ts', 'b'],
    ['app/page.tsx', ''],
    ['components/x/y.tsx', ''],
    ['public/x.json', ''],
    ['bin/server.ts', ''],
    ['next.config.js', ''],
    ['package.json', '{ }'],
  ] as const) {
    write(path, text)
    seen.add(await sourceHash(root))
  }
  expect(seen.size).toBe(8)
})

test('the commands are made from less: what only pages have does not concern them', async () => {
  const first = await commandHash('.')
  expect(await commandHash('.')).toBe(first)
  const root = folder()
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  write('lib/a.ts', 'a')
  const before = await commandHash(root)
  write('components/x.tsx', 'x')
  expect(await commandHash(root)).toBe(before)
  write('lib/a.ts', 'b')
  expect(await commandHash(root)).not.toBe(before)
})

describe('the command', { timeout: 60_000 }, () => {
  const run = (args: string[], env: Record<string, string> = {}, cwd = '.') =>
    spawnSync(process.execPath, ['bin/start.mjs', ...args], { cwd, encoding: 'utf8', env: { ...process.env, ...env } })

  test('--help says what there is', () => {
    const { status, stdout, stderr } = run(['--help'])
    expect([status, stderr]).toEqual([0, ''])
    for (const word of [
      'PODWIRE_LISTEN',
      'PODWIRE_TOKEN',
      'PODWIRE_HOSTS',
      'PODWIRE_RECORDING',
      'PODWIRE_CONFIG',
      'CONTAINER_HOST',
    ])
      expect(stdout).toContain(word)
  })

  test('bin/podwire is the same', () => {
    expect(execFileSync('bin/podwire', ['--help'], { encoding: 'utf8' })).toBe(run(['--help']).stdout)
  })

  test.each([[['--prot', '80']], [['serve']]])('%j is refused in one line', args => {
    const { status, stdout, stderr } = run(args)
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2])
    expect(stderr).toContain(args[0])
    expect(stderr).toContain('accepted')
  })

  test.each([
    [{ PODWIRE_LISTEN: 'nonsense' }, 'PODWIRE_LISTEN'],
    [{ PODWIRE_LISTEN: '0.0.0.0:4410' }, 'PODWIRE_TOKEN'],
    [{ PODWIRE_TOKEN: 'x' }, 'PODWIRE_TOKEN'],
    [{ PODWIRE_HOSTS: '*' }, 'PODWIRE_HOSTS'],
    [{ CONTAINER_HOST: 'nonsense' }, 'CONTAINER_HOST'],
    [{ PODWIRE_CONFIG: '/nowhere' }, 'PODWIRE_CONFIG'],
  ])('%j is refused in one line, before anything is built', (env, name) => {
    const { status, stdout, stderr } = run([], env)
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2])
    expect(stderr).toContain(name)
  })

  test('a failing installation says so and shows why, without a trace', () => {
    const root = folder()
    for (const file of ['start.mjs', 'command.mjs', 'building.mjs', 'preparation.mjs']) {
      mkdirSync(join(root, 'bin'), { recursive: true })
      cpSync(join('bin', file), join(root, 'bin', file))
    }
    writeFileSync(join(root, 'package.json'), readFileSync('package.json'))
    writeFileSync(join(root, 'package-lock.json'), '{"packages": {"node_modules/a": {"version": "1"}}}')
    const { status, stderr } = run([], {}, root)
    expect(status).toBe(1)
    expect(stderr).toContain('Installing dependencies failed (npm ci')
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
