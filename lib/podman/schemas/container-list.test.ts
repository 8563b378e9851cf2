import { describe, expect, it } from 'vitest'
import type { ContainerSummary } from '../types'
import { parseContainerList } from './container-list'

const id = 'a'.repeat(64)

const only = (row: object): ContainerSummary => {
  const [summary] = parseContainerList([{ Id: id, ...row }], '/containers/json')
  if (summary === undefined) throw new Error('the row was lost')
  return summary
}

describe('parseContainerList', () => {
  it('reads a row of which all is null, as Go writes what is empty', () => {
    const nothing = Object.fromEntries(
      [
        'Names',
        'Image',
        'State',
        'Status',
        'Pid',
        'Pod',
        'Created',
        'StartedAt',
        'Labels',
        'Networks',
        'Ports',
        'Namespaces',
      ].map(key => [key, null]),
    )
    expect(only(nothing)).toEqual({
      id,
      name: id.slice(0, 12),
      image: '',
      state: 'unknown',
      health: null,
      pid: null,
      podId: null,
      isInfra: false,
      createdAt: null,
      startedAt: null,
      labels: {},
      networks: [],
      ports: [],
      netns: null,
      problems: [],
    })
    expect(only({})).toEqual(only(nothing))
  })

  it.each(['bad state', 'future', '', 'Running'])('calls the state %j unknown', State => {
    expect(only({ State }).state).toBe('unknown')
  })

  it('takes the health from Status', () => {
    expect(only({ Status: 'unhealthy' }).health).toBe('unhealthy')
    expect(only({ Status: '' }).health).toBeNull()
  })

  it.each([-62135596800, 0, '0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', 'yesterday', 1e300])(
    'takes the time %j for none',
    time => {
      expect(only({ StartedAt: time, Created: time })).toMatchObject({ startedAt: null, createdAt: null, problems: [] })
    },
  )

  it('reads times as seconds and as text, and gives them in UTC', () => {
    expect(only({ StartedAt: 1795292881 }).startedAt).toBe('2026-11-21T20:28:01.000Z')
    expect(only({ Created: '2026-11-21T21:28:01.710962403+01:00' }).createdAt).toBe('2026-11-21T20:28:01.710Z')
  })

  it('reads the namespace inode as text and as a number', () => {
    expect(only({ Namespaces: { Net: '4026532712' } }).netns).toBe('4026532712')
    expect(only({ Namespaces: { Net: 4026532712 } }).netns).toBe('4026532712')
    expect(only({ Namespaces: { Net: '' } }).netns).toBeNull()
    expect(only({ Namespaces: { Net: 'net:[1]' } })).toMatchObject({ netns: null, problems: [expect.any(String)] })
  })

  it('keeps names that are traps for objects', () => {
    expect(only({ Names: ['constructor'], Networks: ['__proto__', 'toString'] })).toMatchObject({
      name: 'constructor',
      networks: ['__proto__', 'toString'],
    })
  })

  it('keeps a row whose labels are hostile in number, size and name', () => {
    const labels = JSON.parse(
      JSON.stringify({
        ...Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`label${index}`, 'x'])),
        PODMAN_SYSTEMD_UNIT: 'x'.repeat(1_000_000),
      }).replace('{', '{"__proto__": "x", "constructor": "y",'),
    )
    const summary = only({ Labels: labels, Names: ['n'.repeat(300)], Image: 'i'.repeat(10_000) })
    expect(Object.keys(summary.labels)).toEqual(['PODMAN_SYSTEMD_UNIT'])
    expect(summary.labels['PODMAN_SYSTEMD_UNIT']).toHaveLength(256)
    expect(summary.name).toHaveLength(256)
    expect(summary.image).toHaveLength(256)
    expect(summary.problems).toEqual([])
  })

  it('keeps control characters and markup as the text they are', () => {
    const Names = ['<img src=x onerror=alert(1)>\u001b[31m\u202e']
    expect(only({ Names }).name).toBe(Names[0])
  })

  it('tells the problems of a row with the row', () => {
    const rows = parseContainerList([{ Id: id, Pid: 'x', Pod: 'short', Ports: [{}] }, { Id: 'b'.repeat(64) }], '/x')
    expect(rows.map(({ problems }) => problems.length)).toEqual([3, 0])
    expect(rows[0]).toMatchObject({ pid: null, podId: null, ports: [] })
    expect(rows.problems).toEqual([])
  })

  it('does not fill the memory with problems', () => {
    const Ports = Array.from({ length: 5_000 }, () => ({ host_port: 0 }))
    expect(only({ Ports }).problems).toHaveLength(21)
  })
})
