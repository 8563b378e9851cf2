import { describe, expect, test } from 'vitest'
import { declareUnits } from '@/lib/quadlet/declare'
import { running } from './testing'
import type { UnitsRead } from './types'
import type { UnitsInput } from './units'

const filesOf = (port: number): UnitsRead => ({
  known: true,
  notes: [],
  units: declareUnits(
    [{ path: '/etc/web.container', text: `[Container]\nImage=x\nPublishPort=${port}:80\n`, dropIns: [] }],
    { podman: null },
  ).map(unit => ({ unit, modifiedAt: null, systemd: null, systemdUnknownBecause: 'the test' })),
})

describe('quadlet files', () => {
  test('are read with what the engine says of itself, and come with a snapshot of their own', async () => {
    const inputs: UnitsInput[] = []
    const rig = await running(1, {
      units: input => {
        inputs.push(input)
        return Promise.resolve(filesOf(8080))
      },
    })
    expect(inputs[0]).toMatchObject({
      podman: expect.stringMatching(/^\d/),
      connection: { transport: 'unix' },
      probe: { rootless: false, containers: [{ networkMode: 'bridge' }] },
    })
    expect(rig.collector.current().units).toEqual(filesOf(8080))
  })

  test('are read again without any event, and only a change is published', async () => {
    let port = 8080
    const rig = await running(1, { units: () => Promise.resolve(filesOf(port)) })
    await rig.time.advance(60_000)
    const before = rig.collector.current()
    await rig.time.advance(60_000)
    expect(rig.collector.current().units).toBe(before.units)
    expect(rig.collector.current().revision).toBe(before.revision)
    port = 8081
    await rig.time.advance(20_000)
    expect(rig.collector.current().units).toEqual(filesOf(8081))
    expect(rig.collector.current().revision).toBe(before.revision + 1)
  })

  test('that cannot be read are not known, and the rest goes on', async () => {
    const rig = await running(1, { units: () => Promise.reject(new Error('boom')) })
    expect(rig.collector.current()).toMatchObject({
      status: 'live',
      units: { known: false, because: 'Quadlet files could not be read: boom.' },
    })
  })

  test('nobody asked for are absent', async () => {
    const rig = await running(1)
    expect('units' in rig.collector.current()).toBe(false)
  })
})
