/** Builders for tests. */
import { declareUnits } from './declare'
import type { DeclaredUnit, UnitSource } from './types'

const DIR = '/etc/containers/systemd'

/** A file in the admin's directory. Containers get an image where the text has none. */
export const source = (name: string, text: string, dropIns: Readonly<Record<string, string>> = {}): UnitSource => ({
  path: `${DIR}/${name}`,
  text,
  dropIns: Object.entries(dropIns).map(([file, body]) => ({ path: `${DIR}/${name}.d/${file}`, text: body })),
})

/** Files by name → what they declare, by name. */
export function declared(files: Readonly<Record<string, string>>, podman: string | null = null) {
  const units = declareUnits(
    Object.entries(files).map(([name, text]) => source(name, text)),
    { podman },
  )
  const byName = new Map(units.map(unit => [unit.name, unit]))
  return (name: string): DeclaredUnit => {
    const unit = byName.get(name)
    if (unit === undefined) throw new Error(`no unit ${name}`)
    return unit
  }
}

/** A container file with an image and these lines. */
export const containerFile = (...lines: string[]): string =>
  ['[Container]', 'Image=localhost/x', ...lines, ''].join('\n')
