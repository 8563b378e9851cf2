/** Reads the table of promises, and the titles of tests in a source. */

export interface Promised {
  number: number
  sentence: string
  tests: { file: string /** From the outermost group to the test. */; path: string[] }[]
}

/** Rows "| P1 | sentence | place | `file`: group › test<br>… |" of a document. */
export function promisesIn(document: string): Promised[] {
  return document.split('\n').flatMap(line => {
    const [, number, sentence = '', , shown = ''] = line.split(/\s*\|\s*/)
    const digits = /^P(\d+)$/.exec(number ?? '')?.[1]
    if (digits === undefined) return []
    const tests = shown.split('<br>').map(entry => {
      const [, file = entry, path = ''] = /^`([^`]+)`: (.+)$/.exec(entry.trim()) ?? []
      return { file, path: path.split(' › ') }
    })
    return [{ number: Number(digits), sentence, tests }]
  })
}

/** A call of describe, test or it, with what may stand between the name and the title: nothing, conditions, tables. */
const CALL = /\b(?:describe|test|it)((?:\.\w+)*)(?=\s*\()/g

/** Titles of groups and tests that are run, in the order in which they stand. */
export function titlesIn(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  return [...code.matchAll(CALL)].flatMap(({ 0: call, 1: how = '', index }) => {
    if (/\.(skip|todo|fails)\b/.test(how)) return []
    const first = index + call.length
    // .each(table)(title), .skipIf(condition)(title), .for(table)(title)
    const at = /\.(each|for|skipIf|runIf)$/.test(how) ? closing(code, first) : first
    const title = /^\s*\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/.exec(code.slice(at))
    return title === null ? [] : [title[1] ?? title[2] ?? title[3] ?? '']
  })
}

/** The place behind the bracket that closes the one that opens at or after `from`; texts are stepped over. */
function closing(code: string, from: number): number {
  let depth = 0
  const marks = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|[()]/g
  marks.lastIndex = from
  for (let mark = marks.exec(code); mark !== null; mark = marks.exec(code)) {
    if (mark[0] === '(') depth += 1
    else if (mark[0] === ')') depth -= 1
    if (depth === 0 && mark[0] === ')') return marks.lastIndex
  }
  return code.length
}
