// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { LANGUAGES } from '@/lib/client/words/language'
import { wordsOf } from '@/lib/client/words/catalogue'
import { modeWordsOf } from '@/lib/client/words/modes'
import { whatIfWordsOf } from '@/lib/client/words/whatif'
import { assembleTopology, buildTopology } from '@/lib/topology/build'
import { parseNetworkChoice, parsePublish, parseTarget, parseUnpublish } from '@/lib/whatif/parse'
import { comparePrivateAndHost, whatIf } from '@/lib/whatif/whatif'
import { renderPage } from '@/components/testing'
import { snapshotOfRecording } from '@/tests/recordings/model'
import { WhatIfSection } from './WhatIfSection'

let snapshot: HostSnapshot
// What is loaded when it is asked for is read and compiled here, on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
configure({ asyncUtilTimeout: 30_000 })
beforeAll(async () => {
  await Promise.all([import('./WhatIfPanel'), ...LANGUAGES.flatMap(one => [whatIfWordsOf(one), modeWordsOf(one)])])
  snapshot = await snapshotOfRecording('podman-5.4.2', 'tests/recordings/podman-5.4.2.json')
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** What the server says, computed here. */
function answerTo(path: string): object | null {
  const { pathname, searchParams } = new URL(path, 'http://127.0.0.1')
  const target = parseTarget(searchParams.get('container') ?? '')
  if (target === null) return null
  if (pathname.endsWith('/modes')) return comparePrivateAndHost(snapshot, target)
  const network = searchParams.get('network')
  const publish = searchParams.get('publish')
  const unpublish = searchParams.get('unpublish')
  const ports = [publish === null ? null : parsePublish(publish), unpublish === null ? null : parseUnpublish(unpublish)]
  return whatIf(snapshot, {
    target,
    network: network === null ? null : parseNetworkChoice(network),
    ports: ports.filter(port => port !== null),
  })
}

function open(target: string, answer: (path: string) => Response = path => Response.json(answerTo(path))) {
  const asked: string[] = []
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    return Promise.resolve(answer(path))
  })
  const topology = assembleTopology([buildTopology(snapshot)], 1, '2026-11-21T00:00:00Z')
  const [host] = topology.hosts
  if (host === undefined) throw new Error('no host')
  const store = renderPage(<WhatIfSection host={host} target={target} />, topology)
  fireEvent.click(screen.getByRole('button', { name: 'What if…' }))
  return { asked, store }
}

const answerRegion = () => screen.findByRole('region', { name: 'What it would change' })
const choose = async (label: string, value: string) =>
  fireEvent.change(await screen.findByRole('combobox', { name: label }), { target: { value } })
const ask = () => fireEvent.click(screen.getByRole('button', { name: 'Show what it changes' }))

it('begins with private beside host', async () => {
  const { asked } = open('container:web1')
  const region = await answerRegion()
  await waitFor(() => expect(within(region).getByText('As host')).toBeTruthy())
  expect(region.textContent).toContain('It has a network namespace of its own now.')
  expect(region.textContent).toContain("In the host's network namespace")
  expect(asked).toEqual(['/api/v1/what-if/modes?host=podman-5.4.2&container=container%3Aweb1'])
})

it('says what another network would gain and lose, and how to make it so', async () => {
  open('container:web1')
  await choose('Network', 'network:backend')
  ask()
  const region = await answerRegion()
  await waitFor(() => expect(region.textContent).toContain('# create web1 again with: --network backend'))
  expect(within(region).getAllByText('Gained:', { exact: false }).length).toBeGreaterThan(0)
  expect(region.textContent).toContain('db, at its own addresses')
  expect(within(region).getByRole('button', { name: 'Copy the lines of web1.container' })).toBeTruthy()
})

it('asks for another address of a published port', async () => {
  const { asked } = open('container:web2')
  await choose('Network', 'same')
  await choose('Published port', '7000/tcp')
  await choose('Bound to', '127.0.0.1')
  ask()
  const region = await answerRegion()
  await waitFor(() => expect(region.textContent).toContain('127.0.0.1:7000/tcp to 7000'))
  expect(asked.at(-1)).toContain('publish=127.0.0.1%3A7000%2Ftcp')
})

it('says why a change cannot be', async () => {
  open('container:sidecar')
  await choose('Network', 'none')
  ask()
  const region = await answerRegion()
  await waitFor(() => expect(region.textContent).toContain('This cannot exist'))
  expect(region.textContent).toContain('ask for container:proxy')
})

it.each([
  ['a refusal', () => Response.json({ detail: 'There is no such host.' }, { status: 404 }), 'There is no such host.'],
  ['nonsense', () => Response.json({ hostId: 1 }), 'The server answers something else.'],
  [
    'silence',
    () => {
      throw new Error('gone')
    },
    'The server does not answer.',
  ],
])('tells of %s', async (_, answer, said) => {
  open('container:web1', answer)
  const region = await answerRegion()
  await waitFor(() => expect(region.textContent).toContain(said))
})

it('speaks the language of the page', async () => {
  const { store } = open('container:web1')
  store.setWords(await wordsOf('es'))
  await screen.findByRole('region', { name: 'Lo que cambiaría' })
})

it.each(LANGUAGES)('no word of it is empty (%s)', async language => {
  const words = JSON.stringify(await whatIfWordsOf(language))
  expect(words).not.toContain('""')
})
