/** `npm run bench [NAME…]`: measures, prints, asserts nothing; at the end what was promised beside what came out. */
import { run as firstSnapshot } from './first-snapshot'
import { run as layout } from './layout'
import { run as load } from './load'
import { run as model } from './model'
import { run as paint } from './paint'
import { run as pixels } from './pixels'
import { run as refresh } from './refresh'
import { type Budget, printBudgets } from './table'
import { run as weight } from './weight'

const BENCHES: Readonly<Record<string, () => Promise<readonly Budget[] | void>>> = {
  model,
  layout,
  'first-snapshot': firstSnapshot,
  refresh,
  load,
  pixels,
  weight,
  paint,
}

async function main(names: readonly string[]): Promise<void> {
  const budgets: Budget[] = []
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
    if (bench === undefined) throw new Error(`no bench ${name}; there are ${Object.keys(BENCHES).join(', ')}`)
    budgets.push(...((await bench()) ?? []))
  }
  if (budgets.length > 0) printBudgets(budgets)
}

await main(process.argv.slice(2))
