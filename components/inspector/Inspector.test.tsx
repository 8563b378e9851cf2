// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { resolveSelection } from '@/lib/client/selection'
import { buildSearchIndex } from '@/lib/client/search'
import { assembleTopology } from '@/lib/topology/build'
import { formatRef, parseRef } from '@/lib/topology/ref'
import type { Topology } from '@/lib/topology/types'
import { renderPage } from '@/components/testing'
import { modelOfRecording } from '@/tests/recordings/model'
import { Inspector } from './Inspector'

let topology: Topology
beforeAll(async () => {
  topology = assembleTopology(
    [await modelOfRecording('podman-5.4.2', 'tests/recordings/podman-5.4.2.json')],
    1,
    '2026-11-21T00:00:00Z',
  )
})
afterEach(cleanup)

function inspect(text: string, of = topology) {
  const ref = parseRef(text)
  if (ref === null) throw new Error(`no reference: ${text}`)
  return renderPage(<Inspector selection={resolveSelection(of, { hostId: null, ref })} />, of)
}
/** The value beside a name; fails when there is not exactly one. */
const fact = (name: string) => {
  const value = screen.getByText(name, { selector: 'dt' }).nextElementSibling
  if (!(value instanceof HTMLElement)) throw new Error(`${name} has no value`)
  return within(value)
}
const links = () => screen.getAllByRole('link').map(link => link.getAttribute('href'))

describe('the inspector', () => {
  it('shows a container with the namespace it shares, its addresses and its doors', () => {
    inspect('container:proxy')
    expect(fact('Shared with').getByRole('link').textContent).toBe('sidecar')
    expect(screen.getByText('10.89.0.2')).toBeTruthy()
    expect(screen.getByRole('link', { name: '*:8080/tcp' })).toBeTruthy()
    expect(links()).toContain('?select=podman-5.4.2/network:backend')
  })

  it('gives a joined container the ports and addresses of the namespace, and names its owner', () => {
    inspect('container:sidecar')
    expect(fact('Belongs to').getByRole('link').textContent).toBe('proxy')
    expect(screen.getByText('10.90.0.2')).toBeTruthy()
    expect(screen.getByRole('link', { name: '*:8080/tcp' })).toBeTruthy()
  })

  it('shows a network with its members, their addresses, and the doors that lead in', () => {
    inspect('network:frontend')
    const members = screen.getByText('Members').closest('section')
    if (members === null) throw new Error('no members')
    expect(within(members).getByRole('link', { name: 'web1' })).toBeTruthy()
    expect(within(members).getByText('10.89.0.3')).toBeTruthy()
    expect(fact('Bridge').getByRole('link').textContent).toBe('podman1')
    expect(screen.getByRole('link', { name: '*:7000–7010/tcp' })).toBeTruthy()
  })

  it('leads from a container to the engine inside of it, and from that engine back to the container', () => {
    const [outer] = topology.hosts
    if (outer === undefined) throw new Error('no host')
    const because = 'conmon runs among its processes'
    const containers = outer.containers.map(one => (one.name === 'proxy' ? { ...one, engine: { because } } : one))
    const containerId = containers.find(({ engine }) => engine !== null)?.id ?? ''
    const nestedIn = { hostId: outer.id, containerId, sharesNamespace: 'yes' as const, because: 'the test' }
    const inner = {
      ...outer,
      id: 'inner',
      name: 'proxy@here',
      machine: 'inner',
      nestedIn,
      containers: [],
      namespaces: [],
    }
    const both = { ...topology, hosts: [{ ...outer, containers }, inner] }
    inspect('container:proxy', both)
    const link = screen.getByRole('link', { name: 'proxy@here' })
    expect(link.getAttribute('href')).toBe('?select=inner/host')
    expect(link.closest('dd')?.textContent).toContain(because)
    cleanup()
    const selection = resolveSelection(both, { hostId: 'inner', ref: { kind: 'host' } })
    renderPage(<Inspector selection={selection} />, both)
    expect(screen.getByRole('link', { name: 'proxy' }).getAttribute('href')).toBe(
      '?select=podman-5.4.2/container:proxy',
    )
  })

  it('shows a quadlet file by its name, with the door that it would open', async () => {
    const path = 'tests/recordings/podman-6.1.1-quadlet.json'
    const quadlets = assembleTopology([await modelOfRecording('quadlet', path)], 1, '2026-11-21T00:00:00Z')
    inspect('unit:stopped.container', quadlets)
    expect(fact('Makes').getByText('systemd-stopped')).toBeTruthy()
    expect(fact('Would open').getByText(/5432/)).toBeTruthy()
    cleanup()
    inspect('unit:db.container', quadlets)
    expect(screen.getByRole('link', { name: 'network-test-db' }).getAttribute('href')).toBe(
      '?select=quadlet/container:network-test-db',
    )
  })

  it('says of a dead door that nobody is behind it, and why', () => {
    inspect('port:*:5432/tcp')
    expect(fact('Passed on').getByText('not passed on')).toBeTruthy()
    expect(fact('Published by').getByRole('link').textContent).toBe('db')
  })

  it('can show everything that search can find', () => {
    const index = buildSearchIndex(topology)
    const kinds = [...new Set(index.map(({ ref }) => ref.kind))].toSorted()
    expect(kinds).toEqual(['container', 'host', 'interface', 'listener', 'namespace', 'network', 'pod', 'port'])
    for (const { ref } of kinds.flatMap(kind => index.filter(one => one.ref.kind === kind).slice(0, 3))) {
      inspect(formatRef(ref))
      expect(document.body.textContent, formatRef(ref)).not.toContain('no such thing now')
      expect(document.querySelectorAll('h3').length, formatRef(ref)).toBeGreaterThan(0)
      cleanup()
    }
  })

  it('says so when the thing is gone', () => {
    inspect('container:gone')
    expect(screen.getByText(/has no such thing now/)).toBeTruthy()
  })

  it('shows what is not known as unknown, with the reason', () => {
    const [host] = topology.hosts
    if (!host) throw new Error('one host')
    const blind: Topology = {
      ...topology,
      hosts: [
        {
          ...host,
          engine: null,
          rootless: null,
          interfaces: null,
          probe: { available: false, reason: 'no permission to read /proc/1' },
          namespaces: host.namespaces.map(one => ({
            ...one,
            listeners: null,
            listenersUnknownBecause: 'no permission',
          })),
        },
      ],
    }
    inspect('host', blind)
    expect(fact('Versions').getByText('unknown')).toBeTruthy()
    expect(screen.getAllByText(/no permission to read \/proc\/1/).length).toBeGreaterThan(1)
    cleanup()
    inspect('container:proxy', blind)
    expect(screen.getByText('— no permission', { exact: false })).toBeTruthy()
    expect(screen.queryByText('nothing')).toBeNull()
  })

  it('shows hostile names as text', () => {
    const [host] = topology.hosts
    if (!host) throw new Error('one host')
    const [first, ...rest] = host.containers
    if (!first) throw new Error('containers')
    const name = '<img src=x onerror=alert(1)>'
    const labels = { __proto__: 'x', constructor: '<b>bold</b>' }
    inspect(`container:${name}`, {
      ...topology,
      hosts: [{ ...host, containers: [{ ...first, name, labels }, ...rest] }],
    })
    expect(document.querySelector('img[src="x"], b')).toBeNull()
    expect(screen.getAllByText(name).length).toBeGreaterThan(0)
    expect(screen.getByText('<b>bold</b>')).toBeTruthy()
  })

  it('spells out what the eye could not see', () => {
    const [host] = topology.hosts
    if (!host) throw new Error('one host')
    const [first, ...rest] = host.containers
    if (!first) throw new Error('containers')
    const labels = { 'org.opencontainers.image.title': 'safe\u202Egpj.exe', note: 'a\u200Bb\u001b[31m' }
    const marked = { ...first, name: 'marked', unit: 'web\u2066.service', image: 'x/\uFEFFy', labels }
    inspect('container:marked', { ...topology, hosts: [{ ...host, containers: [marked, ...rest] }] })
    for (const text of ['safe⟨U+202E⟩gpj.exe', 'a⟨U+200B⟩b⟨U+001B⟩[31m', 'web⟨U+2066⟩.service', 'x/⟨U+FEFF⟩y'])
      expect(screen.getByText(text), text).toBeTruthy()
    expect(document.body.textContent).not.toMatch(/(?![\n\r\t])[\p{Cc}\p{Cf}]/u)
  })
})

describe('quadlet files', () => {
  let quadlets: Topology
  beforeAll(async () => {
    quadlets = assembleTopology(
      [await modelOfRecording('podman-6.1.1-quadlet', 'tests/recordings/podman-6.1.1-quadlet.json')],
      1,
      '2026-11-21T00:00:00Z',
    )
  })
  const section = (title: string) => {
    const found = screen.getByText(title, { selector: 'h3' }).closest('section')
    if (found === null) throw new Error(`no section ${title}`)
    return within(found)
  }

  it('of a container is shown with its state and the lines that made its wiring', () => {
    inspect('container:network-test-host', quadlets)
    const file = section('Quadlet file')
    expect(file.getByText('/etc/containers/systemd/hostmode.container')).toBeTruthy()
    expect(file.getByText('active/running')).toBeTruthy()
    expect(file.getByText('Network=host').closest('li')?.textContent).toContain('hostmode.container:5')
  })

  it('of networks and pods are found by name and by the infra container', () => {
    inspect('network:systemd-drift', quadlets)
    expect(section('Quadlet file').getByText('Internal=true')).toBeTruthy()
    cleanup()
    inspect('pod:systemd-duo', quadlets)
    expect(section('Quadlet file').getByText('PublishPort=9090:90')).toBeTruthy()
  })

  it('of the host are all there, with what is wrong, and the doors of what does not run', () => {
    inspect('host', quadlets)
    const files = section('Quadlet files')
    expect(files.getAllByRole('listitem', { hidden: true }).length).toBeGreaterThan(10)
    const stopped = files.getByText('stopped.container', { selector: 'summary span' }).closest('summary')
    expect(stopped?.textContent).toContain('declared, not there')
    expect(stopped?.textContent).toContain('*:5432 → 5432/tcp')
    expect(files.getByText('broken.container', { selector: 'summary span' }).closest('summary')?.textContent).toContain(
      'Podman skips it',
    )
    expect(files.getByText('Accepted: Network=')).toBeTruthy()
  })

  it('that are not known are said to be so', () => {
    inspect('host')
    expect(section('Quadlet files').getByText(/The recording holds no quadlet files/)).toBeTruthy()
  })
})
