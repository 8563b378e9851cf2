/** Other ways to an engine than its own host's socket. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getProbedHost, getProbedHosts } from './api'
import { differences } from './differences'
import { type LabHost, scenario, startLabHost } from './host'
import { type Podwire, startPodwire } from './server'
import { truthOf } from './truth'

describe('trixie, from a machine that is not the host', () => {
  let lab: LabHost
  let podwire: Podwire
  beforeAll(async () => {
    lab = await startLabHost({ suite: 'trixie', scenario: 'varied' })
    podwire = await startPodwire({ env: { CONTAINER_HOST: `unix://${lab.engine.socket}` } })
  })
  afterAll(async () => {
    await podwire?.stop()
    await lab?.stop()
  })

  test('the topology is the same', async () => {
    expect(differences(await getProbedHost(podwire), await truthOf(lab, lab.engine))).toEqual([])
  })
})

describe('trixie, rootful and rootless on one machine', () => {
  let lab: LabHost
  let podwire: Podwire
  beforeAll(async () => {
    lab = await startLabHost({ suite: 'trixie' })
    await lab.dev.startService()
    await lab.dev.bash(await scenario('rootless'))
    await lab.root.podman('run', '-d', '--name', 'web', '-p', '80:80', 'localhost/busybox')
    const home = join(lab.run, 'lab', 'home')
    await mkdir(join(home, '.config', 'containers'), { recursive: true })
    const connections = { Connection: { Connections: { dev: { URI: `unix://${lab.dev.socketInside}` } } } }
    await writeFile(join(home, '.config', 'containers', 'podman-connections.json'), JSON.stringify(connections))
    podwire = await startPodwire({ on: lab, env: { HOME: '/run/lab/home' } })
  })
  afterAll(async () => {
    await podwire?.stop()
    await lab?.stop()
  })

  test('both are shown, joined by the machine, and each is right', async () => {
    const hosts = await getProbedHosts(podwire)
    expect(hosts.map(one => String(one.rootless)).toSorted()).toEqual(['false', 'true'])
    expect(new Set(hosts.map(one => one.machine)).size).toBe(1)
    for (const host of hosts) {
      const engine = host.rootless ? lab.dev : lab.root
      expect(differences(host, await truthOf(lab, engine))).toEqual([])
    }
  })
})
