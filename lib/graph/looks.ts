/**
 * What the rules of the stylesheet come to for an element, without Cytoscape: it works a style out a hundred times slower,
 * because it keeps it ready for change, and a picture in a file never changes. Only the few kinds of selectors that
 * style.ts uses are known here; a new one throws, and looks.test.ts compares with Cytoscape itself.
 */
import type { StylesheetJson } from 'cytoscape'
import type { GraphElement } from './elements'

type Data = Readonly<Record<string, unknown>>
type Test = (data: Data, classes: ReadonlySet<string>) => boolean

interface Rule {
  group: GraphElement['group'] | 'both'
  tests: readonly Test[]
  style: Readonly<Record<string, unknown>>
}

/** The value of a property, as the stylesheet gives it; undefined where no rule says anything. */
export type Look = (property: string) => unknown

const quoted = (text: string): string => text.slice(1, -1)

/** `?live`, `!live`, `hostId`, `kind = "door"`, `variant ^= "dead"`, `size <= 9.5` */
function dataTest(condition: string): Test {
  const [, sign = '', name = '', operator, value = ''] = /^([?!]?)(\w+)(?: ([\^*<]?=) (.+))?$/.exec(condition) ?? []
  switch (`${sign}${operator ?? ''}`) {
    case '?':
      return data => Boolean(data[name])
    case '!':
      return data => !data[name]
    case '':
      if (name !== '') return data => data[name] !== undefined
      break
    case '=':
      return data => data[name] === quoted(value)
    case '^=':
      return data => String(data[name]).startsWith(quoted(value))
    case '*=':
      return data => String(data[name]).includes(quoted(value))
    case '<=':
      return data => Number(data[name]) <= Number(value)
  }
  throw new Error(`a condition that is not known here: ${condition}`)
}

const NEVER: Test = () => false
const GROUPS = { node: 'nodes', edge: 'edges', '': 'both' } as const

function ruleOf(selector: string, style: Rule['style']): Rule | null {
  if (selector === 'core') return null
  const [, kind, rest = ''] = /^(node|edge|)((?:\[[^\]]*\]|\.[\w-]+|:active)*)$/.exec(selector) ?? []
  if (kind !== 'node' && kind !== 'edge' && kind !== '')
    throw new Error(`a selector that is not known here: ${selector}`)
  const tests = [...rest.matchAll(/\[([^\]]*)\]|\.([\w-]+)|(:active)/g)].map(([, condition, name]): Test => {
    if (condition !== undefined) return dataTest(condition)
    // Nobody's finger is on a picture in a file.
    return name === undefined ? NEVER : (_, classes) => classes.has(name)
  })
  return { group: GROUPS[kind], tests, style }
}

const rulesOf = (sheet: StylesheetJson): Rule[] =>
  sheet.flatMap(each => {
    const style = 'style' in each ? each.style : {}
    return each.selector
      .split(', ')
      .map(selector => ruleOf(selector, { ...style }))
      .filter(rule => rule !== null)
  })

/** Works out looks by the rules of `sheet`, the last that says something about a property first. */
export function looksBy(sheet: StylesheetJson): (element: GraphElement, classes: ReadonlySet<string>) => Look {
  const rules = rulesOf(sheet)
  return ({ group, data }, classes) => {
    const told: Record<string, unknown> = {}
    for (const rule of rules)
      if ((rule.group === 'both' || rule.group === group) && rule.tests.every(test => test(data, classes)))
        Object.assign(told, rule.style)
    const asked = { data: (name: string): unknown => data[name] }
    return property => {
      const value = told[property]
      if (typeof value === 'function') return Reflect.apply(value, null, [asked])
      if (typeof value !== 'string' || !value.startsWith('data(')) return value
      return data[value.slice('data('.length, -1)]
    }
  }
}
