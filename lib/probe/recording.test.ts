import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { probeRecording } from './recording'
import type { Known } from './types'

const kernelOf = (name: string): unknown => {
  const recording: unknown = JSON.parse(
    readFileSync(new URL(`../../tests/recordings/podman-${name}.json`, import.meta.url), 'utf8'),
  )
  return typeof recording === 'object' && recording !== null && 'kernel' in recording ? recording.kernel : null
}
const valueOf = <T>(fact: Known<T> | undefined): T => {
  if (fact?.known !== true) throw new Error(`unknown: ${fact?.because}`)
  return fact.value
}

describe('probeRecording', () => {
  it.each([
    ['4.3.1', 'iptables'],
    ['5.4.2', 'nftables'],
    ['6.1.1', 'nftables'],
    ['5.4.2-ipvlan', 'none'],
    ['6.1.1-quadlet', 'none'],
    // The rules of a rootless engine are not in the host's namespace.
    ['5.4.2-rootless', 'none'],
  ])('reads %s, whose rules are in %s', (name, firewall) => {
    const facts = probeRecording(kernelOf(name))
    expect(facts.available).toBe(true)
    expect(facts.hostNetns).toMatch(/^\d+$/)
    expect(valueOf(facts.firewall)).toBe(firewall)
    expect(valueOf(facts.forwarding).ipv4).toBe(true)
    expect(valueOf(facts.unprivilegedPortStart)).toBe(1024)
    expect(valueOf(facts.interfaces).map(each => each.name)).toEqual(expect.arrayContaining(['lo', 'eth0']))
  })

  it('reads interfaces, routes and listeners of the host', () => {
    const facts = probeRecording(kernelOf('5.4.2'))
    const byName = new Map(valueOf(facts.interfaces).map(each => [each.name, each]))
    expect(byName.get('podman0')).toMatchObject({ kind: 'bridge', addresses: expect.arrayContaining(['10.88.0.1/16']) })
    expect(byName.get('eth0')).toMatchObject({ kind: 'veth', parent: 'uplink0', master: null })
    expect(byName.get('veth0')).toMatchObject({ kind: 'veth', master: 'podman0', parent: null })
    expect(valueOf(facts.routes)).toContainEqual({
      destination: '0.0.0.0/0',
      gateway: '198.51.100.1',
      interface: 'eth0',
    })
    const listeners = valueOf(facts.hostListeners).map(each => `${each.protocol} ${each.address} ${each.port}`)
    expect(listeners).toEqual(expect.arrayContaining(['tcp 0.0.0.0 9100', 'tcp 127.0.0.1 9101', 'udp 0.0.0.0 5353']))
  })

  it('keys the listeners of other namespaces by inode, the host’s not among them', () => {
    const facts = probeRecording(kernelOf('5.4.2'))
    const keys = Object.keys(facts.listenersByNetns)
    expect(keys.length).toBeGreaterThan(10)
    expect(keys).not.toContain(facts.hostNetns)
    expect(Object.values(facts.listenersByNetns).every(each => each.known)).toBe(true)
  })

  it.each([null, 5, {}, { 'host netns': 'x' }])('has nothing to say of %j', kernel => {
    expect(probeRecording(kernel)).toMatchObject({ available: false, reason: expect.stringContaining('recording') })
  })

  it('leaves unknown what was not recorded or not readable', () => {
    const facts = probeRecording({
      'host netns': 1,
      'ip -j -d addr': 'not installed',
      '/proc/net/tcp': 'unreadable: permission denied',
      containers: { x: { netns: 2 } },
    })
    expect(facts.available).toBe(true)
    for (const fact of [facts.interfaces, facts.routes, facts.forwarding, facts.firewall, facts.hostListeners]) {
      expect(fact.known).toBe(false)
    }
    expect(facts.listenersByNetns['2']?.known).toBe(false)
  })
})
