/** Every parser over every recorded engine: nothing lost, nothing doubled, nothing misread. */
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { containersPath, recordedBody, recordedIds, recordedRows, recordingNames } from '../testing'
import { parseContainerDetail } from './container-inspect'
import { parseContainerList } from './container-list'
import { parseEventLine } from './event'
import { parseInfo } from './info'
import { parseNetworkList } from './network'
import { parsePodDetail, parsePodList } from './pod'
import { parseVersion } from './version'
import { parseVolumeList } from './volume'

const rawList = z.array(
  z.object({
    Id: z.string(),
    Names: z.array(z.string()),
    State: z.string(),
    Pid: z.number(),
    StartedAt: z.number(),
    Ports: z.array(z.unknown()).nullable(),
    Networks: z.array(z.string()),
    Namespaces: z.object({ Net: z.string().optional() }),
  }),
)
const rawNetworks = z.record(z.string(), z.object({ IPAddress: z.string(), GlobalIPv6Address: z.string() })).optional()
const rawInspect = z.object({
  HostConfig: z.object({
    NetworkMode: z.string(),
    Privileged: z.boolean(),
    PortBindings: z.record(z.string(), z.array(z.unknown())),
  }),
  NetworkSettings: z.object({ Networks: rawNetworks }),
  Mounts: z.array(z.unknown()),
})

const fakes = ['host', 'none', 'pasta', 'slirp4netns']

describe.each(recordingNames)('%s', recording => {
  it('lists every container as it is', () => {
    const raw = rawList.parse(recordedBody(recording, containersPath))
    const rows = parseContainerList(recordedBody(recording, containersPath), '/containers/json')
    expect(rows.problems).toEqual([])
    expect(rows.flatMap(row => row.problems)).toEqual([])
    expect(
      rows.map(({ id, name, state, pid, netns, networks }) => ({ id, name, state, pid, netns, networks })),
    ).toEqual(
      raw.map(row => ({
        id: row.Id,
        name: row.Names[0],
        state: row.State,
        pid: row.Pid === 0 ? null : row.Pid,
        netns: row.Namespaces.Net || null,
        networks: row.Networks,
      })),
    )
    expect(rows.map(row => row.ports.length)).toEqual(raw.map(row => row.Ports?.length ?? 0))
    expect(rows.map(row => row.startedAt)).toEqual(
      raw.map(row => (row.StartedAt > 0 ? new Date(row.StartedAt * 1000).toISOString() : null)),
    )
    expect(rows.every(row => row.createdAt?.startsWith('2026-11-21T'))).toBe(true)
  })

  it('reads every inspect without a problem', () => {
    for (const id of recordedIds(recording)) {
      const raw = rawInspect.parse(recordedBody(recording, `/containers/${id}/json`))
      const detail = parseContainerDetail(recordedBody(recording, `/containers/${id}/json`), '/containers/{id}/json')
      expect(detail.problems).toEqual([])
      expect(detail.id).toBe(id)
      expect(detail.networkMode).toBe(raw.HostConfig.NetworkMode)
      expect(detail.privileged).toBe(raw.HostConfig.Privileged)
      expect(detail.mounts).toHaveLength(raw.Mounts.length)
      const bindings = Object.values(raw.HostConfig.PortBindings).flat()
      expect(detail.portBindings.reduce((sum, { range }) => sum + range, 0)).toBe(bindings.length)
      const networks = Object.entries(raw.NetworkSettings.Networks ?? {}).filter(([name]) => !fakes.includes(name))
      expect((detail.attachments ?? []).map(({ networkName, addresses }) => [networkName, addresses])).toEqual(
        networks.map(([name, { IPAddress, GlobalIPv6Address }]) => [
          name,
          [IPAddress, GlobalIPv6Address].filter(Boolean),
        ]),
      )
    }
  })

  it('says "not said" for running pasta and slirp4netns, and "no network" for host and none', () => {
    for (const id of recordedIds(recording)) {
      const detail = parseContainerDetail(recordedBody(recording, `/containers/${id}/json`), '/containers/{id}/json')
      const mode = detail.networkMode.split(':')[0] ?? ''
      if (detail.state === 'running' && (mode === 'pasta' || mode === 'slirp4netns')) {
        expect(detail.attachments).toBeNull()
      }
      if (mode === 'host' || mode === 'none') expect(detail.attachments ?? []).toEqual([])
      if (mode === 'bridge') expect(detail.attachments?.length).toBeGreaterThan(0)
    }
  })

  it('lists every network, with subnets and options', () => {
    const raw = recordedRows(recording, '/networks/json')
    const rows = parseNetworkList(recordedBody(recording, '/networks/json'), '/networks/json')
    expect(rows.problems).toEqual([])
    expect(rows.map(({ id, name, driver, internal }) => ({ id, name, driver, internal }))).toEqual(
      raw.map(({ id, name, driver, internal }) => ({ id, name, driver, internal })),
    )
    expect(rows.map(({ options }) => options)).toEqual(raw.map(({ options }) => options ?? {}))
    expect(rows.every(({ subnets }) => subnets.length > 0)).toBe(true)
    expect(rows.find(({ name }) => name === 'podman')?.createdAt).toBeNull()
    expect(rows.filter(({ name }) => name !== 'podman').every(({ createdAt }) => createdAt !== null)).toBe(true)
  })

  it('lists and inspects every pod', () => {
    const rows = parsePodList(recordedBody(recording, '/pods/json'), '/pods/json')
    expect(rows.problems).toEqual([])
    expect(rows.map(({ id }) => id)).toEqual(recordedIds(recording, '/pods/json'))
    for (const { id, infraId, name } of rows) {
      const detail = parsePodDetail(recordedBody(recording, `/pods/${id}/json`), '/pods/{id}/json')
      expect(detail.id).toBe(id)
      expect(detail.infraId).toBe(infraId)
      expect(detail.sharedNamespaces).toContain('net')
      expect(detail.hostNetwork).toBe(name === 'hostpod')
    }
  })

  it('reads volumes, and versions where the engine tells them', () => {
    expect(parseVolumeList(recordedBody(recording, '/volumes/json'), '/volumes/json')).toHaveLength(0)
    if (recording.includes('info500')) return
    const version = /podman-([\d.]+)/.exec(recording)?.[1]?.replace(/\.$/, '')
    const info = parseInfo(recordedBody(recording, '/info'), '/info')
    expect(info.podmanVersion).toBe(version)
    expect(parseVersion(recordedBody(recording, '/version'), '/version').podmanVersion).toBe(version)
    expect(info.rootless).toBe(recording.includes('rootless'))
    expect(info.netavarkVersion).toBe(version?.startsWith('4') ? null : version?.startsWith('5') ? '1.14.0' : '2.0.0')
  })

  it('reads every recorded event', () => {
    const lines = z.string().parse(recordedBody(recording, '/events?stream=false')).split('\n').filter(Boolean)
    const events = lines.map(parseEventLine)
    expect(events).not.toContain('malformed')
    const ids = recordedIds(recording)
    const created = events.flatMap(event => (event !== 'malformed' && event.action === 'create' ? [event.id] : []))
    for (const id of ids) expect(created).toContain(id)
  })
})
