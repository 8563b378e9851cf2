/** What is taken along from a real host: complete, readable elsewhere, under a sane name. */
import dot from '@dagrejs/graphlib-dot'
import { take } from './exports'
import { expect, openMap, SHOTS, test } from './rig'

test('every form, by keyboard', async ({ page, host, podwire, context }) => {
  await openMap(page, podwire.url)
  const listed = await host.engine.podman('ps', '-a', '--format', '{{.Names}} {{.IsInfra}}')
  const names = listed
    .trim()
    .split('\n')
    .flatMap(line => (line.endsWith(' false') ? [line.split(' ')[0] ?? ''] : []))

  await test.step('SVG: opens alone, complains of nothing, has every name as text', async () => {
    const { bytes } = await take(page, 'Picture as SVG')
    const alone = await context.newPage()
    const complaints: string[] = []
    alone.on('console', message => complaints.push(message.text()))
    alone.on('request', request => {
      if (!request.url().startsWith('http://alone/')) complaints.push(request.url())
    })
    await alone.route('http://alone/map.svg', route => route.fulfill({ contentType: 'image/svg+xml', body: bytes }))
    await alone.goto('http://alone/map.svg')
    const seen = await alone.evaluate(() => ({
      root: document.documentElement.tagName,
      broken: document.querySelector('parsererror') !== null,
      text: document.documentElement.textContent ?? '',
      drawn: [...document.querySelectorAll('text')].filter(each => each.getBoundingClientRect().width > 0).length,
    }))
    expect(seen.root).toBe('svg')
    expect(seen.broken).toBe(false)
    expect(seen.drawn).toBeGreaterThan(names.length)
    for (const name of names) expect(seen.text).toContain(name)
    expect(seen.text).toContain('As of ')
    expect(complaints).toEqual([])
    await alone.screenshot({ path: `${SHOTS}/export.svg.png` })
    await alone.close()
  })

  await test.step('PNG: twice as fine as the SVG', async () => {
    const { bytes } = await take(page, 'Picture as PNG')
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(2000)
  })

  await test.step('JSON: the topology', async () => {
    const { bytes } = await take(page, 'Topology as JSON')
    const topology: { hosts: { containers: { name: string; isInfra: boolean }[] }[] } = JSON.parse(bytes.toString())
    const said = topology.hosts.flatMap(({ containers }) => containers.flatMap(one => (one.isInfra ? [] : one.name)))
    expect(said.toSorted()).toEqual(names.toSorted())
  })

  await test.step('CSV: a row for each finding', async () => {
    const { bytes } = await take(page, 'Findings as CSV')
    expect(bytes.toString().split('\r\n')[0]).toContain('severity')
  })

  await test.step('Graphviz: a parser reads it, the same from the page and from the server', async () => {
    const { bytes } = await take(page, 'Topology as Graphviz text')
    const served = await (await fetch(`${podwire.url}/api/v1/topology?format=dot`)).text()
    for (const text of [bytes.toString(), served]) {
      const graph = dot.read(text)
      const labels = graph.nodes().flatMap(id => (graph.node(id)?.label ?? '').split('\\n'))
      for (const name of names) expect(labels.some(label => label.startsWith(name))).toBe(true)
      expect(graph.edges().length).toBeGreaterThan(names.length / 2)
    }
  })

  await test.step('Mermaid', async () => {
    const { bytes } = await take(page, 'Topology as Mermaid text')
    expect(bytes.toString()).toContain('\nflowchart LR\n')
    for (const name of names) expect(bytes.toString()).toContain(name)
  })
})

test('a filtered picture says so', async ({ page, podwire }) => {
  await openMap(page, `${podwire.url}/?filter=name:proxy&others=hidden`)
  await expect(page.getByRole('region', { name: 'Filter' })).toBeVisible()
  const text = (await take(page, 'Picture as SVG')).bytes.toString()
  expect(text).toMatch(/Filter: name:proxy \(1 of \d+ containers\)/)
  expect(text).toContain('>proxy<')
  expect(text).not.toContain('>db<')
})
