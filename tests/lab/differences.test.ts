/** The comparison itself: a topology that is wrong in any one thing must be found out. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Host } from '@/lib/topology/types'
import { modelOfRecording } from '@/tests/recordings/model'
import { differences } from './differences'
import { recordedTruth } from './recorded-truth'

const NAME = 'podman-5.4.2'
const truth = recordedTruth(NAME)
let host: Host
beforeAll(async () => {
  host = (await modelOfRecording(NAME)).host
})

const first = <T>(list: readonly T[], wanted: (one: T) => boolean = () => true): T => {
  const found = list.find(wanted)
  if (found === undefined) throw new Error('the recording has no such thing')
  return found
}
const connected = (one: Host['namespaces'][number]) => one.attachments.some(({ addresses }) => addresses.length > 0)

const faults: Record<string, (copy: Host) => void> = {
  'a container left out': copy => {
    const gone = copy.containers.pop()
    for (const one of copy.namespaces) one.memberIds = one.memberIds.filter(id => id !== gone?.id)
  },
  'a container twice': copy => copy.containers.push(first(copy.containers)),
  'a wrong state': copy => (first(copy.containers, one => one.state === 'running').state = 'exited'),
  'a wrong name': copy => (first(copy.containers).name = 'somebody'),
  'a network left out': copy => copy.networks.pop(),
  'a network that is not internal': copy => (first(copy.networks, one => one.internal).internal = false),
  'a wrong bridge': copy => (first(copy.networks).interface = 'podman77'),
  'an attachment left out': copy => first(copy.namespaces, connected).attachments.pop(),
  'a wrong address': copy => (first(first(copy.namespaces, connected).attachments).addresses = ['10.0.0.1']),
  'an invented address': copy => first(first(copy.namespaces, connected).attachments).addresses.push('10.0.0.1'),
  'a door left out': copy => first(copy.namespaces, one => one.published.length > 0).published.pop(),
  'a door twice': copy => {
    const { published } = first(copy.namespaces, one => one.published.length > 0)
    published.push(first(published))
  },
  'a door on a wrong port': copy =>
    (first(first(copy.namespaces, one => one.published.length > 0).published).hostPort = 1),
  'a member in the wrong namespace': copy => {
    const from = first(copy.namespaces, one => one.memberIds.length > 1)
    const to = first(copy.namespaces, one => one.kind === 'none')
    const moved = from.memberIds.pop() ?? ''
    to.memberIds.push(moved)
    first(copy.containers, one => one.id === moved).namespaceId = to.id
  },
  'a private namespace for host': copy => (first(copy.namespaces, one => one.kind === 'host').kind = 'private'),
  'a wrong owner': copy => (first(copy.namespaces, connected).ownerId = first(copy.containers).id),
  'a pod without a member': copy => first(copy.pods).containerIds.pop(),
  'an interface left out': copy => copy.interfaces?.pop(),
  'an interface that is down': copy => (first(copy.interfaces ?? [], one => one.up).up = false),
}

describe('differences', () => {
  test('finds none in what is right', () => expect(differences(host, truth)).toEqual([]))

  test.each(Object.entries(faults))('finds %s', (_, fault) => {
    const copy = structuredClone(host)
    fault(copy)
    expect(differences(copy, truth)).not.toEqual([])
  })
})
