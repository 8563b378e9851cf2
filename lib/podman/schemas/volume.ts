import * as z from 'zod'
import { cut, maxPath, withoutCredentials } from '../text'
import { or, parseRows, text } from '../tolerant'
import type { Listed, VolumeSummary } from '../types'
import { name } from './common'

/**
 * Mount flags that say how a volume is mounted. `o` also carries passwords ("username=me,password=secret" for cifs), so
 * only flags without a value are kept.
 */
const mountFlags = new Set(['bind', 'rbind', 'ro', 'rw', 'noexec', 'exec', 'nosuid', 'suid', 'nodev', 'dev'])

const flagsOf = (options: string): string =>
  options
    .split(',')
    .filter(flag => mountFlags.has(flag))
    .join(',')

const optional = or(z.string().max(maxPath), null)

/** What is kept of a volume's mount options. */
export const volumeOptions = or(z.object({ type: optional, o: optional, device: optional }), null).transform(given => {
  const kept: Record<string, string> = {}
  if (given?.type) kept['type'] = cut(given.type, 32)
  if (given?.o) kept['o'] = flagsOf(given.o)
  if (given?.device) kept['device'] = withoutCredentials(given.device)
  return kept
})

const row = z
  .object({ Name: name, Driver: or(text(64), ''), Options: volumeOptions })
  .transform((row): VolumeSummary => ({ name: row.Name, driver: row.Driver, options: row.Options }))

/** GET /volumes/json. Problems of a volume's parts name the volume. */
export const parseVolumeList = (raw: unknown, template: string): Listed<VolumeSummary> => {
  const { rows, lost } = parseRows(row, raw, template)
  const partial = rows.flatMap(({ value, problems }) => problems.map(problem => `volume ${value.name}: ${problem}`))
  return Object.assign(
    rows.map(({ value }) => value),
    { problems: [...lost, ...partial] },
  )
}
