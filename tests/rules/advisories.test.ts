import { expect, test } from 'vitest'
import * as z from 'zod'
import { ADVISORIES, holesOf } from './advisories'
import { read } from './sources'

const versions = z.record(z.string(), z.string())
const manifest = z.object({ dependencies: versions }).parse(JSON.parse(read('package.json')))
const locked = z
  .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
  .parse(JSON.parse(read('package-lock.json')))

const WATCHED = [...new Set(ADVISORIES.map(one => one.package))]
const told = (name: string, version: string) =>
  holesOf(name, version).map(({ ids, fixed }) => `${name} ${version} has ${ids.join(', ')}; mended in ${fixed}`)

test.each(WATCHED)('P13 %s has no published hole, neither as asked for nor as installed', name => {
  expect(told(name, manifest.dependencies[name] ?? 'none')).toEqual([])
  const installed = Object.entries(locked.packages).flatMap(([path, { version }]) =>
    path.endsWith(`node_modules/${name}`) ? (version ?? 'none') : [],
  )
  expect(installed.length).toBeGreaterThan(0)
  expect(installed.flatMap(version => told(name, version))).toEqual([])
})

test('P13 a version below a mended one is refused, whichever number is lower', () => {
  expect(told('next', '16.3.2')).toEqual([expect.stringContaining('GHSA-2xp9-vwfh-vxw4')])
  expect(told('next', '16.2.10')).toHaveLength(2)
  expect(told('react', '19.2.5')).toEqual([expect.stringContaining('CVE-2026-23870')])
  expect(told('react-dom', '19.1.9').length).toBeGreaterThan(3)
  // What is before a release is not it.
  expect(told('next', '16.4.0-canary.1').length).toBeGreaterThan(3)
  expect(told('next', '^16.4.6').length).toBeGreaterThan(3)
})
