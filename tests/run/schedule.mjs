/** Runs steps side by side as far as they allow, and prints one line for each. */
import { cpus } from 'node:os'

/** How many may run at once; one that wants the machine for itself (`alone`) gets it. */
const SLOTS = Math.max(1, Math.min(4, cpus().length))
const TAIL = 60

/**
 * A step is { name, needs: names, after: names, alone: boolean, run(): Promise<Result> }, where
 * Result is { passed, failed, skipped, note?: string, output?: string }; output is shown when something failed.
 * A step of which a need failed is not run, and counts as skipped; what it comes `after` may fail.
 */
export async function runAll(steps) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  const done = new Map()
  const waiting = [...steps]
  const running = new Map()
  while (waiting.length > 0 || running.size > 0) {
    for (const step of waiting.slice()) {
      const busy = running.size >= SLOTS || [...running.values()].some(other => other.step.alone)
      if (busy || (step.alone && running.size > 0)) break
      const isPending = name => steps.some(one => one.name === name) && !done.has(name)
      if ([...step.needs, ...step.after].some(isPending)) {
        if (step.alone) break
        continue
      }
      waiting.splice(waiting.indexOf(step), 1)
      running.set(step.name, { step, ends: runOne(step, done).then(result => ({ step, result })) })
    }
    const { step, result } = await Promise.race([...running.values()].map(one => one.ends))
    running.delete(step.name)
    done.set(step.name, result)
    for (const key of Object.keys(total)) total[key] += result[key]
  }
  return total
}

async function runOne(step, done) {
  const start = performance.now()
  const broken = step.needs.filter(need => done.get(need)?.failed > 0)
  const result =
    broken.length > 0
      ? { passed: 0, failed: 0, skipped: 1, note: `not run, for ${broken.join(' and ')} failed` }
      : await step.run().catch(error => ({ passed: 0, failed: 1, skipped: 0, output: error.stack }))
  report(step.name, result, (performance.now() - start) / 1000)
  return result
}

function report(name, { passed, failed, skipped, note = '', output = '' }, seconds) {
  const sign = failed > 0 ? '✗' : passed === 0 ? '–' : '✓'
  const counts = [
    passed > 0 && `${passed} passed`,
    failed > 0 && `${failed} failed`,
    skipped > 0 && `${skipped} skipped`,
  ].filter(Boolean)
  const words = [counts.join(', '), note].filter(Boolean).join(' · ')
  console.log(`${sign} ${name.padEnd(18)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${words}`)
  if (failed > 0) for (const line of output.trimEnd().split('\n').slice(-TAIL)) console.log(`    ${line}`)
}
