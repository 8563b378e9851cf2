#!/usr/bin/env node
/**
 * What `npm test` runs: installs what is missing, then everything, two steps at a time. `npm test -- unit lint` runs only
 * the named steps and what they need. Plain JavaScript without imports from node_modules, because there may be none yet.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { namedReport } from './run/named.mjs'
import { runAll } from './run/schedule.mjs'
import { OUTPUT, ROOT } from './run/shell.mjs'
import { STEPS } from './run/steps.mjs'
import { remarks, timesReport } from './run/times.mjs'

const asked = process.argv.slice(2)
const names = STEPS.map(step => step.name)
const unknown = asked.filter(name => !names.includes(name))
if (unknown.length > 0) {
  console.error(`npm test: unknown step ${unknown.join(', ')}; there are ${names.join(', ')}`)
  process.exit(2)
}

/** The asked steps and what they need, in the order of the table. */
function select(wanted) {
  const chosen = new Set(wanted)
  for (const step of STEPS.toReversed()) if (chosen.has(step.name)) for (const need of step.needs) chosen.add(need)
  return STEPS.filter(step => chosen.has(step.name))
}

process.chdir(ROOT)
for (const file of ['times.jsonl', 'remarks.txt', ...names.map(name => `${name}.json`)])
  rmSync(join(OUTPUT, file), { force: true })
const total = await runAll(select(asked.length > 0 ? asked : names))
// Of a part of the tests it would say little.
const named = asked.length > 0 ? [] : namedReport(names)
for (const line of [...timesReport(), ...remarks(), ...named]) console.log(line)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(total.failed > 0 ? 1 : 0)
