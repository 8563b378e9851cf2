import { expect, test } from 'vitest'
import { examine } from './engine'
import { groupFindings } from './grouping'
import { door, model } from './testing'

const many = Array.from({ length: 40 }, (_, at) => ({ name: `c${String(at).padStart(2, '0')}`, ports: [door()] }))
const containers = [...many, { name: 'dind', privileged: true }, { name: 'web', privileged: true, ports: [door()] }]
const { findings } = examine([model({ containers })])

test('one cause over forty containers is one group with its subjects, the worst cause first, a way to the host before all', () => {
  const groups = groupFindings(findings, 'cause')
  expect(groups.slice(0, 3).map(one => [one.key, one.title, one.findings.length])).toEqual([
    ['exposed-and-host-equivalent', 'From outside to the host in one step', 1],
    ['privileged', 'Privileged container', 1],
    ['published-all-interfaces', 'Published on every host address', 40],
  ])
  expect(groups[2]?.subjects).toEqual(many.map(one => one.name))
})

test('by subject all about one thing is together, worst first', () => {
  const groups = groupFindings(findings, 'subject')
  expect(groups[0]).toMatchObject({ title: 'web', subjects: ['web'] })
  expect(groups.find(one => one.title === 'c00')?.findings[0].ruleId).toBe('published-all-interfaces')
})

test('every finding is in one group, whatever their order', () => {
  for (const by of ['cause', 'subject'] as const) {
    const groups = groupFindings(findings.toReversed(), by)
    expect(
      groups
        .flatMap(one => one.findings)
        .map(one => one.id)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(findings.map(one => one.id).toSorted((a, b) => a.localeCompare(b)))
    expect(new Set(groups.map(one => one.key)).size).toBe(groups.length)
  }
})

test('equal subjects of two hosts are two', () => {
  const two = examine([model({ containers, host: { id: 'a' } }), model({ containers, host: { id: 'b' } })]).findings
  expect(groupFindings(two, 'subject')).toHaveLength(2 * groupFindings(findings, 'subject').length)
  expect(groupFindings(two, 'cause')).toHaveLength(groupFindings(findings, 'cause').length)
})
