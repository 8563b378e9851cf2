/** The table of steps. Each check counts as one test; test runners count their own. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isInstalled, olderThan } from '../../bin/preparation.mjs'
import { bin, OUTPUT, ROOT, shell } from './shell.mjs'
import { chromium, mayUnshare, provide } from './system.mjs'

const PASSED = { passed: 1, failed: 0, skipped: 0 }
const failed = output => ({ passed: 0, failed: 1, skipped: 0, output })
const skipped = note => ({ passed: 0, failed: 0, skipped: 1, note })
/** What is only there for other steps counts as nothing while it works. */
const provided = note => ({ passed: 0, failed: 0, skipped: 0, note })

/** A command that is right when it ends with 0. */
const check =
  (name, ...args) =>
  async () => {
    const { code, output } = await shell(bin(name), args)
    return code === 0 ? PASSED : failed(output)
  }

async function install() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const needed = engines.node.replace(/^[^\d]*/, '')
  if (olderThan(process.versions.node, needed))
    return failed(`this is Node ${process.versions.node}, and ${needed} or newer is needed`)
  if (isInstalled(ROOT)) return provided(`Node ${process.versions.node}`)
  const { code, output } = await shell('npm', ['ci', '--include=dev', '--loglevel=error'])
  return code === 0 ? provided('npm ci') : failed(output)
}

/** What `npm start` would build, and like there only when sources changed. */
async function build() {
  const { code, output } = await shell(process.execPath, [join('bin', 'start.mjs'), '--build'])
  return code === 0 ? PASSED : failed(output)
}

async function types() {
  // Next declares what its imports are in a file that it writes itself.
  if (!existsSync(join(ROOT, 'next-env.d.ts'))) await shell(bin('next'), ['typegen'])
  return check('tsc', '--noEmit')()
}

/** Tests that failed once and passed when they were run again: named in the step's line, for somebody to look at. */
const secondTimes = tests => tests.map(({ title }) => `only the second time: ${title}`).join(' · ')

const vitest = (name, ...args) =>
  runner(
    name,
    bin('vitest'),
    ['run', ...args, '--reporter=default', '--reporter=json'],
    file => [`--outputFile.json=${file}`],
    {},
    json => ({
      passed: json.numPassedTests,
      // A file or a setup that breaks leaves its tests out.
      failed: json.numFailedTests || (json.success ? 0 : 1),
      skipped: json.numPendingTests + json.numTodoTests,
      note: secondTimes(
        json.testResults
          .flatMap(file => file.assertionResults)
          .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0),
      ),
    }),
  )

/** Runs a test runner and reads the counts that it wrote. */
function runner(name, command, args, fileArgs, env, counts) {
  return async () => {
    const file = join(OUTPUT, `${name}.json`)
    writeFileSync(file, '')
    const variables = typeof env === 'function' ? env(file) : env
    const { code, output } = await shell(command, [...args, ...fileArgs(file)], variables)
    const text = readFileSync(file, 'utf8')
    if (text === '') return failed(output)
    const result = { ...counts(JSON.parse(text)), output }
    return code === 0 || result.failed > 0 ? result : { ...result, failed: 1 }
  }
}

const root = (suite, mayBeMissing) => async () => {
  const problem = (await provide('lab')) ?? (await mayUnshare())
  if (problem !== null) return failed(problem)
  const cache = process.env.PODWIRE_LAB_CACHE ?? join(homedir(), '.cache', 'podwire', 'lab')
  const { code, output } = await shell(join(ROOT, 'tests', 'lab', 'make-root.sh'), [suite, cache])
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  if (code === 0) return { ...PASSED, note: `Podman ${last}` }
  return code === 75 && mayBeMissing ? skipped(last) : failed(output)
}

/** Some of them have a network, or a view of the file system, of their own. */
const inNamespaces = name => async () => {
  const problem = (await provide('lab')) ?? (await mayUnshare())
  return problem === null ? vitest(name, '--config', `tests/${name}/vitest.config.ts`)() : failed(problem)
}

const lab = vitest('lab', '--config', 'tests/lab/vitest.config.ts')

const flaky = suites =>
  suites.flatMap(({ specs = [], suites = [] }) => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')),
    ...flaky(suites),
  ])

async function browser() {
  const problem = await provide('browser')
  if (problem !== null) return failed(problem)
  return runner(
    'browser',
    bin('playwright'),
    ['test', '--reporter=line,json'],
    () => [],
    file => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: file, PODWIRE_CHROMIUM: chromium() }),
    ({ stats, suites }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      note: secondTimes(flaky(suites)),
    }),
  )()
}

/** Everything needs what `install` provides. */
const step = (name, run, { needs = [], after = [], alone = false } = {}) => ({
  name,
  run,
  needs: name === 'install' ? [] : ['install', ...needs],
  after,
  alone,
})
/** The build writes declarations that these read. */
const reading = { after: ['build'] }

/** In the order in which they start. What measures times has the machine for itself. */
export const STEPS = [
  step('install', install, { alone: true }),
  step('build', build),
  step('root-bookworm', root('bookworm', false)),
  step('root-trixie', root('trixie', false)),
  step('root-experimental', root('experimental', true)),
  step('format', check('biome', 'format', '.')),
  step('knip', check('knip')),
  step('unit', vitest('unit')),
  step('types', types, reading),
  step('lint', check('oxlint', '--type-aware', '--deny-warnings'), reading),
  step('hostile', inNamespaces('hostile'), { needs: ['build'] }),
  step('faults', inNamespaces('faults'), { needs: ['build'] }),
  step('lab', lab, { needs: ['build', 'root-bookworm', 'root-trixie', 'root-experimental'], alone: true }),
  step('browser', browser, { needs: ['build', 'root-trixie'], alone: true }),
]
