/** Rules that sort by classes, because pairs would cost too much, say the same as lib/reach does pair by pair. */
import { describe, expect, test } from 'vitest'
import { namespaceEnd, outsideEnds } from '@/lib/reach/ends'
import type { ReachEnd } from '@/lib/reach/refs'
import type { Network } from '@/lib/topology/types'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { bridgeClasses, forwardingOff } from './networks'
import { type HostView, viewOf } from './view'

const exposedFile = new URL('../../tests/recordings/rules/podman-5.4.2-exposed.json', import.meta.url).pathname

/** A running member of this network alone, which is therefore all that decides. */
function memberOf(view: HostView, { name }: Network): ReachEnd | null {
  for (const { namespace } of view.attachedTo(name))
    if (view.isLive(namespace) && namespace.attachments.length === 1 && namespace.attachments[0]?.addresses.length)
      return namespaceEnd(view.reach, namespace)
  return null
}

function verdicts(view: HostView, from: readonly Network[], to: readonly Network[]): [pair: string, verdict: string][] {
  return from.flatMap(a =>
    to.flatMap((b): [string, string][] => {
      const [source, target] = [memberOf(view, a), memberOf(view, b)]
      if (a === b || source === null || target === null) return []
      return [[`${a.name} to ${b.name}`, view.reach.direct(source, target).verdict]]
    }),
  )
}

describe.each([...recordingNames(), 'exposed'])('%s', name => {
  const viewed = async () => viewOf(await modelOfRecording(name, ...(name === 'exposed' ? [exposedFile] : [])))

  test('bridges that are told open are open, in both directions', async () => {
    const view = await viewed()
    const { open, isolated } = bridgeClasses(view)
    const expected = forwardingOff(view) ? 'blocked' : 'reachable'
    const pairs = [...verdicts(view, open, [...open, ...isolated]), ...verdicts(view, isolated, open)]
    if (name === 'podman-5.4.2') expect(pairs.length).toBeGreaterThan(2)
    for (const [pair, verdict] of pairs) expect(verdict, pair).toBe(expected)
  })

  test('managed bridges that are in none of the classes are shut', async () => {
    const view = await viewed()
    const { open, isolated, undecided } = bridgeClasses(view)
    const told = new Set([...open, ...isolated, ...undecided])
    const shut = view.host.networks.filter(one => one.driver === 'bridge' && one.mode !== 'unmanaged' && !told.has(one))
    for (const [pair, verdict] of verdicts(view, open, shut)) expect(verdict, pair).toBe('blocked')
  })

  test('nobody outside comes through a door that is told dead', async () => {
    const view = await viewed()
    const dead = view.reach.context.doors.filter(one => one.port.forwarded === 'no')
    for (const { end } of outsideEnds(view.reach))
      for (const door of dead)
        expect(view.reach.door(end, door).verdict, `${end.ref} ${door.port.hostPort}`).toBe('blocked')
  })
})
