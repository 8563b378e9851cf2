import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Collector } from '@/lib/collector/types'
import type { Discovery } from '@/lib/podman/connections/discover'
import { PodmanError } from '@/lib/podman/errors'
import type { Recording } from '@/lib/podman/recording'
import type { Connection } from '@/lib/podman/types'
import { snapshot } from '@/lib/topology/testing'
import { ConfigError } from './config'
import { type HostParts, awaitEngine, findHosts } from './hosts'

const DEMO = 'public/demo.json'
const RECORDING = 'tests/recordings/podman-4.3.1.json'

const connection = (id: string, transport: Connection['transport'] = 'unix'): Connection => ({
  id,
  name: id,
  uri: `${transport}://${id}`,
  transport,
  path: transport === 'unix' ? `/${id}` : null,
  foundBy: 'test',
  ownerUid: null,
})

const discovery = (spec: Partial<Discovery>): Discovery => ({
  usable: [],
  unsupported: [],
  problems: [],
  found: true,
  ...spec,
})

function rig(found: Discovery, extra: Partial<HostParts> = {}) {
  const collected: { connection: Connection; recording: Recording | null }[] = []
  const parts: HostParts = {
    collect(connection, recording): Collector {
      collected.push({ connection, recording })
      return {
        start: () => {},
        stop: () => Promise.resolve(),
        current: () => ({ ...snapshot(), connection }),
        ageSeconds: () => 0,
        subscribe: () => () => {},
        counters: () => ({}),
      }
    },
    discover: () => Promise.resolve(found),
    findPodman: () => Promise.resolve(null),
    startService: () => Promise.reject(new Error('not expected')),
    ...extra,
  }
  return { collected, parts }
}

describe('which hosts are shown', () => {
  test('a recording that is asked for, and nothing else', async () => {
    const { collected, parts } = rig(discovery({ usable: [connection('root')] }))
    const hosts = await findHosts(RECORDING, {}, DEMO, parts)
    expect(
      collected.map(one => [one.connection.id, one.connection.name, one.connection.uri, one.recording === null]),
    ).toEqual([['recording', 'podman-4.3.1', 'recording:podman-4.3.1', false]])
    expect(hosts.demo).toBeNull()
  })

  test('a recording that is none is told in one line', async () => {
    const { parts } = rig(discovery({}))
    const broken = join(mkdtempSync(join(tmpdir(), 'podwire-')), 'broken.json')
    writeFileSync(broken, '{')
    for (const path of ['/nowhere.json', broken, '/etc', 'package.json']) {
      const error: unknown = await findHosts(path, {}, DEMO, parts).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(ConfigError)
      expect(String(error)).toMatch(/PODWIRE_RECORDING: [^\n]*$/)
    }
  })

  test('all engines that are found, and those that cannot be used yet', async () => {
    const { collected, parts } = rig(
      discovery({
        usable: [connection('root'), connection('user-1000')],
        unsupported: [connection('prod', 'ssh')],
        problems: ['a line'],
      }),
    )
    const hosts = await findHosts(null, {}, DEMO, parts)
    expect(collected.map(one => one.connection.id)).toEqual(['root', 'user-1000'])
    expect(hosts.unsupported).toEqual([
      { name: 'prod', uri: 'ssh://prod', reason: expect.stringContaining('not yet supported') },
    ])
    expect(hosts.problems).toEqual(['a line'])
    expect(hosts.demo).toBeNull()
  })

  test('without a socket a service of our own, which ends with us', async () => {
    const stop = vi.fn(() => Promise.resolve())
    const { collected, parts } = rig(discovery({ found: false, usable: [connection('expected')] }), {
      findPodman: () => Promise.resolve('/usr/bin/podman'),
      startService: () => Promise.resolve({ connection: connection('root'), stop }),
    })
    const hosts = await findHosts(null, {}, DEMO, parts)
    expect(collected.map(one => one.connection.id)).toEqual(['root'])
    await hosts.stop()
    expect(stop).toHaveBeenCalledOnce()
  })

  test('where that does not start, the place where a socket would be, and why: no demo where there is Podman', async () => {
    const { collected, parts } = rig(discovery({ found: false, usable: [connection('expected')] }), {
      findPodman: () => Promise.resolve('/usr/bin/podman'),
      startService: () => Promise.reject(new PodmanError('missing', 'podman system service did not start: no')),
    })
    const hosts = await findHosts(null, {}, DEMO, parts)
    expect(collected.map(one => one.connection.id)).toEqual(['expected'])
    expect([hosts.demo, hosts.problems]).toEqual([null, ['podman system service did not start: no']])
  })

  test('without Podman the demo, which says how to get out of it', async () => {
    const { collected, parts } = rig(discovery({ found: false, usable: [connection('expected')] }))
    const hosts = await findHosts(null, {}, DEMO, parts)
    expect(collected.map(one => [one.connection.id, one.connection.transport])).toEqual([['demo', 'recording']])
    expect(hosts.demo?.hint).toContain('podman.socket')
  })

  test('a connection that cannot be followed is the caller’s mistake', async () => {
    const { parts } = rig(discovery({}))
    const { discover: _discover, ...real } = parts
    for (const env of [{ CONTAINER_HOST: 'nonsense' }, { CONTAINER_CONNECTION: 'nobody', HOME: '/nowhere' }])
      await expect(findHosts(null, env, DEMO, real)).rejects.toBeInstanceOf(ConfigError)
  })
})

describe('while the demo is shown', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('an engine that comes up is taken over once', async () => {
    let found = discovery({ found: false })
    const { parts } = rig(found, { discover: () => Promise.resolve(found) })
    const taken: string[] = []
    awaitEngine({}, parts, collectors => taken.push(...collectors.map(one => one.current().connection.id)))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(taken).toEqual([])
    found = discovery({ usable: [connection('root')] })
    await vi.advanceTimersByTimeAsync(20_000)
    expect([taken, vi.getTimerCount()]).toEqual([['root'], 0])
  })

  test('a look that fails or hangs is no reason to stop looking, or to look twice at once', async () => {
    let looks = 0
    const { parts } = rig(discovery({}), {
      discover: () => {
        looks += 1
        return looks === 1 ? Promise.reject(new Error('no')) : new Promise(() => {})
      },
    })
    const stop = awaitEngine({}, parts, () => expect.unreachable())
    await vi.advanceTimersByTimeAsync(60_000)
    expect(looks).toBe(2)
    stop()
  })
})
