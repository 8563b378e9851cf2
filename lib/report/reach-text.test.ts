import { expect, test } from 'vitest'
import { createReach, type Reach } from '@/lib/reach/reach'
import { parseReachRef, type ReachRef } from '@/lib/reach/refs'
import { pairWithStop } from '@/lib/reach/stop'
import { modelOfRecording } from '@/tests/recordings/model'
import { pairText, rowText, verdictOf } from './reach-text'
import { plain } from './style'
import { HOSTILE, OBEYED } from './testing'
import { widthOf } from './text'

const { host, facts } = await modelOfRecording('podman-5.4.2')
const reach: Reach = createReach({ host, facts })
const page = { width: 80, paint: plain }

const ref = (text: string): ReachRef => {
  const parsed = parseReachRef(text)
  if (parsed === null) throw new Error(text)
  return parsed
}
const pair = (from: string, to: string) => {
  const found = pairWithStop(reach, ref(from), ref(to))
  if (found === null) throw new Error(`${from} ${to}`)
  return found
}
const row = (from: string) => {
  const found = reach.row(ref(from))
  if (found === null) throw new Error(from)
  return found
}

test('the verdict comes first, then each way with its reasons, then the hops', () => {
  expect(
    pairText(pair('neighbour:eth0', 'container:web2'), { ...page, width: 200 })
      .split('\n')
      .slice(0, 5),
  ).toEqual([
    'neighbour:eth0 → container:web2  reachable',
    '  blocked    any port it listens on, at its own addresses',
    '             - a neighbour has no route to frontend; one that routes there by this host gets through',
    '  reachable  published port *:7000-7010/tcp',
    '             - the host passes every address, ports 7000-7010, on to it',
  ])
  expect(pairText(pair('neighbour:eth0', 'container:web2'), page)).toContain(
    'Way  neighbour:eth0 → host podman-5.4.2 → port *:7000/tcp → network frontend →\n     web2',
  )
})

test('what is stopped says where', () => {
  const text = pairText(pair('container:web2', 'container:db'), page)
  expect(text.split('\n')[0]).toBe('container:web2 → container:db  blocked')
  expect(text).toContain('Stops at  network backend\n')
})

test('one open way is enough, and one that is not known leaves it open', () => {
  const way = (verdict: 'reachable' | 'blocked' | 'unknown') => ({ to: 'host', verdict, because: [] })
  const of = (...verdicts: ('reachable' | 'blocked' | 'unknown')[]) =>
    verdictOf({ from: 'host', direct: verdicts.map(way), published: [] })
  expect([of('blocked', 'reachable', 'unknown'), of('blocked', 'unknown'), of('blocked'), of()]).toEqual([
    'reachable',
    'unknown',
    'blocked',
    'blocked',
  ])
})

test('a row has a line for each end and each series of doors, reached ones first', () => {
  const lines = rowText(row('container:web2'), host, page).split('\n')
  expect(lines[0]).toBe('What container:web2 reaches')
  expect(lines.filter(line => /-infra/.test(line))).toEqual([])
  expect(lines.filter(line => /^ {2}db +blocked/.test(line))).toHaveLength(1)
  expect(lines.filter(line => /^ {2}web2 +\*:7000-7010\/tcp +blocked/.test(line))).toHaveLength(1)
  expect(lines.filter(line => /^ {2}pod shop +\*:9090\/tcp +reachable/.test(line))).toHaveLength(1)
  expect(lines.findLastIndex(line => /^ {2}\S+ +reachable/.test(line))).toBeGreaterThan(0)
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(80)
})

test('names move no cursor', () => {
  const odd = {
    from: `container:${HOSTILE}`,
    direct: [{ to: `container:${HOSTILE}`, verdict: 'blocked', because: [HOSTILE] }],
    published: [],
  } as const
  const mutable = { ...odd, direct: odd.direct.map(one => ({ ...one, because: [...one.because] })), published: [] }
  const hop = { kind: 'network', id: 'x', label: HOSTILE } as const
  expect(rowText(mutable, host, page)).not.toMatch(OBEYED)
  expect(
    pairText({ ...mutable, hops: [hop, { ...hop, label: 'b' }], stop: { ...hop, because: [HOSTILE] } }, page),
  ).not.toMatch(OBEYED)
})
