import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fileName } from './file-name'

const TIME = '2026-11-22T00:42:40.123Z'

it('says whose, what and when', () => {
  expect(fileName(['web1.example.org'], 'map', TIME, 'svg')).toBe('podwire-web1.example.org-map-20261122T004240Z.svg')
  expect(fileName(['a', 'b'], 'map', TIME, 'png')).toBe('podwire-2-hosts-map-20261122T004240Z.png')
  expect(fileName([], 'findings', 'never', 'csv')).toBe('podwire-findings.csv')
  expect(fileName(['Käse/../..\\$(rm)'], 'map', TIME, 'dot')).toBe('podwire-Kase-rm-map-20261122T004240Z.dot')
})

it('has no character that a file system or a shell minds, whatever the host is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (host, what) => {
      const name = fileName([host], what, TIME, 'json')
      expect(name).toMatch(/^podwire-[A-Za-z0-9.-]+\.json$/)
      expect(name).not.toContain('..')
      expect(name.length).toBeLessThan(200)
    }),
  )
})
