import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { host, network, topology } from '@/lib/graph/testing'
import { resolveRef } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import { buildSearchIndex, search } from './search'

const one = host(
  [network('app'), network('web-net')],
  [
    { name: 'web', on: ['app'], ports: [{ hostPort: 8080 }] },
    { name: 'my-web', on: ['app'] },
    { name: 'sidecar', on: ['app'], joins: 'web' },
    { name: 'db', on: ['app'], pod: 'store' },
  ],
)
const index = buildSearchIndex(topology(one))
const found = (query: string) => search(index, query).map(({ ref }) => formatRef(ref))

describe('search', () => {
  it('puts the exact name first, then beginnings, then the rest', () => {
    expect(found('web').slice(0, 4)).toEqual(['container:web', 'namespace:web', 'network:web-net', 'container:my-web'])
  })

  it.each([
    ['an address', '10.89.0.2', 'container:web'],
    ['a host port', '8080', 'port:*:8080/tcp'],
    ['an image', 'docker.io/library/db', 'container:db'],
    ['a pod', 'store', 'pod:store'],
    ['an interface address', '198.51.100', 'interface:eth0'],
    ['a kind', 'network app', 'network:app'],
    ['who is behind a door', 'port sidecar', 'port:*:8080/tcp'],
  ])('finds by %s', (_, query, expected) => {
    expect(found(query)).toContain(expected)
  })

  it('wants every word, in any order and case', () => {
    expect(found('LATEST 10.89.0.2')).toEqual(['container:web', 'container:sidecar'])
    expect(found('web nothing-like-this')).toEqual([])
    expect(found('   ')).toEqual([])
  })

  it('lists only what can be selected, and each once', () => {
    const refs = index.map(({ ref }) => formatRef(ref))
    expect(new Set(refs).size).toBe(refs.length)
    for (const { ref } of index) expect(resolveRef(one, ref)).not.toBeNull()
  })

  it('takes any text for text', () => {
    fc.assert(
      fc.property(fc.string(), query => {
        expect(search(index, query, 5).length).toBeLessThanOrEqual(5)
      }),
    )
  })
})
