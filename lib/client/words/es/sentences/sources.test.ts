/** Every sentence that stands in the source of what judges has Spanish, whether a recording makes it be said or not. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { translate } from '../../translate'
import { sentences } from '.'

const lib = new URL('../../../../../lib/', import.meta.url).pathname
/** Of the command line, the configuration file and the program itself; and commands that mend. */
const OTHER_TEXTS = new Set([
  'exceptions.ts',
  'docs.ts',
  'references.ts',
  'testing.ts',
  'arbitrary.ts',
  'index.ts',
  'fix.ts',
  'parse.ts',
  'patch.ts',
  'recording.ts',
  'fake-engine.ts',
])
/** Comments of commands, names of fields and options, evidence, and errors of the program itself. */
const NOT_SAID = [
  /^[#[]|^(?:change the network of|, which it shares|as root, until|when nothing is on it|podman |systemctl )/,
  /^(?:HostConfig|Ports host port|not internal|the name of a network, or|decided later|not that|without members)/,
  /^(?:nft and iptables|\/sys\/class\/net and getifaddrs|too many|no file|Not loaded)$/,
  /^(?:host, container:NAME|best\(\)|agreed\(\)|[A-Z_ ]+$)/,
]

const sources = ['exposure', 'exposure/rules', 'reach', 'topology', 'whatif', 'probe', 'collector'].flatMap(folder =>
  readdirSync(`${lib}${folder}`)
    .filter(name => /(?<!\.test)\.ts$/.test(name) && !OTHER_TEXTS.has(name))
    .map(name => `${folder}/${name}`),
)

/** Literals of a source, those of templates cut at their values; comments and regular expressions are skipped as far as they matter. */
function textsIn(source: string): string[] {
  const texts: string[] = []
  const token = /\/\*[\s\S]*?\*\/|\/\/.*|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|[`{}]|\/(?:[^/\\\n ]|\\.)+\//g
  /** Open braces: true = of a value within a template. */
  const braces: boolean[] = []
  let match: RegExpExecArray | null
  const template = (from: number): void => {
    const end = /\$\{|`/g
    end.lastIndex = from
    const stop = end.exec(source)
    if (stop === null) return
    texts.push(source.slice(from, stop.index))
    token.lastIndex = end.lastIndex
    if (stop[0] === '${') braces.push(true)
  }
  while ((match = token.exec(source)) !== null) {
    const [text, single, double] = match
    if (single !== undefined || double !== undefined) texts.push(single ?? double ?? '')
    else if (text === '`') template(token.lastIndex)
    else if (text === '{') braces.push(false)
    else if (text === '}' && braces.pop() === true) template(token.lastIndex)
  }
  return texts
}

test('literals are found within templates within templates', () => {
  expect(textsIn("f(`a ${g('b c', `d ${e} f`)} h`) // 'i'\n + { j: \"k's\" }")).toEqual([
    'a ',
    'b c',
    'd ',
    ' f',
    ' h',
    "k's",
  ])
})

/** What a rule says of itself is no message. */
const withoutMeta = (source: string): string => source.replace(/: Rule = \{[\s\S]*?\n {2}examine/, ' = { examine')

const known = [...sentences.tables.values()]
  .flat()
  .map(({ items }) => items.map(item => (typeof item === 'string' ? item : '\0')).join(''))
  .join('\n')
  .toLowerCase()

const isKnown = (text: string): boolean =>
  known.includes(text.replace(/^[\s.,:;()]+|[\s.,:;(]+$/g, '').toLowerCase()) ||
  translate(sentences, text).every(({ lang }) => lang === null)

test.each(sources)('%s', name => {
  const texts = textsIn(withoutMeta(readFileSync(`${lib}${name}`, 'utf8'))).flatMap(text => text.split(/(?<=\.) /))
  const said = texts.filter(text => /\p{L}{2,} \p{L}{2,}/u.test(text) && !NOT_SAID.some(pattern => pattern.test(text)))
  expect(said.filter(text => !isKnown(text))).toEqual([])
})

test.each([
  ['outside', 'fuera'],
  [
    '--privileged and the engine socket /run/podman/podman.sock',
    '--privileged y el socket del motor /run/podman/podman.sock',
  ],
  ['CAP_SYS_ADMIN, CAP_BPF', 'CAP_SYS_ADMIN, CAP_BPF'],
  ['EOF', null],
])('a step on a way: %s', (label, spanish) => {
  expect(translate(sentences, label)).toEqual([
    spanish === null ? { text: label, lang: 'en' } : { text: spanish, lang: null },
  ])
})
