import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SEVERITIES } from '@/lib/graph/marks'
import type { Ref } from '@/lib/topology/ref'
import type { ReachRef } from '@/lib/reach/refs'
import { LANGUAGES } from './words/language'
import { EMPTY_URL, formatUrl, type LinkedReach, parseUrl, type UrlState } from './url'

const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })
const protocol = fc.constantFrom('tcp' as const, 'udp' as const, 'sctp' as const)
const address = fc.oneof(fc.constant(''), fc.ipV4(), fc.ipV6())
const port = fc.integer({ min: 1, max: 65_535 })
const ref: fc.Arbitrary<Ref> = fc.oneof(
  fc.constant<Ref>({ kind: 'host' }),
  fc.record({
    kind: fc.constantFrom('container' as const, 'network' as const, 'pod' as const, 'segment' as const),
    name,
  }),
  fc.record({ kind: fc.constant('port' as const), hostIp: address, hostPort: port, protocol }),
  fc.record({ kind: fc.constant('listener' as const), address, port, protocol }),
)
const hostId = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,15}$/)
const end: fc.Arbitrary<ReachRef> = fc.oneof(
  fc.constant<ReachRef>({ kind: 'host' }),
  fc.record({ kind: fc.constantFrom('container' as const, 'neighbour' as const, 'routed' as const), name }),
)
const reach: fc.Arbitrary<LinkedReach> = fc.oneof(
  fc.record({ hostId, from: end, to: fc.option(end) }),
  fc.record({ hostId, from: fc.constant('outside' as const), to: fc.constant(null) }),
)
const state: fc.Arbitrary<UrlState> = fc.record({
  host: fc.option(hostId),
  select: fc.option(fc.record({ hostId, ref })),
  reach: fc.option(reach),
  theme: fc.option(fc.constantFrom('system' as const, 'dark' as const, 'light' as const)),
  lang: fc.option(fc.constantFrom(...LANGUAGES)),
  view: fc.option(fc.constantFrom('map' as const, 'list' as const, 'matrix' as const)),
  q: fc.string({ unit: 'binary' }),
  filter: fc.string({ unit: 'binary' }).map(text => text.trim()),
  hideOthers: fc.boolean(),
  hideDeclared: fc.boolean(),
  hideSeverities: fc.subarray([...SEVERITIES]),
  findingsBy: fc.constantFrom('cause' as const, 'subject' as const),
})

describe('the page state as a link', () => {
  it('survives its text form', () => {
    fc.assert(
      fc.property(state, given => {
        expect(parseUrl(formatUrl(given))).toEqual(given)
      }),
    )
  })

  it('never throws on what somebody typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void parseUrl(`?${text}`)))
  })

  it('keeps references readable', () => {
    const select = {
      hostId: 'root',
      ref: { kind: 'port', hostIp: '127.0.0.1', hostPort: 80, protocol: 'tcp' },
    } as const
    expect(formatUrl({ ...EMPTY_URL, host: 'root', select })).toBe('?host=root&select=port:127.0.0.1:80/tcp')
    expect(formatUrl({ ...EMPTY_URL, select })).toBe('?select=root/port:127.0.0.1:80/tcp')
  })

  it('takes a selection without a host as one on the named host, or any', () => {
    const web: Ref = { kind: 'container', name: 'web' }
    expect(parseUrl('?host=root&select=container:web').select).toEqual({ hostId: 'root', ref: web })
    expect(parseUrl('?select=container:web').select).toEqual({ hostId: null, ref: web })
    expect(parseUrl('?select=user-1000/host').select).toEqual({ hostId: 'user-1000', ref: { kind: 'host' } })
  })

  it('names who is asked about, and takes a second end only with a first', () => {
    const web = { kind: 'container', name: 'web' } as const
    const asked = { ...EMPTY_URL, reach: { hostId: null, from: web, to: { kind: 'container', name: 'db' } } } as const
    expect(formatUrl(asked)).toBe('?reach=container:web&to=container:db')
    expect(parseUrl('?reach=container:web&to=container:db')).toEqual(asked)
    expect(parseUrl('?reach=outside&to=container:db').reach).toEqual({ hostId: null, from: 'outside', to: null })
    expect(parseUrl('?to=container:db').reach).toBeNull()
    expect(parseUrl('?reach=container:web&to=banana').reach).toEqual({ hostId: null, from: web, to: null })
    expect(parseUrl('?reach=root/neighbour:eth0').reach?.hostId).toBe('root')
  })

  it('ignores values and parameters that it does not know', () => {
    expect(parseUrl('?theme=pink&view=3d&select=banana:x&nope=1&host=')).toEqual(EMPTY_URL)
    expect(parseUrl('?theme=__proto__&select=constructor')).toEqual(EMPTY_URL)
  })
})
