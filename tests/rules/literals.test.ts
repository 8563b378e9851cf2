/** What the page says stands in the catalogue, where another language can say it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './lint'
import { literalsIn } from './literals'

test('words in components are found, and code is not taken for words', () => {
  const found = literalsIn(`
    /** <p>Said in a comment</p> */
    const KINDS: Record<string, string> = {}
    const isMore = (a: number): boolean => a > 1 && a < 3
    export const Some = ({ name }: { name: string }) => (
      <section aria-label="Who reaches whom" className="text-muted">
        {/* a comment */}
        <h2 title={words.title}>Findings of {name}</h2>
        {name} is gone <b>{words.bold}</b> // not this
        <p>
          Two lines
          of text
        </p>
        <Fact name="DNS">{name}</Fact>
        <Fact name="Subnets">{name}</Fact>
        <Sign name="unknown" />
      </section>
    )
  `)
  expect(found).toEqual(['Who reaches whom', 'Subnets', 'Findings of', 'is gone', 'Two lines of text'])
})

test('no component says anything of its own', () => {
  const files = ['components', 'app'].flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.tsx') && !path.endsWith('.test.tsx'))
      .map(path => join(folder, path)),
  )
  expect(files.length).toBeGreaterThan(60)
  const found = files.flatMap(path =>
    literalsIn(readFileSync(join(ROOT, path), 'utf8')).map(text => `${path}: ${text}`),
  )
  expect(found).toEqual([])
})
