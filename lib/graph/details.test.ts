import { expect, test } from 'vitest'
import { DETAIL, detailElements } from './details'
import { buildScene } from './scene'
import { findings, host, manyHost, network, topology } from './testing'
import { textWidth } from './text'

const sceneOf = (given: Parameters<typeof topology>[0]) => buildScene(topology(given), findings(), { aspect: 16 / 9 })
const NEAR = 3
const textsOf = (scene: ReturnType<typeof sceneOf>, kind: string) =>
  detailElements(scene, NEAR)
    .filter(({ data }) => data['ownerKind'] === kind)
    .map(({ data }) => String(data['text']))

test('from afar there are none', () => {
  const scene = sceneOf(manyHost(300, 40))
  expect(detailElements(scene, 1)).toEqual([])
  expect(detailElements(scene, DETAIL.readable / DETAIL.largest).length).toBeGreaterThan(20)
})

test('a chip says what it had no room for', () => {
  const placements = Array.from({ length: 20 }, (_, index) => ({ name: `c${index}`, on: ['front'] }))
  const scene = sceneOf(host([network('front')], placements))
  const drawn = new Set(scene.nodes.flatMap(({ texts }) => texts.map(({ text }) => text)))
  const said = textsOf(scene, 'container')
  expect(said).toHaveLength(20)
  for (const text of said) expect(drawn.has(text)).toBe(false)
})

test('what is folded is named, as far as there is room', () => {
  const scene = sceneOf(manyHost(300, 40))
  const folds = scene.nodes.filter(({ kind, also }) => kind === 'fold' && also.length > 0)
  const lists = folds.map(({ also }) => also.map(ref => ref.replace(/^\w+:/, '')).join(', '))
  const said = textsOf(scene, 'fold')
  expect(said.length).toBeGreaterThan(0)
  for (const text of said) expect(lists.some(list => list.startsWith(text.replace(/…?$/, '')))).toBe(true)
})

test.each([
  [5, 2],
  [30, 5],
  [90, 12],
  [300, 40],
])('they stand in their box, below its other texts: %i containers', (containers, networks) => {
  const given = manyHost(containers, networks)
  const scene = sceneOf(given)
  const byId = new Map(scene.nodes.map(node => [node.id, node]))
  for (const { data, position } of detailElements(scene, NEAR)) {
    const owner = byId.get(String(data['owner']))
    if (owner === undefined || position === undefined) throw new Error('a detail of nothing')
    const [width, height, size] = [Number(data['w']), Number(data['h']), Number(data['size'])]
    expect(size).toBeGreaterThanOrEqual(DETAIL.smallest)
    expect(position.x - width / 2).toBeGreaterThanOrEqual(owner.x)
    expect(position.x + width / 2).toBeLessThanOrEqual(owner.x + owner.width)
    expect(position.y + height / 2).toBeLessThanOrEqual(owner.y + owner.height)
    expect(textWidth(String(data['text']), size)).toBeLessThanOrEqual(width + 0.01)
    for (const text of owner.texts)
      expect(text.y + (text.height + text.size) / 2).toBeLessThanOrEqual(position.y - height / 2 + 0.01)
  }
})
