import { describe, expect, test } from 'vitest'
import type { Change } from '@/lib/client/changes'
import { textWidth } from '@/lib/graph/text'
import { host } from '@/lib/graph/testing'
import { frameOf } from './frame'
import { fill, fillSentences, wrap } from './lines'
import { dealBoxes, packChips, sizeClass, stretched } from './packing'
import { placeChanges, tickerOf } from './ticker'
import { hostsShown, parseWallUrl } from './url'
import { en } from './words/en'

describe('the link', () => {
  test('says everything, and what it leaves out has a sensible value', () => {
    expect(parseWallUrl('?host=nas&theme=light&rotate=60&lang=es')).toEqual({
      host: 'nas',
      theme: 'light',
      rotate: 60,
      lang: 'es',
    })
    expect(parseWallUrl('')).toEqual({ host: null, theme: 'dark', rotate: 30, lang: null })
  })

  test.each([
    ['0', 0],
    ['-1', 0],
    ['1', 5],
    ['x', 30],
    ['', 30],
    ['1e9', 86_400],
  ])('rotate=%s is %i seconds', (text, seconds) => expect(parseWallUrl(`?rotate=${text}`).rotate).toBe(seconds))

  test('a language of any name is no hole', () => {
    for (const lang of ['constructor', '__proto__']) expect(parseWallUrl(`?lang=${lang}`).lang).toBeNull()
    expect(parseWallUrl('?lang=EN-gb').lang).toBe('en')
  })

  test('hosts are named by id or name', () => {
    const hosts = [host([], [], { id: 'a', name: 'one' }), host([], [], { id: 'b', name: 'two' })]
    expect(hostsShown(hosts, null)).toHaveLength(2)
    expect(hostsShown(hosts, 'b').map(({ id }) => id)).toEqual(['b'])
    expect(hostsShown(hosts, 'one').map(({ id }) => id)).toEqual(['a'])
    expect(hostsShown(hosts, 'three')).toEqual([])
  })
})

describe('text', () => {
  test('breaks between words, and ends with dots when it must', () => {
    const width = textWidth('one two', 10)
    expect(wrap('one two three', 10, width, 2)).toMatchObject({ lines: ['one two', 'three'], whole: true })
    const cut = wrap('one two three four', 10, width, 2)
    expect(cut.whole).toBe(false)
    for (const line of cut.lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(width)
    expect(cut.lines.at(-1)).toMatch(/…$/)
  })

  test('keeps together what a no-break space joins', () => {
    expect(wrap('3 in\u00a0host', 10, textWidth('3 in', 10) + 1, 3).lines[0]).toBe('3')
  })

  test('is as large as it fits', () => {
    expect(fill('wide', { width: 1000, height: 1000 }, [30, 20, 10]).size).toBe(30)
    expect(fill('wide', { width: textWidth('wide', 20), height: 1000 }, [30, 20, 10]).size).toBe(20)
  })

  test('of prose whole sentences are kept', () => {
    const room = { width: textWidth('One is here. Two is', 10), height: 13 }
    expect(fillSentences('One is here. Two is there. Three.', room, [10]).lines).toEqual(['One is here.'])
  })
})

describe('packing', () => {
  test('chips take the fewest rows', () => {
    expect(packChips([10, 10, 10, 10], 22, 2, 5)).toMatchObject({ columns: 2, rows: 2 })
    expect(packChips([], 22, 2, 5).rows).toBe(0)
    expect(packChips([50], 22, 2, 5).cells).toEqual([{ column: 0, row: 0, span: 1 }])
  })

  test('cells that are narrow for a count leave no strip beside the others', () => {
    const grid = packChips([15, 15, 15, 6], 26, 1, 5)
    expect(grid).toMatchObject({ columns: 3, rows: 3 })
    expect(stretched(grid).cells.map(({ row, span }) => [row, span])).toEqual([
      [0, 3],
      [1, 3],
      [2, 2],
      [2, 1],
    ])
    const even = packChips([10, 10, 10], 22, 2, 5)
    expect(stretched(even)).toEqual(even)
  })

  test('boxes are dealt in turn, and only what does not fit is moved', () => {
    expect(dealBoxes([1, 1, 1, 1], 2, 10, 0)).toEqual([
      [0, 2],
      [1, 3],
    ])
    expect(dealBoxes([8, 1, 8, 1], 2, 10, 0)).toEqual([[0], [1, 3, 2]])
  })

  test('a size class holds at least its number, and has few members', () => {
    for (let count = 0; count < 500; count += 1) expect(sizeClass(count)).toBeGreaterThanOrEqual(count)
    expect(new Set(Array.from({ length: 500 }, (_, count) => sizeClass(count))).size).toBeLessThan(25)
  })
})

describe('the ticker', () => {
  const change = (number: number, over: Partial<Change> = {}): Change => ({
    number,
    at: `2026-11-22T10:${String(number).padStart(2, '0')}:00Z`,
    hostId: 'root',
    ref: { kind: 'container', name: 'web' },
    name: `web${number}`,
    detail: { what: 'appeared' },
    ...over,
  })
  const timeOf = (iso: string) => iso.slice(11, 16)
  const door = {
    hostIp: '',
    hostPort: 53,
    containerPort: 53,
    protocol: 'udp' as const,
    ownerId: '',
    scope: 'wildcard' as const,
    forwarded: 'yes' as const,
    because: '',
  }

  test('has the newest first, of this host, without what goes without saying', () => {
    const changes = [
      change(1),
      change(2, { hostId: 'other' }),
      change(3, { detail: { what: 'joined', network: 'app' } }),
      change(4),
    ]
    expect(tickerOf(changes, new Set(['root']), 10).map(({ number }) => number)).toEqual([4, 1])
    expect(tickerOf(changes, new Set(['root']), 1)).toHaveLength(1)
  })

  const finding = { what: 'finding', id: '1', ruleId: 'privileged', severity: 'high', was: null, title: 'x' } as const
  const together = (details: readonly Change['detail'][], name = 'late') =>
    details.map((detail, number) => change(number, { at: '2026-11-22T10:00:00Z', name, detail }))
  const told = (changes: readonly Change[]) =>
    tickerOf(changes, new Set(['root']), 10).map(({ detail }) => ('severity' in detail ? detail.severity : detail.what))

  test('of what happened together, has the worst and the open doors before what follows from them', () => {
    const changes = together([
      { what: 'appeared' },
      { what: 'opened', port: door, last: 53, to: 'late' },
      { ...finding, severity: 'medium' },
      finding,
    ])
    expect(told(changes)).toEqual(['high', 'opened', 'appeared', 'medium'])
  })

  test('of a container that is gone, says only that', () => {
    const gone = together([
      { what: 'state', was: 'running', is: 'exited' },
      { what: 'vanished' },
      { what: 'closed', port: door, last: 53, to: 'late' },
      { ...finding, what: 'cleared' },
    ])
    expect(told(gone)).toEqual(['vanished'])
    expect(told([...gone, ...together([{ ...finding, what: 'cleared' }], 'other')])).toEqual(['vanished', 'high'])
  })

  test.each([
    [1920, 1080],
    [2560, 1080],
    [1080, 1920],
    [1280, 720],
  ])('fits its place on %i × %i', (width, height) => {
    const frame = frameOf(width, height)
    const long = change(99, { name: 'x'.repeat(200) })
    const shown = tickerOf([...Array.from({ length: 60 }, (_, index) => change(index)), long], new Set(['root']), 60)
    const placed = placeChanges(frame, shown, 'Changes', en, timeOf)
    expect(placed.length).toBeGreaterThan(1)
    expect(placed[0]?.number).toBe(99)
    for (const { x, y, width: w, height: h, lines, size, timeWidth } of placed) {
      expect(x + w).toBeLessThanOrEqual(frame.changes.x + frame.changes.width + 0.01)
      expect(y + h).toBeLessThanOrEqual(frame.changes.y + frame.changes.height + 0.01)
      for (const line of lines) expect(timeWidth + textWidth(line, size)).toBeLessThanOrEqual(w + 0.01)
      expect(size).toBeGreaterThanOrEqual(24)
    }
  })

  test('every kind of change has words', () => {
    const words = (detail: Change['detail'], over: Partial<Change> = {}) => {
      const [one] = tickerOf([change(1, { detail, ...over })], new Set(['root']), 1)
      return one && en.change(one)
    }
    expect(words({ what: 'opened', port: door, last: 55, to: 'dns' })).toBe('Port 53–55/udp opened to dns')
    expect(words({ what: 'closed', port: door, last: 53, to: 'dns' })).toBe('Port 53/udp to dns closed')
    expect(words({ what: 'state', was: 'running', is: 'exited' })).toBe('web1 is exited')
    expect(words({ what: 'vanished' }, { ref: { kind: 'network', name: 'app' }, name: 'app' })).toBe(
      'Network app is gone',
    )
    expect(words({ ...finding, title: 'Privileged' })).toBe('High: Privileged (web1)')
  })
})
