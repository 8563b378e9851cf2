import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatRef, parseRef, type Ref } from './ref'

const name = fc.string({ minLength: 1 })
const port = fc.integer({ min: 1, max: 65_535 })
const protocol = fc.constantFrom('tcp' as const, 'udp' as const, 'sctp' as const)
const address = fc.oneof(fc.constant(''), fc.ipV4(), fc.ipV6())
const ref: fc.Arbitrary<Ref> = fc.oneof(
  fc.constant({ kind: 'host' } as const),
  fc.record({ kind: fc.constantFrom('container', 'network', 'pod', 'namespace', 'interface', 'segment'), name }),
  fc.record({ kind: fc.constant('port' as const), hostIp: address, hostPort: port, protocol }),
  fc.record({ kind: fc.constant('listener' as const), address, port, protocol }),
)

test('every reference survives its text form', () => {
  fc.assert(
    fc.property(ref, one => {
      expect(parseRef(formatRef(one))).toEqual(one)
    }),
  )
})

test('what is no reference is refused, and nothing throws', () => {
  for (const text of [
    '',
    'web',
    ':web',
    'container:',
    'port:8080',
    'port:1.2.3.4:0/tcp',
    'port:1.2.3.4:65536/tcp',
    'volume:x',
  ])
    expect(parseRef(text)).toBeNull()
  fc.assert(fc.property(fc.string(), text => void parseRef(text)))
})

test('the text forms that links carry', () => {
  expect(formatRef({ kind: 'port', hostIp: '', hostPort: 8080, protocol: 'tcp' })).toBe('port:*:8080/tcp')
  expect(formatRef({ kind: 'port', hostIp: '::1', hostPort: 53, protocol: 'udp' })).toBe('port:[::1]:53/udp')
})
