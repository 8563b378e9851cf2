/** `npm run bench [NAME…]`: measures, prints, asserts nothing. */
import { run as firstSnapshot } from './first-snapshot'
import { run as layout } from './layout'
import { run as model } from './model'

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { model, layout, 'first-snapshot': firstSnapshot }

async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
    if (bench === undefined) throw new Error(`no bench ${name}; there are ${Object.keys(BENCHES).join(', ')}`)
    await bench()
  }
}

await main(process.argv.slice(2))
