/** The stylesheet and the canvas cannot share variables: this holds the one to the table of the other. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SURFACES, type Theme } from '@/lib/graph/appearance'
import { SEVERITY_SIGNS, STATE_SIGNS } from '@/lib/graph/signs'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)/g)].map(([, name, light, dark]) => [
    name,
    { light, dark },
  ]),
)
const both = (pick: (theme: Theme) => string) => ({ light: pick('light'), dark: pick('dark') })

it.each(['canvas', 'ink', 'muted', 'accent'] as const)('%s is the same on the page and on the canvas', name => {
  expect(tokens.get(name)).toEqual(both(theme => SURFACES[theme][name]))
})

it.each(['critical', 'high', 'medium', 'low', 'info'] as const)('%s has the colour of its sign', name => {
  expect(tokens.get(name)).toEqual(SEVERITY_SIGNS[name].colour)
})

it('good is what runs', () => {
  expect(tokens.get('good')).toEqual(STATE_SIGNS.running.colour)
})
