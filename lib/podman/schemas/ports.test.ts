import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { parseOne } from '../tolerant'
import type { PortMapping } from '../types'
import { listedPorts, portBindings } from './ports'

const listed = (ports: unknown) => parseOne(z.object({ Ports: listedPorts }), { Ports: ports }, '/x')
const bound = (bindings: unknown) => parseOne(z.object({ B: portBindings }), { B: bindings }, '/x')

const good = { host_ip: '', container_port: 80, host_port: 8080, range: 1, protocol: 'tcp' }

describe('listedPorts', () => {
  it('keeps the range and an unset address', () => {
    expect(listed([{ ...good, range: 11 }]).value.Ports).toEqual([
      { hostIp: '', hostPort: 8080, containerPort: 80, range: 11, protocol: 'tcp' },
    ])
  })

  it('makes one mapping for each protocol', () => {
    expect(listed([{ ...good, protocol: 'tcp,udp' }]).value.Ports.map(({ protocol }) => protocol)).toEqual([
      'tcp',
      'udp',
    ])
  })

  it('takes null for none, and an absent or zero range for one port', () => {
    expect(listed(null)).toEqual({ value: { Ports: [] }, problems: [] })
    expect(listed([{ ...good, range: 0 }]).value.Ports[0]?.range).toBe(1)
    expect(listed([{ host_port: 1, container_port: 2 }]).value.Ports).toEqual([
      { hostIp: '', hostPort: 1, containerPort: 2, range: 1, protocol: 'tcp' },
    ])
  })

  it.each([
    ['host port 0', { host_port: 0 }],
    ['host port 65536', { host_port: 65536 }],
    ['host port as text', { host_port: '80-90' }],
    ['no host port', { host_port: null }],
    ['a fraction', { container_port: 1.5 }],
    ['an unknown protocol', { protocol: 'quic' }],
    ['a range beyond 65535', { host_port: 65530, range: 10 }],
    ['a negative range', { range: -1 }],
    ['a range as text', { range: 'abc' }],
    ['an endless address', { host_ip: '1'.repeat(100) }],
    ['an address that is none', { host_ip: 7 }],
  ])('reports a mapping with %s and keeps the others', (_, change) => {
    const { value, problems } = listed([good, { ...good, ...change }, { ...good, host_port: 9 }])
    expect(value.Ports.map(({ hostPort }) => hostPort)).toEqual([8080, 9])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^Ports\[1\]: /)
  })

  it.each(['0.0.0.0', '::', '[::]', '0', '127.1', '::ffff:127.0.0.1', 'localhost', 'fe80::1%eth0'])(
    'passes the address %s on as it is',
    host_ip => {
      expect(listed([{ ...good, host_ip }]).value.Ports[0]?.hostIp).toBe(host_ip)
    },
  )
})

describe('portBindings', () => {
  it('reads bindings; null means exposed and not published', () => {
    const bindings = { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '443/tcp': null, '53/udp': [] }
    expect(bound(bindings).value.B).toEqual([
      { hostIp: '0.0.0.0', hostPort: 8080, containerPort: 80, range: 1, protocol: 'tcp' },
    ])
  })

  it.each(['0', '', '65536', '80-90', 'abc', '8e1', ' 80'])(
    'reports the host port %j and keeps the others',
    HostPort => {
      const { value, problems } = bound({
        '80/tcp': [
          { HostIp: '', HostPort },
          { HostIp: '', HostPort: '81' },
        ],
      })
      expect(value.B.map(({ hostPort }) => hostPort)).toEqual([81])
      expect(problems).toHaveLength(1)
    },
  )

  it.each([7, null, undefined, 'x'.repeat(65)])('does not make "every address" of the address %j', HostIp => {
    const { value, problems } = bound({ '80/tcp': [{ HostIp, HostPort: '80' }] })
    expect(value.B).toEqual([])
    expect(problems).toHaveLength(1)
  })

  it('reports a key that is no port, hostile ones included', () => {
    const { value, problems } = bound(
      JSON.parse(
        '{"constructor": [], "80-90/tcp": [], "80/tcp": [{"HostIp": "", "HostPort": "80"}], "__proto__": [{}]}',
      ),
    )
    expect(value.B).toHaveLength(1)
    expect(problems.filter(problem => problem.includes('constructor'))).toHaveLength(1)
  })

  it('folds neighbours: thousands of ports make one mapping', () => {
    const all = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`${index + 1}/tcp`, [{ HostIp: '', HostPort: `${index + 1}` }]]),
    )
    expect(bound(all).value.B).toEqual([{ hostIp: '', hostPort: 1, containerPort: 1, range: 5000, protocol: 'tcp' }])
  })

  it('folds without gaining or losing a port', () => {
    const ports = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })), {
      selector: ([container, host]) => `${container} ${host}`,
    })
    const pairsOf = (mappings: PortMapping[]) =>
      mappings.flatMap(({ containerPort, hostPort, range }) =>
        Array.from({ length: range }, (_, index) => `${containerPort + index} ${hostPort + index}`),
      )
    fc.assert(
      fc.property(ports, pairs => {
        const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {}
        for (const [container, host] of pairs)
          (bindings[`${container}/tcp`] ??= []).push({ HostIp: '', HostPort: `${host}` })
        const expected = pairs.map(([container, host]) => `${container} ${host}`)
        expect(pairsOf(bound(bindings).value.B).toSorted()).toEqual(expected.toSorted())
      }),
    )
  })
})
