/** Whatever an engine answers: parsers return or throw a PodmanError, and one bad row does not take the others along. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PodmanError } from '../errors'
import { containersPath, recordedBody, recordedIds, recordedRows } from '../testing'
import { parseContainerDetail } from './container-inspect'
import { parseContainerList } from './container-list'
import { parseEventLine } from './event'
import { parseInfo } from './info'
import { parseNetworkList } from './network'
import { parsePodDetail, parsePodList } from './pod'
import { parseVersion } from './version'
import { parseVolumeList } from './volume'

const recording = 'podman-5.4.2.json'
const container = recordedIds(recording).at(4) ?? ''
const pod = recordedIds(recording, '/pods/json')[0] ?? ''
const volumes = [{ Name: 'v', Driver: 'local', Options: { type: 'none', o: 'bind', device: '/srv' } }]

const parsers: [string, (raw: unknown, template: string) => unknown, () => unknown][] = [
  ['/containers/json', parseContainerList, () => recordedRows(recording, containersPath).slice(3, 7)],
  ['/containers/{id}/json', parseContainerDetail, () => recordedBody(recording, `/containers/${container}/json`)],
  ['/networks/json', parseNetworkList, () => recordedRows(recording, '/networks/json').slice(0, 4)],
  ['/pods/json', parsePodList, () => recordedBody(recording, '/pods/json')],
  ['/pods/{id}/json', parsePodDetail, () => recordedBody(recording, `/pods/${pod}/json`)],
  ['/volumes/json', parseVolumeList, () => structuredClone(volumes)],
  ['/info', parseInfo, () => recordedBody(recording, '/info')],
  ['/version', parseVersion, () => recordedBody(recording, '/version')],
]

type Path = readonly (string | number)[]

const pathsIn = (value: unknown, at: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [at]
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [at, ...entries.flatMap(([key, inner]) => pathsIn(inner, [...at, key]))]
}

/** `value` with what `path` names replaced, or removed when the replacement is undefined. */
const mutated = (value: unknown, path: Path, replacement: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return replacement
  if (typeof value !== 'object' || value === null) return value
  const copy: object = Array.isArray(value) ? [...value] : { ...value }
  if (rest.length === 0 && replacement === undefined) Reflect.deleteProperty(copy, key)
  else Reflect.set(copy, key, mutated(Reflect.get(value, key), rest, replacement))
  return copy
}

const junk = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(null, '', 0, -1, 1e300, true, [], {}, [null], '<nil>', '0001-01-01T00:00:00Z', 'x'.repeat(10_000)),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": 1}, "toString": "x"}')),
)

const outcome = (parse: (raw: unknown, template: string) => unknown, raw: unknown, template: string): unknown => {
  try {
    return parse(raw, template)
  } catch (thrown) {
    if (!(thrown instanceof PodmanError)) throw thrown
    expect(thrown.code).toBe('malformed')
    expect(thrown.template).toBe(template)
    return thrown
  }
}

describe.each(parsers)('%s', (template, parse, fresh) => {
  const paths = pathsIn(fresh())

  it('never throws anything but a PodmanError, however many fields are damaged', () => {
    const damage = fc.array(fc.tuple(fc.nat(paths.length - 1), junk), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(damage, damages => {
        const raw = damages.reduce<unknown>((value, [at, by]) => mutated(value, paths[at] ?? [], by), fresh())
        outcome(parse, raw, template)
        expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
      }),
      { numRuns: 150 },
    )
  })

  it('takes any JSON at all', () => {
    fc.assert(fc.property(fc.jsonValue(), raw => void outcome(parse, raw, template)))
  })

  it('survives the loss of each single field', () => {
    for (const path of paths) outcome(parse, mutated(fresh(), path, undefined), template)
  })
})

describe('a list with one unusable row', () => {
  const lists = parsers.filter(([, , fresh]) => Array.isArray(fresh()))

  it.each(lists)('%s keeps the others, and tells of the lost one', (template, parse, fresh) => {
    const raw = fresh()
    const count = Array.isArray(raw) ? raw.length : 0
    for (const unusable of [null, 7, 'x', [], {}, { Id: 'short', id: 'short', Name: 1, name: 1 }]) {
      const rows = parse([unusable, ...(Array.isArray(raw) ? structuredClone(raw) : [])], template)
      expect(rows).toHaveLength(count)
      expect(rows).toHaveProperty('problems', [expect.stringMatching(/^row 0 left out: /)])
    }
  })

  it.each(lists)('%s is refused when it is no list, and empty when it is null', (template, parse) => {
    expect(parse(null, template)).toHaveLength(0)
    for (const raw of [{}, 'x', 7]) expect(outcome(parse, raw, template)).toBeInstanceOf(PodmanError)
  })
})

describe('parseEventLine', () => {
  it('takes any text at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), line => {
        const event = parseEventLine(line)
        if (event !== 'malformed') expect(event.type).not.toBe('')
      }),
    )
  })
})
