import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { command, comment, quadlet, recreate, recreateWithout, shellQuote, systemdQuote } from './fix'

const web = { kind: 'container' as const, id: '1', name: 'web' }

test('plain words stay as they are', () => {
  expect(command('podman', 'rm', 'web_1.2')).toBe('podman rm web_1.2')
  expect(shellQuote('127.0.0.1:8080:80/udp')).toBe('127.0.0.1:8080:80/udp')
})

test('a shell reads every quoted word back as it was', () => {
  const words = fc.sample(
    fc.string({ minLength: 1, unit: 'grapheme' }).filter(word => shellQuote(word) !== null),
    { numRuns: 300, seed: 1 },
  )
  words.push("it's", '$(touch /tmp/x)', '`id`', '"; rm -rf /', '\\', "'", '!', '~', '*', '', '-rf', '#')
  const script = `printf '%s\\0' ${words.map(shellQuote).join(' ')}`
  const back = execFileSync('/bin/sh', ['-c', script]).toString().split('\0').slice(0, -1)
  expect(back).toEqual(words)
})

test('control characters and line separators take the whole fix with them', () => {
  for (const bad of ['a\nb', 'a\rb', 'a\0b', 'a\u001b[2Jb', 'a\u0085b', 'a\u2028b']) {
    expect(shellQuote(bad)).toBeNull()
    expect(systemdQuote(bad)).toBeNull()
    expect(comment(bad)).toBeNull()
    expect(recreate(web, '--volume', bad)).toBeNull()
    expect(recreate({ ...web, name: bad })).toBeNull()
    expect(recreateWithout(web, bad)).toBeNull()
    expect(quadlet('Container', ['Image', 'x'], ['Volume', bad])).toBeNull()
  }
})

test('systemd specifiers and variables stay text, and no line swallows the next', () => {
  expect(systemdQuote('/srv/%i/$HOME')).toBe('/srv/%%i/$$HOME')
  expect(systemdQuote('/srv/x\\')).toBeNull()
  expect(quadlet('Pod', ['PublishPort', '127.0.0.1:80:80'])).toBe('[Pod]\nPublishPort=127.0.0.1:80:80')
})

test('what cannot be changed on a living container is a comment', () => {
  expect(recreate(web, '--publish', '127.0.0.1:80:80')).toBe('# create web again with: --publish 127.0.0.1:80:80')
  expect(recreateWithout({ ...web, kind: 'namespace', name: "o'pod" }, '--privileged')).toBe(
    String.raw`# create pod 'o'\''pod' again without: --privileged`,
  )
})
