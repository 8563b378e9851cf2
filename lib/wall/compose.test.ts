import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countThings } from '@/lib/client/counts'
import type { Severity } from '@/lib/exposure/types'
import { weightOf } from '@/lib/graph/marks'
import { textWidth } from '@/lib/graph/text'
import { anyHost, findings, host, manyHost, network, topology } from '@/lib/graph/testing'
import type { Host } from '@/lib/topology/types'
import { METRICS } from './boxes'
import { composeWall, type WallPicture } from './compose'
import { byUrgency } from './facts'
import { labelOf, type Rect } from './frame'
import type { Lines } from './lines'
import { en } from './words/en'

const SIZES = [
  [1920, 1080],
  [3840, 2160],
  [2560, 1080],
  [5120, 1440],
  [1080, 1920],
  [1280, 720],
  [390, 844],
] as const

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info']

/** Every third container has a finding. */
const marked = (one: Host) =>
  findings(
    ...one.containers.flatMap(({ id }, index) =>
      index % 3 === 0 ? [{ kind: 'container' as const, id, severity: SEVERITIES[index % 5] ?? 'low' }] : [],
    ),
  )

const compose = (one: Host, [width, height]: readonly [number, number], report = marked(one)): WallPicture =>
  composeWall({ host: one, hosts: [one], findings: report, width, height, texts: en })

const SLACK = 0.01
const inside = (outer: Rect, { x, y, width, height }: Rect): boolean =>
  x >= outer.x - SLACK &&
  y >= outer.y - SLACK &&
  x + width <= outer.x + outer.width + SLACK &&
  y + height <= outer.y + outer.height + SLACK
const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width - SLACK &&
  b.x < a.x + a.width - SLACK &&
  a.y < b.y + b.height - SLACK &&
  b.y < a.y + a.height - SLACK

function overlapping<T extends Rect>(rects: readonly T[]): T[][] {
  return rects.flatMap((one, index) =>
    rects.slice(index + 1).flatMap(other => (overlap(one, other) ? [[one, other]] : [])),
  )
}

function expectSound(picture: WallPicture): void {
  const { frame, doors, boxes, count, worst, facts } = picture
  const { label } = frame
  expect(label).toBe(labelOf(frame.width, frame.height))
  const parts = [frame.count, frame.worst, frame.status, frame.doors, frame.boxes, frame.changes]
  const screen = { x: 0, y: 0, width: frame.width, height: frame.height }
  expect(parts.filter(part => !inside(screen, part) || part.width <= 0 || part.height <= 0)).toEqual([])
  expect(overlapping(parts)).toEqual([])

  expect(boxes.boxes.filter(box => !inside(frame.boxes, box))).toEqual([])
  expect(overlapping(boxes.boxes)).toEqual([])
  expect(doors.doors.filter(door => !inside(frame.doors, door))).toEqual([])
  expect(overlapping(doors.doors)).toEqual([])
  for (const box of boxes.boxes) {
    expect(box.chips.filter(chip => !inside(box, chip))).toEqual([])
    expect(overlapping(box.chips)).toEqual([])
    for (const { text, width, chip } of box.chips) {
      const least = (2 * METRICS.chipPad + (chip === null ? METRICS.sign : 2 * METRICS.sign)) * boxes.size
      expect(textWidth(text, boxes.size, chip === null) + least).toBeLessThanOrEqual(width + SLACK)
    }
  }

  // The smallest text on the screen is the label.
  for (const size of [boxes.size, doors.size, ...worst.counts.map(one => one.size)])
    expect(size).toBeGreaterThanOrEqual(label)
  const blocks: (Lines & { width: number })[] = [count.number, count.words, count.made, worst.title, worst.message]
  for (const { size, lines, bold, width } of blocks) {
    expect(size).toBeGreaterThanOrEqual(label)
    for (const line of lines) expect(textWidth(line, size, bold)).toBeLessThanOrEqual(width + SLACK)
  }

  // Nobody gets lost: what is not named is counted.
  const containers = boxes.boxes.reduce((sum, box) => sum + box.containers, 0)
  expect(containers).toBe(facts.containers)
  for (const box of boxes.boxes)
    if (box.chips.length > 0) expect(box.chips.reduce((sum, chip) => sum + chip.containers, 0)).toBe(box.containers)
  const hidden = Number(/\d+/.exec(doors.doors.find(({ door }) => door === null)?.port ?? '0')?.[0])
  expect(doors.doors.filter(({ door }) => door !== null).length + hidden).toBe(facts.doors.length)
}

describe('whatever a host looks like', { timeout: 120_000 }, () => {
  test.each(SIZES)('nothing overlaps, is cut, too small or lost on %i × %i', (...size) => {
    fc.assert(
      fc.property(anyHost('root'), one => expectSound(compose(one, size))),
      { numRuns: 25 },
    )
  })

  test.each([0, 1, 5, 30, 300, 500, 1000])('nor with %i containers', count => {
    for (const size of SIZES) expectSound(compose(manyHost(count, Math.max(1, Math.ceil(count / 8))), size))
  })

  test('the same host gives the same picture', () => {
    expect(compose(manyHost(300, 40), [1920, 1080])).toEqual(compose(structuredClone(manyHost(300, 40)), [1920, 1080]))
  })

  test('a screen of twice the pixels shows the same, twice as large', () => {
    const shape = ({ boxes }: WallPicture) =>
      boxes.boxes.map(({ title, chips }) => [title, chips.map(({ text }) => text)])
    expect(shape(compose(manyHost(60, 8), [3840, 2160]))).toEqual(shape(compose(manyHost(60, 8), [1920, 1080])))
  })
})

test('a count agrees with the number in the head of its box; visitors have a sign, and a number when they are all', () => {
  for (const size of SIZES)
    for (const { chips, containers } of compose(manyHost(300, 42), size).boxes.boxes) {
      const named = chips.reduce((sum, { chip }) => sum + (chip === null || chip.visits ? 0 : chip.containers), 0)
      for (const count of chips.filter(({ chip }) => chip === null)) {
        if (count.containers > 0) expect(count.text).toBe(`+${containers - named}`)
        else expect(count.visits).toBe(true)
      }
    }
})

test('what is left out is never worse than what is shown', () => {
  const { boxes, facts, doors } = compose(manyHost(500, 60), [1920, 1080])
  for (const { box, chips } of boxes.boxes) {
    if (box === null || chips.every(({ chip }) => chip !== null)) continue
    const shown = chips.flatMap(({ chip }) => chip ?? [])
    const hidden = box.chips.filter(chip => !shown.some(({ id }) => id === chip.id))
    for (const one of shown) for (const other of hidden) expect(byUrgency(one, other)).toBeLessThanOrEqual(0)
  }
  const named = boxes.boxes.flatMap(({ box }) => box ?? [])
  const left = facts.boxes.filter(box => !named.includes(box))
  expect(left.length).toBeGreaterThan(0)
  const least = Math.min(...named.map(({ mark }) => weightOf(mark)))
  for (const box of left) expect(weightOf(box.mark)).toBeLessThanOrEqual(least)
  const [last] = doors.doors.filter(({ door }) => door !== null).slice(-1)
  expect(weightOf(last?.mark ?? null)).toBeGreaterThanOrEqual(weightOf(facts.doors.at(-1)?.mark ?? null))
})

describe('stability', () => {
  const nets = Array.from({ length: 9 }, (_, index) => network(`net${index}`))
  const some = Array.from({ length: 27 }, (_, index) => ({ name: `web${index}`, on: [`net${index % 9}`] }))
  const places = ({ boxes }: WallPicture) => new Map(boxes.boxes.map(({ id, x, y }) => [id, { x, y }]))

  test.each(SIZES.slice(0, 5))('one container more moves only what stands below it, on %i × %i', (...size) => {
    const before = compose(host(nets, some), size, findings())
    let jumps = 0
    for (let index = 0; index < 9; index += 1) {
      const after = compose(host(nets, [...some, { name: 'zz', on: [`net${index}`] }]), size, findings())
      if (after.boxes.size !== before.boxes.size) {
        jumps += 1
        continue
      }
      const own = before.boxes.boxes.find(({ title }) => title === `net${index}`)
      const [old, now] = [places(before), places(after)]
      const moved = [...old].filter(([id, { x, y }]) => now.get(id)?.x !== x || now.get(id)?.y !== y)
      expect(moved.filter(([, { x, y }]) => x !== own?.x || y <= (own?.y ?? 0))).toEqual([])
    }
    // Seldom is the whole text made smaller for one.
    expect(jumps).toBeLessThanOrEqual(1)
  })

  test('a finding moves nothing', () => {
    const one = host(nets, some)
    const [before, after] = [compose(one, [1920, 1080], findings()), compose(one, [1920, 1080])]
    expect(places(after)).toEqual(places(before))
    const chips = ({ boxes }: WallPicture) => boxes.boxes.map(box => box.chips.map(({ x, y, text }) => [x, y, text]))
    expect(chips(after)).toEqual(chips(before))
  })
})

describe('the headline', () => {
  test('counts the doors that the page counts, and lists each', () => {
    fc.assert(
      fc.property(anyHost('root'), one => {
        const { facts } = compose(one, [1920, 1080])
        const { doors } = countThings(topology(one))
        expect(facts.doors).toHaveLength(doors.published + doors.listening)
      }),
      { numRuns: 25 },
    )
  })

  test('says that there may be more where listening ports are not known', () => {
    const one = host([network('app')], [{ name: 'web', on: ['app'], ports: [{ hostPort: 80 }] }])
    expect(compose(one, [1920, 1080]).count.number.lines).toEqual(['1+'])
    const seen = { ...one, namespaces: one.namespaces.map(each => ({ ...each, listeners: [] })) }
    expect(compose(seen, [1920, 1080]).count.number.lines).toEqual(['1'])
    expect(compose(seen, [1920, 1080]).count.words.lines.join(' ')).toBe('door to the outside')
  })

  test('tells the worst finding by its title and name; suppressed ones and other hosts do not count', () => {
    const one = host([network('app')], [{ name: 'web', on: ['app'] }])
    const report = findings(
      { kind: 'container', id: 'a', severity: 'high' },
      { kind: 'container', id: 'b', severity: 'critical' },
    )
    expect(compose(one, [1920, 1080], report).worst.title.lines).toEqual(['test: b'])
    const suppressed = {
      ...report,
      findings: report.findings.map(finding =>
        finding.severity === 'critical' ? { ...finding, suppressed: { by: 'x', reason: 'y', until: null } } : finding,
      ),
    }
    expect(compose(one, [1920, 1080], suppressed).worst.title.lines).toEqual(['test: a'])
    const elsewhere = { ...report, findings: report.findings.map(finding => ({ ...finding, hostId: 'other' })) }
    const { worst } = compose(one, [1920, 1080], elsewhere)
    expect(worst.title.lines).toEqual(['Nothing was found'])
    expect(worst.message.lines.join(' ')).toMatch(/not examined/)
  })
})
