import { expect, test } from 'vitest'
import { dropInFolders } from './dropins'
import { searchDirs } from './search'
import { splitWords } from './words'

test('drop-ins of a template instance, the most specific first', () => {
  expect(dropInFolders('a-b@c.container', '5.8.2')).toEqual([
    'a-b@c.container.d',
    'a-b@.container.d',
    'a-@.container.d',
    'a-.container.d',
    'container.d',
  ])
  expect(dropInFolders('a-b.container', '5.1.0')).toEqual(['a-b.container.d'])
  expect(dropInFolders('a-b.container', '4.9.4')).toEqual([])
})

const user = { uid: 1000, home: '/home/dev', runtimeDir: '/run/user/1000', configHome: null }
const paths = (input: Parameters<typeof searchDirs>[0]) => searchDirs(input).map(({ path }) => path)

test('directories of the system, and of a user', () => {
  expect(paths({ user: null, unitDirs: null, podman: '5.4.2' })).toEqual([
    '/run/containers/systemd',
    '/etc/containers/systemd',
    '/usr/share/containers/systemd',
  ])
  expect(paths({ user: null, unitDirs: '', podman: '4.9.4' })).not.toContain('/run/containers/systemd')
  expect(paths({ user, unitDirs: null, podman: '5.4.2' })).toEqual([
    '/run/user/1000/containers/systemd',
    '/home/dev/.config/containers/systemd',
    '/etc/containers/systemd/users',
    '/etc/containers/systemd/users/1000',
  ])
  expect(paths({ user: { ...user, configHome: '/cfg' }, unitDirs: null, podman: '6.0.0' })).toEqual(
    expect.arrayContaining(['/cfg/containers/systemd', '/usr/share/containers/systemd/users']),
  )
})

test('QUADLET_UNIT_DIRS replaces them, up to what is no absolute path', () => {
  expect(paths({ user: null, unitDirs: '/a:/b:c:/d', podman: null })).toEqual(['/a', '/b'])
})

test("the system's engine leaves the users' folders, and a user those of others", () => {
  const [admin] = searchDirs({ user: null, unitDirs: null, podman: '5.4.2' }).slice(1)
  expect(admin?.skips('/etc/containers/systemd/users')).toBe(true)
  expect(admin?.skips('/etc/containers/systemd/app')).toBe(false)
  const shared = searchDirs({ user, unitDirs: null, podman: '5.4.2' })[2]
  expect(shared?.skips('/etc/containers/systemd/users')).toBe(false)
  expect(shared?.skips('/etc/containers/systemd/users/1001')).toBe(true)
  expect(shared?.skips('/etc/containers/systemd/users/all')).toBe(false)
})

test.each([
  ['a "b c" d', 'list', ['a', 'b c', 'd']],
  [String.raw`a\x20b 'c d'`, 'command', ['a b', 'c d']],
  [String.raw`a\x20b`, 'list', [String.raw`a\x20b`]],
  [String.raw`\q`, 'command', null],
  ['"open', 'list', null],
  ['"open', 'command', ['open']],
  ['a "" b', 'command', ['a']],
  ['', 'list', []],
] as const)('words of %j as a %s', (text, as, words) => expect(splitWords(text, as)).toEqual(words))
