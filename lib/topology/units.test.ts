import { describe, expect, test } from 'vitest'
import type { HostSnapshot, UnitRecord } from '@/lib/collector/types'
import { declareUnits } from '@/lib/quadlet/declare'
import { modelOfRecording } from '@/tests/recordings/model'
import { buildTopology } from './build'
import { container, network, pod, snapshot, volume } from './testing'
import type { Unit } from './types'

const records = (files: Record<string, string>): UnitRecord[] =>
  declareUnits(
    Object.entries(files).map(([name, text]) => ({ path: `/etc/containers/systemd/${name}`, text, dropIns: [] })),
    { podman: null },
  ).map(unit => ({ unit, modifiedAt: null, systemd: null, systemdUnknownBecause: 'the test' }))

const unitsOf = (files: Record<string, string>, rest: Partial<HostSnapshot> = {}): Unit[] => {
  const { host } = buildTopology(snapshot({ ...rest, units: { known: true, units: records(files), notes: [] } }))
  return host.units ?? []
}
const only = (units: readonly Unit[]): Unit => {
  const [unit] = units
  if (unit === undefined) throw new Error('no unit')
  return unit
}
const of = (unit: string) => ({ summary: { labels: { PODMAN_SYSTEMD_UNIT: unit } } })
const FILE = '[Container]\nImage=x\n'

describe('what a file declares', () => {
  test('is there when a container of its service runs', () => {
    const web = container('systemd-web', of('web.service'))
    expect(only(unitsOf({ 'web.container': FILE }, { containers: [web] }))).toMatchObject({
      id: 'root:unit:/etc/containers/systemd/web.container',
      service: 'web.service',
      makes: 'systemd-web',
      present: 'yes',
      thingIds: [`root:container:${web.summary.id}`],
    })
  })

  test('is not there when nothing of its service runs, whoever has its name', () => {
    const containers = [container('systemd-web'), container('other', of('other.service'))]
    expect(only(unitsOf({ 'web.container': FILE }, { containers }))).toMatchObject({ present: 'no', thingIds: [] })
  })

  test('is not there while its container is stopped, and not known while its state is not', () => {
    const stopped = container('systemd-web', { state: 'exited', ...of('web.service') })
    expect(only(unitsOf({ 'web.container': FILE }, { containers: [stopped] }))).toMatchObject({ present: 'no' })
    const strange = container('systemd-web', { state: 'unknown', ...of('web.service') })
    expect(only(unitsOf({ 'web.container': FILE }, { containers: [strange] }))).toMatchObject({ present: 'unknown' })
  })

  test('by a template is there when one of its instances runs that has no file of its own', () => {
    const containers = [container('a', of('web@a.service')), container('b', of('web@b.service'))]
    const units = unitsOf({ 'web@.container': FILE, 'web@b.container': FILE }, { containers })
    expect(units.map(({ name, thingIds }) => [name, thingIds.length])).toEqual([
      ['web@.container', 1],
      ['web@b.container', 1],
    ])
  })

  test('by a pod file is there when its infra container runs', () => {
    const containers = [container('systemd-duo-infra', { pod: 'systemd-duo', infra: true, ...of('duo-pod.service') })]
    const pods = [pod('systemd-duo')]
    expect(only(unitsOf({ 'duo.pod': '[Pod]\n' }, { containers, pods }))).toMatchObject({
      present: 'yes',
      makes: 'systemd-duo',
    })
    expect(only(unitsOf({ 'duo.pod': '[Pod]\n' }))).toMatchObject({ present: 'no' })
    expect(only(unitsOf({ 'duo.pod': '[Pod]\n' }, { pods: [pod('systemd-duo', { infra: null })] }))).toMatchObject({
      present: 'unknown',
    })
  })

  test('of networks and volumes is there by name', () => {
    const files = { 'app.network': '[Network]\n', 'data.volume': '[Volume]\n', 'gone.network': '[Network]\n' }
    const rest = { networks: [network('systemd-app')], volumes: [volume('systemd-data')] }
    expect(unitsOf(files, rest).map(({ present }) => present)).toEqual(['yes', 'yes', 'no'])
    expect(unitsOf(files, { ...rest, volumes: null })[1]).toMatchObject({ present: 'unknown' })
  })

  test('is not known of a host that was never read', () => {
    expect(only(unitsOf({ 'web.container': FILE }, { readAt: null }))).toMatchObject({ present: 'unknown' })
  })
})

test('doors carry how wide they open, and the line that opens them', () => {
  const text = `${FILE}PublishPort=127.0.0.1:8080-8081:80-81\nPublishPort=%i:80\nPublishPort=53/udp\n`
  expect(only(unitsOf({ 'web.container': text })).doors).toEqual([
    expect.objectContaining({ hostIp: '127.0.0.1', hostPort: 8080, range: 2, scope: 'loopback', line: 3 }),
    expect.objectContaining({
      hostIp: '',
      hostPort: null,
      containerPort: 53,
      protocol: 'udp',
      scope: 'wildcard',
      line: 5,
    }),
  ])
})

test('files that are not known are null, with the reason', () => {
  expect(buildTopology(snapshot()).host).toMatchObject({
    units: null,
    unitsUnknownBecause: 'Nobody looked for quadlet files.',
  })
  const units = { known: false as const, because: 'Not here.' }
  expect(buildTopology(snapshot({ units })).host).toMatchObject({ units: null, unitsUnknownBecause: 'Not here.' })
})

test('the recorded host with systemd: eleven files, their states, what runs, and what the stopped one would open', async () => {
  const { host } = await modelOfRecording('podman-6.1.1-quadlet')
  expect(host.units?.map(({ name, state, present, makes }) => `${name} ${state} ${present} ${makes}`)).toEqual([
    'app.network active/exited yes systemd-app',
    'broken.container Not loaded no systemd-broken',
    'db.container active/running yes network-test-db',
    'drift.network active/exited yes systemd-drift',
    'drifter.container active/running yes drifter',
    'duo-a.container active/running yes systemd-duo-a',
    'duo.pod active/running yes systemd-duo',
    'hostmode.container active/running yes network-test-host',
    'private.container active/running yes network-test-private',
    'stopped.container inactive/dead no systemd-stopped',
    'web.container active/running yes systemd-web',
  ])
  const stopped = host.units?.find(({ name }) => name === 'stopped.container')
  expect(stopped?.doors).toEqual([
    {
      hostIp: '',
      hostPort: 5432,
      containerPort: 5432,
      range: 1,
      protocol: 'tcp',
      scope: 'wildcard',
      file: '/etc/containers/systemd/stopped.container',
      line: 5,
    },
  ])
  const hostmode = host.units?.find(({ name }) => name === 'hostmode.container')
  expect(hostmode?.lines).toContainEqual({
    file: '/etc/containers/systemd/hostmode.container',
    line: 5,
    key: 'Network',
    value: 'host',
  })
})
