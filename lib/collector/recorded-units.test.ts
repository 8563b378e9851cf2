import { expect, test } from 'vitest'
import { parseRecording, readRecording } from '@/lib/podman/recording'
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
