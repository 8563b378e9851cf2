import { describe, expect, test } from 'vitest'
import { parseRecording, readRecording } from '@/lib/podman/recording'
import { declareUnits } from '@/lib/quadlet/declare'
import { unitsOfRecording } from './recorded-units'

const file = new URL('../../tests/recordings/podman-6.1.1-quadlet.json', import.meta.url).pathname

test('the units of a host with systemd, and their states', async () => {
  const read = unitsOfRecording(await readRecording(file), '6.1.1')
  if (!read.known) throw new Error(read.because)
  expect(read.units.map(({ unit, systemd }) => [unit.name, unit.service, unit.resource, systemd])).toEqual([
    ['app.network', 'app-network.service', 'systemd-app', 'active/exited'],
    ['broken.container', 'broken.service', 'systemd-broken', 'Not loaded'],
    ['db.container', 'db.service', 'network-test-db', 'active/running'],
    ['drift.network', 'drift-network.service', 'systemd-drift', 'active/exited'],
    ['drifter.container', 'drifter.service', 'drifter', 'active/running'],
    ['duo-a.container', 'duo-a.service', 'systemd-duo-a', 'active/running'],
    ['duo.pod', 'duo-pod.service', 'systemd-duo', 'active/running'],
    ['hostmode.container', 'hostmode.service', 'network-test-host', 'active/running'],
    ['private.container', 'private.service', 'network-test-private', 'active/running'],
    ['stopped.container', 'stopped.service', 'systemd-stopped', 'inactive/dead'],
    ['web.container', 'web.service', 'systemd-web', 'active/running'],
  ])
})

const EMPTY = [['GET /v4.0.0/libpod/containers/json?all=true', { status: 200, headers: {}, body: [] }]] as const

const recordingOf = (answers: Record<string, unknown>) =>
  parseRecording(
    JSON.stringify({
      'GET /v4.0.0/libpod/containers/json?all=true': { status: 200, headers: {}, body: [] },
      ...Object.fromEntries(
        Object.entries(answers).map(([path, body]) => [
          `GET /v5.8.0/libpod/quadlets/${path}`,
          { status: 200, headers: {}, body },
        ]),
      ),
    }),
  )

test('a recording without answers of the quadlet API knows of none', () => {
  expect(unitsOfRecording(recordingOf({}), null)).toEqual({
    known: false,
    because: 'The recording holds no quadlet files.',
  })
  expect(unitsOfRecording(recordingOf({ json: 'nonsense' }), null)).toMatchObject({ known: false })
})

test('an error in place of a state is not handed on: it quotes the file', () => {
  const row = { Name: 'a.container', Path: '/etc/a.container', Status: 'file contains line 2: “hunter2” which is not' }
  const read = unitsOfRecording(recordingOf({ json: [row], 'a.container/file': '[Container]\nhunter2\n' }), '6.1.1')
  expect(read).toMatchObject({ known: true, units: [{ systemd: null, systemdUnknownBecause: expect.any(String) }] })
  expect(JSON.stringify(read)).not.toContain('hunter2')
})

test('a file that was not recorded is told', () => {
  const read = unitsOfRecording(
    recordingOf({ json: [{ Name: 'a.container', Path: '/etc/a.container', Status: 'Not loaded' }] }),
    null,
  )
  expect(read).toMatchObject({ units: [{ unit: { problems: [{ effect: 'unread' }] }, systemd: 'Not loaded' }] })
})

describe('what Podwire records', () => {
  const replay = (units: unknown) =>
    unitsOfRecording(parseRecording(JSON.stringify({ ...Object.fromEntries(EMPTY), units })), null)

  test('is read back the same', async () => {
    const read = unitsOfRecording(await readRecording(file), '6.1.1')
    expect(replay(read)).toEqual(read)
    expect(replay({ known: false, because: 'Not here.' })).toEqual({ known: false, because: 'Not here.' })
  })

  test('of any files is read back the same', () => {
    const texts = {
      'a.container':
        '[Container]\nImage=x\nNetwork=none.network\nNetwork=ns:/x\nNetwork=container:y\nPublishPort=%i:80\nPod=z.pod\n',
      'b.network': '[Network]\nSubnet=10.0.0.0/24\nInternal=true\nOptions=isolate=strict\n',
      'c.container': 'nonsense\n',
      't@.container': '[Container]\nImage=x\nPublishPort=80\nPodmanArgs=--privileged --network host\n',
    }
    const sources = Object.entries(texts).map(([name, text]) => ({ path: `/etc/${name}`, text, dropIns: [] }))
    const units = declareUnits(sources, { podman: null }).map(unit => ({
      unit,
      modifiedAt: '2026-01-01T00:00:00.000Z',
      systemd: null,
      systemdUnknownBecause: 'no systemd runs there',
    }))
    expect(replay({ known: true, units, notes: ['a'] })).toEqual({ known: true, units, notes: ['a'] })
  })

  test('and is none of it, is malformed', () => {
    expect(replay({ known: true, units: [{}] })).toMatchObject({
      known: false,
      because: expect.stringContaining('malformed'),
    })
  })
})
