/** Podman inside Podman: the inner engine is recognised, read where that is asked for, and its verdicts are those of packets. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collect } from '../../bin/collect'
import type { Collector } from '@/lib/collector/types'
import { examine } from '@/lib/exposure/engine'
import { parseReachRef } from '@/lib/reach/refs'
import { reachOf } from '@/lib/reach/reach'
import { buildScene } from '@/lib/graph/scene'
import { ancestors, problemsOf } from '@/lib/graph/testing-problems'
import { findingsSchema } from '@/lib/server/schema'
import { followNested, type Nested } from '@/lib/server/nested'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import type { Container, HostModel } from '@/lib/topology/types'
import { podwireThere } from './commands'
import { type LabHost, startLabHost } from './host'

let folder = ''
let lab: LabHost
let outer: Collector
let nested: Nested
let shown: readonly Collector[] = []
const problems: string[] = []

/** What `ask` finds, as soon as it finds something. */
async function eventually<T>(what: string, ask: () => T | null | undefined, limit = 60_000): Promise<T> {
  const start = performance.now()
  for (;;) {
    const found = ask()
    if (found != null) return found
    if (performance.now() - start > limit) throw new Error(`never: ${what}; ${problems.join('; ')}`)
    await sleep(50)
  }
}

const modelOf = (collector: Collector | undefined): HostModel | null => {
  const snapshot = collector?.current()
  return snapshot?.probe.available === true ? buildTopology(snapshot) : null
}
const outerModel = () => eventually('outer', () => modelOf(outer))
const innerModel = () => eventually('inner', () => modelOf(shown[0]))
const named = ({ host }: HostModel, name: string): Container => {
  const found = host.containers.find(container => container.name === name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}
const addressOf = (model: HostModel, name: string): string =>
  model.host.namespaces
    .find(({ id }) => id === named(model, name).namespaceId)
    ?.attachments.flatMap(({ addresses }) => addresses)[0] ?? ''

/** Who answers on an address, asked from the network namespace of a container's first process, at whichever level it is. */
async function whoAnswers(from: Container, address: string, port: number): Promise<string | null> {
  const id = from.id.slice(-64)
  const script = `
for file in /proc/[0-9]*/cgroup; do grep -qsE '/libpod-${id}(/init)?$' $file && pid=\${file//[^0-9]/} && break; done
nsenter -t $pid -n timeout 3 bash -c 'exec 3<> /dev/tcp/${address}/${port} && printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3 && tail -n 1 <&3' || true`
  return (await lab.exec('bash', '-c', script)).trim() || null
}

/** Whether some way from the one to the other is open. */
function verdict(model: HostModel, from: string, to: string): string {
  const [a, b] = [parseReachRef(from), parseReachRef(to)]
  const pair = a && b && reachOf(model).pair(a, b)
  if (!pair) throw new Error(`no ${from} or ${to}`)
  const verdicts = [...pair.direct, ...pair.published].map(one => one.verdict)
  return verdicts.includes('reachable') ? 'reachable' : verdicts.includes('unknown') ? 'unknown' : 'blocked'
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwire-nested-'))
  lab = await startLabHost({ suite: 'trixie', scenario: 'nested' })
  const path = lab.engine.socket
  outer = collect(
    { id: 'lab', name: 'lab', uri: `unix://${path}`, transport: 'unix', path, foundBy: 'the test', ownerUid: 0 },
    null,
  )
  outer.start()
  nested = followNested({
    wanted: ['*'],
    outer: () => [outer],
    collect: connection => collect(connection, null),
    onChange(inner) {
      shown = inner
    },
    onProblem: (name, because) => problems.push(`${name}: ${because}`),
  })
  await innerModel()
})
afterAll(async () => {
  await nested?.stop()
  await outer?.stop()
  await lab?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a container that runs its own engine is marked by what its processes show, and no other is', async () => {
  const model = await outerModel()
  expect(model.host.enginesUnknownBecause).toBeNull()
  expect(model.host.containers.filter(({ engine }) => engine !== null).map(({ name }) => name)).toEqual(['qm'])
  expect(named(model, 'qm').engine?.because).toMatch(/^(?:conmon|podman system service) runs among its processes$/)
})

test('its engine is a host of its own, whose namespace is the container’s', async () => {
  const [out, inside] = [await outerModel(), await innerModel()]
  expect(inside.host.nestedIn).toMatchObject({
    hostId: 'lab',
    containerId: named(out, 'qm').id,
    sharesNamespace: 'yes',
  })
  expect(inside.host.containers.map(({ name }) => name)).toEqual(['inner-bridge', 'inner-host'])
  const own = inside.host.namespaces.find(({ kind }) => kind === 'host')
  expect(own?.memberIds).toEqual([named(inside, 'inner-host').id])
  expect(own?.listeners?.map(({ port }) => port)).toContain(80)
  expect(inside.host.machine).not.toBe(out.host.machine)
})

test('ids, addresses and findings of the two levels do not mix, though both use 10.89.0.0/24', async () => {
  const [out, inside] = [await outerModel(), await innerModel()]
  expect(addressOf(inside, 'inner-bridge')).toBe(addressOf(out, 'far'))
  const ids = [out, inside].flatMap(({ host }) => [host, ...host.containers, ...host.networks, ...host.namespaces])
  expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length)
  const { findings } = examine([out, inside])
  expect(findings.filter(({ ruleId }) => ruleId === 'duplicate-address')).toEqual([])
  expect(findings.every(({ hostId, subject }) => subject.kind === 'host' || subject.id.startsWith(`${hostId}:`))).toBe(
    true,
  )
})

test('it is drawn in the box of its container, and nothing of it outside', async () => {
  const [out, inside] = [await outerModel(), await innerModel()]
  const topology = assembleTopology([out, inside], 1, '2026-11-22T00:00:00Z')
  const scene = buildScene(topology, examine([out, inside]), { aspect: 16 / 9 })
  expect(problemsOf(scene)).toEqual([])
  const byId = new Map(scene.nodes.map(node => [node.id, node]))
  const box = named(out, 'qm').id
  for (const node of scene.nodes) expect(ancestors(node, byId).has(box)).toBe(node.hostId === inside.host.id)
  expect(byId.get(inside.host.id)?.label).toBe('inside qm on lab')
  expect(byId.get(named(inside, 'inner-host').id)?.parent).toBe(inside.host.id)
})

test('what inner containers reach is what packets reach', async () => {
  const [out, inside] = [await outerModel(), await innerModel()]
  const [host, bridge] = [named(inside, 'inner-host'), named(inside, 'inner-bridge')]
  expect(verdict(inside, 'container:inner-host', 'container:inner-bridge')).toBe('reachable')
  expect(await whoAnswers(host, addressOf(inside, 'inner-bridge'), 80)).toBe('inner-bridge')
  expect(verdict(inside, 'container:inner-bridge', 'container:inner-host')).toBe('reachable')
  expect(await whoAnswers(bridge, '10.89.0.1', 80)).toBe('inner-host')
  // Outside the inner host-mode container is where the outer container is.
  expect(verdict(out, 'container:qm', 'container:peer')).toBe('reachable')
  expect(await whoAnswers(host, addressOf(out, 'peer'), 80)).toBe('peer')
  expect(verdict(out, 'container:qm', 'container:far')).toBe('blocked')
  expect(await whoAnswers(host, addressOf(out, 'far'), 80)).not.toBe('far')
})

test('what the outer container’s neighbours reach of the inner ones is what packets reach', async () => {
  const [out, inside] = [await outerModel(), await innerModel()]
  const peer = named(out, 'peer')
  expect(verdict(inside, 'neighbour:eth0', 'container:inner-host')).toBe('reachable')
  expect(await whoAnswers(peer, addressOf(out, 'qm'), 80)).toBe('inner-host')
  expect(verdict(inside, 'neighbour:eth0', 'container:inner-bridge')).toBe('reachable')
  expect(await whoAnswers(peer, addressOf(out, 'qm'), 8081)).toBe('inner-bridge')
})

test('commands read it too, where they are told to, and answer for it alone when it is named', async () => {
  const config = join(folder, 'podwire.toml')
  await writeFile(config, 'nested = ["qm"]\n')
  const run = (...args: string[]) => podwireThere(lab, 'root', ...args, '--config', config)
  const inside = await run('reach', 'inner-host', 'inner-bridge', '--host', 'qm@root')
  expect([inside.code, inside.stderr]).toEqual([0, ''])
  // Without a name the engine outside is meant.
  expect((await run('reach', 'qm', 'far')).code).toBe(1)
  expect((await run('reach', 'inner-host')).code).toBe(2)
  const { findings } = findingsSchema.parse(JSON.parse((await run('check', '--format', 'json')).stdout))
  expect(new Set(findings.map(({ hostId }) => hostId)).size).toBe(2)
  expect(findings.map(({ subject }) => subject.name)).toEqual(expect.arrayContaining(['qm', 'inner-host']))
})

test('it ends with its container, and comes back with it', async () => {
  const before = shown[0]
  await lab.root.podman('stop', '--time', '0', 'qm')
  await eventually('gone', () => (shown.length === 0 ? true : null))
  expect(before?.current().connection.nestedIn?.hostId).toBe('lab')
  await lab.root.podman('start', 'qm')
  const after = await eventually('back', () => shown[0])
  expect(after).not.toBe(before)
  expect(after.current().connection.id).toBe(before?.current().connection.id)
})
