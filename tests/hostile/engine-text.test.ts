/** Text that whoever makes an image or a container decides: it stays text, wherever it gets to. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import cytoscape from 'cytoscape'
import { describe, expect, test } from 'vitest'
import { stylesheet } from '@/lib/graph/style'
import { OBEYED } from '@/lib/report/testing'
import { createLog } from '@/lib/server/log'
import { startMessage } from '@/lib/server/start-message'
import { objectAt } from '../engine/json'
import { containerId } from '../engine/synthetic'
import {
  addTo,
  contentWith,
  type Product,
  productOf,
  rulesAgainst,
  setLabels,
  setName,
  SUBJECT,
  subjectOf,
  type TextKind,
} from './product'

const MARKUP = '<img src=x onerror=alert(1)>"\'</script><script>alert(2)</script><svg onload=alert(3)>'
const TITLE = 'org.opencontainers.image.title'
/** What is markup itself: nothing of an engine may open a tag there. */
const MARKED_UP: readonly TextKind[] = ['svg', 'mermaid']

const text = ({ texts }: Product, kind: TextKind): string => texts.get(kind) ?? ''

/** No text that is markup has a tag of theirs. */
function expectNoMarkup(product: Product): void {
  for (const kind of MARKED_UP) {
    expect(text(product, kind), kind).not.toMatch(/<(img|script|svg onload|b>)/)
    expect(text(product, kind), kind).not.toMatch(/<[^>]*\bon(error|load)=/)
  }
}

/** What the canvas draws. */
const drawn = ({ elements }: Product): string[] => elements.map(({ data }) => String(data['text'] ?? ''))

describe('P8 markup', () => {
  test('H39 a label <img src=x onerror=alert(1)> and </script><script>', async () => {
    const product = await productOf(contentWith(draft => setLabels(draft, { [TITLE]: MARKUP, [MARKUP]: MARKUP })))
    expect(subjectOf(product).labels).toEqual({ [TITLE]: MARKUP })
    expectNoMarkup(product)
  })

  test('H40 an image reference with quotes and <svg onload>', async () => {
    const product = await productOf(
      contentWith(({ row, inspect, config }) => {
        row['Image'] = MARKUP
        inspect['ImageName'] = MARKUP
        config['Image'] = MARKUP
      }),
    )
    expect(subjectOf(product).image).toBe(MARKUP)
    expectNoMarkup(product)
  })

  test('H41 a hostname, a command, a mount path and a network’s label with HTML', async () => {
    const content = contentWith(({ row, inspect, config }) => {
      config['Hostname'] = MARKUP
      config['Cmd'] = [MARKUP]
      inspect['Args'] = [MARKUP]
      row['Command'] = [MARKUP]
      inspect['Mounts'] = [
        { Type: 'bind', Source: '/etc', Destination: `/${MARKUP}`, RW: true, Propagation: 'rprivate' },
      ]
    })
    Object.assign(content.networks[0] ?? {}, { labels: { [TITLE]: MARKUP, other: MARKUP } })
    const product = await productOf(content)
    const [finding] = product.report.findings.filter(one => one.ruleId === 'sensitive-host-mount')
    expect(finding?.message).toContain(MARKUP)
    expectNoMarkup(product)
    // Neither the hostname nor the command is anybody's business.
    expect(text(product, 'topology')).not.toContain('onerror')
  })

  test('H42 org.opencontainers.image.url=javascript:…', async () => {
    const labels = {
      'org.opencontainers.image.url': 'javascript:alert(1)',
      'org.opencontainers.image.source': 'data:x',
    }
    const product = await productOf(contentWith(draft => setLabels(draft, labels)))
    expect(subjectOf(product).labels).toEqual(labels)
    for (const { data } of product.elements) expect(JSON.stringify(data)).not.toMatch(/javascript:|data:x/)
    for (const kind of MARKED_UP) expect(text(product, kind)).not.toContain('javascript:')
  })
})

describe('P8 names', () => {
  test('H43 a label __proto__; containers named constructor, toString and hasOwnProperty', async () => {
    const content = contentWith(draft =>
      setLabels(draft, JSON.parse(`{"__proto__": "x", "constructor": "y", "${TITLE}": "z"}`)),
    )
    const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__']
    for (const [index, name] of names.entries()) addTo(content, 10 + index, name, () => {})
    const product = await productOf(content)
    expect(subjectOf(product).labels).toEqual({ [TITLE]: 'z' })
    for (const name of names) {
      expect(
        product.host.containers.filter(one => one.name === name),
        name,
      ).toHaveLength(1)
      expect(drawn(product), name).toContain(name)
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('x')
  })

  test('H44 the name a.b-c', async () => {
    const names = ['a.b-c', 'a.b', 'a', 'x_y.z-1']
    const content = contentWith(() => {})
    for (const [index, name] of names.entries()) addTo(content, 10 + index, name, () => {})
    const { elements } = await productOf(content)
    const cy = cytoscape({ headless: true, styleEnabled: false, elements })
    for (const name of names) {
      const [element] = elements.filter(one => one.data['kind'] === 'container' && one.data['label'] === name)
      expect(cy.getElementById(element?.data.id ?? '').data('label'), name).toBe(name)
    }
    cy.destroy()
  })

  test('H45 a label as a style, background-image: url(http://evil)', async () => {
    const style = 'red; background-image: url(http://evil.example/x.png)'
    const product = await productOf(
      contentWith(draft => {
        setName(draft, style)
        setLabels(draft, { style, class: style, [TITLE]: style })
        draft.row['Image'] = style
      }),
    )
    // The fields of an element that decide how it looks: none of them is a text of an engine.
    const rules = JSON.stringify(stylesheet('dark'))
    const fields = new Set(
      [...rules.matchAll(/"([\w-]+)":"data\((\w+)\)"/g)].map(([, key, field]) => `${key} ${field}`),
    )
    expect(fields.size).toBeGreaterThan(3)
    const styling = [...fields].flatMap(one => (one.startsWith('label ') ? [] : [one.slice(one.indexOf(' ') + 1)]))
    for (const { data } of product.elements)
      for (const field of styling) expect(String(data[field]), field).not.toContain('evil')
    expect(text(product, 'svg')).not.toMatch(/<[^>]*evil/)
  })

  test('H46 an RTL override, zero-width characters and a homoglyph twin', async () => {
    const names = ['web-\u202Egnp.exe', 'web\u200B1', 'w\u0435b1', 'web1', 'web\u00001']
    const content = contentWith(() => {})
    for (const [index, name] of names.entries()) addTo(content, 10 + index, name, () => {})
    const product = await productOf(content)
    const labels = drawn(product)
    expect(labels).toEqual(expect.arrayContaining(['web⟨U+200B⟩1', 'web1', 'w\u0435b1', 'web⟨U+0000⟩1']))
    expect(labels.join(' ')).toContain('⟨U+202E⟩')
    expect(labels.filter(label => OBEYED.test(label))).toEqual([])
    for (const kind of ['svg', 'dot', 'mermaid', 'csv', 'table'] as const)
      expect(text(product, kind), kind).not.toMatch(/[\u202E\u200B]/)
    const ids = product.elements.map(({ data }) => data.id)
    expect(new Set(ids).size).toBe(ids.length)
    const twins = product.host.containers.filter(({ name }) => /^w.b1$/.test(name)).map(({ id }) => id)
    expect(new Set(twins).size).toBe(2)
  })

  test('H47, P14 ANSI escapes and line breaks in labels, names and health output', async () => {
    const ansi = '\u001b[2J\u001b]0;title\u0007\n\r\u009b31mred'
    const product = await productOf(
      contentWith(draft => {
        setName(draft, `x${ansi}`)
        setLabels(draft, { [TITLE]: ansi })
        objectAt(draft.inspect, 'State')['Health'] = { Status: ansi, FailingStreak: 1, Log: [{ Output: ansi }] }
        draft.hostConfig['Privileged'] = true
      }),
    )
    for (const kind of ['table', 'dot', 'mermaid'] as const) expect(text(product, kind), kind).not.toMatch(OBEYED)
    expect(text(product, 'csv').replaceAll('\r\n', '\n')).not.toMatch(OBEYED)
    const lines: string[] = []
    createLog({ write: line => lines.push(line) }).warn(
      { host: 'h' },
      startMessage('http://x', [product.snapshot], { version: '1', build: 'b', demo: null, unsupported: [] }, [ansi]),
    )
    expect(lines).toHaveLength(1)
    expect(lines.join('').trimEnd()).not.toMatch(OBEYED)
    expect(text(product, 'table')).toContain('x\uFFFD[2J')
  })

  test('H48 a label of a megabyte, ten thousand labels, a name of 300 characters', async () => {
    const product = await productOf(
      contentWith(draft => {
        const many = Object.fromEntries(
          Array.from({ length: 10_000 }, (_, index) => [`label-${index}`, 'x'.repeat(20)]),
        )
        setLabels(draft, { ...many, [TITLE]: 'm'.repeat(1_000_000) })
        setName(draft, 'n'.repeat(300))
      }),
    )
    const { name, labels } = subjectOf(product)
    expect([name.length, Object.keys(labels), labels[TITLE]?.length]).toEqual([256, [TITLE], 256])
    expect(text(product, 'topology').length).toBeLessThan(50_000)
    // The picture is as large as with a name of ordinary length.
    const ordinary = await productOf(contentWith(draft => setName(draft, 'an-ordinary-long-name-of-somebody')))
    expect(product.scene.width).toBeLessThan(1.2 * ordinary.scene.width)
    expect(product.scene.height).toBeLessThan(1.2 * ordinary.scene.height)
    expect(product.host.containers).toHaveLength(4)
  })
})

describe('what is sent, saved and pasted', () => {
  test('H49 a label \\nevent: x\\ndata: y', async () => {
    const label = '\nevent: x\ndata: y\n\nevent: bye\ndata: {}\n\n\r\r\u2028'
    const product = await productOf(contentWith(draft => setLabels(draft, { [TITLE]: label })))
    const stream = text(product, 'stream')
    expect(stream.match(/^event: .*$/gm)).toEqual(['event: topology', 'event: findings'])
    expect(stream.split('\n\n')).toHaveLength(3)
    expect(stream).not.toContain('\r')
    const data =
      stream
        .split('\n')
        .find(line => line.startsWith('data: '))
        ?.slice(6) ?? ''
    expect(JSON.parse(data)).toEqual(JSON.parse(text(product, 'topology')))
    expect(subjectOf(product).labels[TITLE]).toBe(label)
  })

  test('H50 cells that begin with =, +, - and @', async () => {
    const content = contentWith(() => {})
    const names = ['=cmd|x', '+1+1', '-2+3', '@SUM(A1)', '\t=1']
    for (const [index, name] of names.entries())
      addTo(content, 10 + index, 'x', draft => {
        setName(draft, name)
        draft.hostConfig['Privileged'] = true
      })
    const csv = text(await productOf(content), 'csv')
    for (const name of names.slice(0, 4)) expect(csv).toContain(`'${name}`)
    expect(csv).not.toMatch(/(^|[,\n"])[=+@]|(^|[,\n"])-[^\s]/m)
  })

  test('H51 fixes for volume sources with ;, $(), a line break and %', async () => {
    const sources = [
      '/etc;touch pwned',
      '/etc/$(touch pwned)',
      '/etc/`touch pwned`',
      "/etc/';touch pwned;'",
      '/etc/%n',
      '/etc/\ntouch pwned\n',
      '/etc/x\\',
      '/etc/${HOME}',
    ]
    const content = contentWith(() => {})
    for (const [index, source] of sources.entries())
      addTo(content, 10 + index, `mounter${index}`, ({ inspect, hostConfig }) => {
        inspect['Mounts'] = [
          { Type: 'bind', Source: '/etc', Destination: source, RW: true, Propagation: 'rprivate' },
          { Type: 'bind', Source: source, Destination: '/x', RW: true, Propagation: 'shared' },
        ]
        hostConfig['Privileged'] = true
      })
    const { report } = await productOf(content)
    const mounts = report.findings.filter(one => one.ruleId === 'sensitive-host-mount')
    expect(mounts).toHaveLength(sources.length)
    const folder = mkdtempSync(join(tmpdir(), 'podwire-fix-'))
    // Whatever is pasted runs nothing but podman, and that one does nothing.
    writeFileSync(join(folder, 'podman'), '#!/bin/sh\n', { mode: 0o755 })
    const podmans = report.findings.flatMap(({ fix }) => fix.podman ?? [])
    expect(podmans.length).toBeGreaterThan(sources.length)
    for (const fix of podmans)
      execFileSync('/bin/bash', ['-c', fix], {
        cwd: folder,
        env: { NODE_ENV: 'test', PATH: `${folder}:/usr/bin:/bin` },
        stdio: 'ignore',
      })
    expect(readdirSync(folder)).toEqual(['podman'])
    rmSync(folder, { recursive: true })
    for (const { fix } of report.findings)
      for (const line of fix.quadlet?.split('\n') ?? [])
        expect(line).toMatch(/^(\[(Container|Pod|Network)\]|#.*|[A-Z]\w*=.*[^\\])$/)
    const broken = report.findings.filter(
      ({ subject }) => subject.name === `mounter${sources.indexOf('/etc/\ntouch pwned\n')}`,
    )
    for (const ruleId of ['sensitive-host-mount', 'shared-propagation'])
      expect(broken.find(one => one.ruleId === ruleId)?.fix).toEqual({ podman: null, quadlet: null })
  })

  test('H52, P3 secrets in every place where Podman keeps them', async () => {
    const canary = (place: string) => `canary-${place}`
    const product = await productOf(
      contentWith(draft => {
        const { row, inspect, config, hostConfig } = draft
        config['Env'] = [`PASS=${canary('env')}`, `*=${canary('host-env')}`, `URL=https://u:${canary('env-url')}@h/`]
        config['CreateCommand'] = ['podman', 'run', '-e', `PASS=${canary('create')}`, '--network', 'net-000', 'x']
        config['Cmd'] = [canary('cmd')]
        config['Entrypoint'] = [canary('entrypoint')]
        config['Healthcheck'] = { Test: ['CMD', canary('check')] }
        config['Secrets'] = [{ Name: canary('secret'), ID: canary('secret-id') }]
        config['Annotations'] = { token: canary('annotation') }
        inspect['Args'] = [canary('args')]
        inspect['Path'] = canary('path')
        inspect['ExecIDs'] = [canary('exec')]
        row['Command'] = [canary('row-command')]
        hostConfig['LogConfig'] = { Path: canary('log'), Config: { token: canary('log-config') } }
        objectAt(inspect, 'State')['Health'] = { Status: 'unhealthy', Log: [{ Output: canary('health') }] }
        objectAt(inspect, 'State')['Error'] = canary('error')
        setLabels(draft, {
          'traefik.http.middlewares.auth.basicauth.users': `me:$apr1$${canary('label')}`,
          'org.opencontainers.image.source': `https://me:${canary('label-url')}@example.org/x?token=${canary('query')}`,
        })
        row['Image'] = `me:${canary('image')}@registry.example/x:latest`
        inspect['ImageName'] = `https://me:${canary('image-url')}@registry.example/x`
      }),
    )
    for (const [kind, said] of product.texts) expect([kind, said.match(/canary-[a-z-]+/g)]).toEqual([kind, null])
    expect(JSON.stringify(product.elements)).not.toContain('canary')
    expect(text(product, 'topology')).toContain('registry.example/x')
  })

  test('H53, P15 an image’s label io.podwire.ignore/privileged=ok', async () => {
    const key = 'io.podwire.ignore/privileged'
    const accept = (how: 'label' | 'image' | 'annotation') =>
      productOf(
        contentWith(draft => {
          draft.hostConfig['Privileged'] = true
          if (how === 'label') return setLabels(draft, { [key]: 'ok', 'io.podwire.ignore': 'privileged' })
          // Podman before 5 copies annotations of images: only what the command has counts.
          const asked = how === 'annotation' ? ['--annotation', `${key}=ok`] : []
          draft.config['Annotations'] = { [key]: 'ok' }
          draft.hostConfig['Annotations'] = { [key]: 'ok' }
          draft.config['CreateCommand'] = ['podman', 'run', ...asked, '--privileged', 'localhost/busybox']
        }),
      )
    for (const how of ['label', 'image'] as const) {
      const product = await accept(how)
      const [found] = product.report.findings.filter(one => one.ruleId === 'privileged')
      expect([how, found?.subject.name, found?.suppressed]).toEqual([how, 'subject', null])
    }
    // What is critical is not accepted even by who created it, and that is said.
    const { report } = await accept('annotation')
    expect(report.notExamined.join()).toContain(key)
  })

  test('H54 a reason with HTML, and one of 100 kB', async () => {
    const key = 'io.podwire.ignore/no-userns'
    const accept = (reason: string) =>
      productOf(
        contentWith(({ config, hostConfig }) => {
          config['Annotations'] = { [key]: reason }
          hostConfig['Annotations'] = { [key]: reason }
          config['CreateCommand'] = ['podman', 'run', '--annotation', `${key}=${reason}`, 'localhost/busybox']
        }),
      )
    const marked = await accept(MARKUP.replaceAll(';', ''))
    const reasons = marked.report.findings.flatMap(({ suppressed }) => suppressed?.reason ?? [])
    expect(reasons.every(reason => reason === MARKUP)).toBe(true)
    expectNoMarkup(marked)
    const long = await accept('x'.repeat(100_000))
    expect(text(long, 'findings').length).toBeLessThan(30_000)
    expect(long.report.findings.filter(({ suppressed }) => suppressed !== null)).toEqual([])
    expect(long.report.notExamined.join()).toContain(key)
  })

  test('the container that all this is about is the one that is examined', async () => {
    const product = await productOf(contentWith(({ hostConfig }) => void (hostConfig['Privileged'] = true)))
    expect(SUBJECT).toBe(containerId(1))
    expect(rulesAgainst(product, SUBJECT)).toContain('privileged')
  })
})
