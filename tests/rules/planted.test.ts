/** Plants a breach of every rule, and sees it refused; and next to it what is right, and sees it accepted. */
import { beforeAll, describe, expect, test } from 'vitest'
import { FOLDERS, LAYERS } from './layers'
import { lint } from './lint'

interface Plant {
  what: string
  path: string
  text: string
  /** The rule that must refuse it; null when it must be accepted. */
  rule: string | null
}

const plants: Plant[] = []
const plant = (what: string, folder: string, text: string, rule: string | null, suffix = 'ts') =>
  plants.push({ what: `${folder}: ${what}`, path: `${folder}/planted-${plants.length}.${suffix}`, text, rule })

const IMPORTS = 'no-restricted-imports'
const imports = (from: string) => `import { thing } from '${from}'\n\nexport const use = thing\n`
const importsType = (from: string) => `import type { Thing } from '${from}'\n\nexport type Use = Thing\n`

for (const folder of FOLDERS) {
  const { uses, typesOf, pure } = LAYERS[folder]
  const lib = `lib/${folder}`
  for (const other of FOLDERS.filter(one => one !== folder)) {
    const from = `@/lib/${other}/types`
    if (uses.includes(other)) plant(`may use ${other}`, lib, imports(from), null)
    else plant(`must not use ${other}`, lib, imports(from), IMPORTS)
    if (typesOf.includes(other)) plant(`may use types of ${other}`, lib, importsType(from), null)
    else if (!uses.includes(other)) plant(`must not use types of ${other}`, lib, importsType(from), IMPORTS)
    plant(`must not step over to ${other}`, lib, imports(`../${other}/types`), IMPORTS)
  }
  for (const above of ['app/page', 'tests/lab/host', ...(folder === 'server' ? [] : ['bin/server'])])
    plant(`must not use ${above}`, lib, imports(`@/${above}`), IMPORTS)
  if (folder !== 'client') plant('must not use components', lib, imports('@/components/ui/Button'), IMPORTS)
  plant('may use its own', lib, imports('./other'), null)
  if (folder !== 'client')
    for (const name of [
      'react',
      'react-dom/client',
      'next/link',
      'zustand',
      ...(folder === 'graph' ? [] : ['cytoscape']),
    ])
      plant(`must not use ${name}`, lib, imports(name), IMPORTS)
  if (pure || folder === 'client')
    for (const name of ['node:fs', 'undici', 'zod', 'pino']) plant(`must not use ${name}`, lib, imports(name), IMPORTS)
  if (pure)
    for (const [what, text] of Object.entries({
      'the clock': 'export const now = () => new Date()\n',
      'a stopwatch': 'export const now = () => performance.now()\n',
      timers: 'export const later = (f: () => void) => setTimeout(f, 1)\n',
      'the network': "export const get = async () => fetch('/')\n",
      'the document': 'export const title = () => document.title\n',
      'the window': 'export const width = () => window.innerWidth\n',
      'the process': 'export const args = () => process.argv\n',
    }))
      plant(`must not know ${what}`, lib, text, 'no-restricted-globals')
  if (pure) plant('must not throw dice', lib, 'export const dice = () => Math.random()\n', 'no-restricted-properties')
}

for (const other of ['podman', 'probe', 'collector', 'server']) {
  plant(`must not use ${other}`, 'components/graph', imports(`@/lib/${other}/types`), IMPORTS, 'tsx')
  plant(`may use types of ${other}`, 'components/graph', importsType(`@/lib/${other}/types`), null, 'tsx')
}
plant('may use the picture', 'components/graph', imports('@/lib/graph/types'), null)
plant('must not use routes', 'components/graph', imports('@/app/page'), IMPORTS)
plant('must not know data', 'components/ui', imports('@/lib/topology/types'), IMPORTS)
plant('must not know what shows data', 'components/ui', imports('@/components/inspector/Inspector'), IMPORTS)
plant('must not use the picture', 'app/api/v1/planted', imports('@/lib/graph/types'), IMPORTS)
plant('must not use components', 'app/api/v1/planted', imports('@/components/ui/Button'), IMPORTS)
plant('must not read files itself', 'app/api/v1/planted', imports('node:fs'), IMPORTS)
plant('must not ask engines itself', 'app/api/v1/planted', imports('undici'), IMPORTS)
plant('may use the server', 'app/api/v1/planted', imports('@/lib/server/types'), null)

const html = 'export const write = (e: Element, text: string) => {\n  e.innerHTML = text\n}\n'
plant('must not write HTML', 'components/graph', html, 'no-restricted-properties')
plant('must not write HTML', 'lib/topology', html, 'no-restricted-properties')
const danger = 'export const Html = ({ text }: { text: string }) => <p dangerouslySetInnerHTML={{ __html: text }} />\n'
plant('must not write HTML', 'components/graph', danger, 'no-danger', 'tsx')
plant('must not write HTML', 'lib/export', html.replace('innerHTML', 'outerHTML'), 'no-restricted-properties')
plant('must not use any', 'lib/server', 'export const x = (y: any): number => y\n', 'no-explicit-any')
plant('must not use !', 'lib/server', 'export const x = (y: string[]): string => y[0]!\n', 'no-non-null-assertion')
plant(
  'must not assert',
  'lib/server',
  'export const x = (y: unknown): string => y as string\n',
  'no-unsafe-type-assertion',
)
plant('must not export by default', 'lib/server', 'export default 1\n', 'no-default-export')
plant('must not print', 'lib/server', "console.log('hello')\n", 'no-console')
plant(
  'must not forget a promise',
  'lib/server',
  'const f = async () => 1\nexport const g = () => {\n  f()\n}\n',
  'no-floating-promises',
)
plant(
  'must not forget a case',
  'lib/server',
  "export const f = (x: 'a' | 'b') => {\n  switch (x) {\n    case 'a':\n      return 1\n  }\n  return 2\n}\n",
  'switch-exhaustiveness-check',
)
plants.push(
  {
    what: 'lib/server: must not go in circles',
    path: 'lib/server/round.ts',
    text: imports('./trip').replace('use', 'thing2'),
    rule: 'no-cycle',
  },
  {
    what: 'lib/server: must not go in circles',
    path: 'lib/server/trip.ts',
    text: "import { thing2 } from './round'\n\nexport const thing = () => thing2\n",
    rule: 'no-cycle',
  },
)

/** What the accepted ones import must be there. */
const there = Object.fromEntries(
  FOLDERS.flatMap(folder => [`lib/${folder}/types.ts`, `lib/${folder}/other.ts`]).map(path => [
    path,
    'export interface Thing {\n  name: string\n}\nexport const thing = 1\n',
  ]),
)

describe('the linter', () => {
  let broken: Map<string, string[]>
  beforeAll(async () => {
    broken = await lint({ ...there, ...Object.fromEntries(plants.map(({ path, text }) => [path, text])) })
  }, 120_000)

  test.each(plants)('$what', ({ path, rule }) => {
    const rules = broken.get(path) ?? []
    if (rule === null) expect(rules).toEqual([])
    else
      expect(
        rules.some(code => code.includes(`(${rule})`)),
        `refused by ${rules.join() || 'nothing'}`,
      ).toBe(true)
  })

  test('P8 HTML is written by nobody', () => {
    const writing = plants.filter(({ what }) => what.endsWith('must not write HTML'))
    const refused = writing.filter(({ path, rule }) => broken.get(path)?.some(code => code.includes(`(${rule})`)))
    expect([writing.length, refused]).toEqual([4, writing])
  })

  test('accepts what the planted files lean on', () => {
    expect(Object.keys(there).flatMap(path => broken.get(path) ?? [])).toEqual([])
  })
})
