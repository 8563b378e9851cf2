/** podwire record: writes one host down, so that it can be looked at elsewhere. */
import { randomBytes } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { readOnce } from '@/lib/collector/once'
import { createUnixRecorder } from '@/lib/podman/recorder'
import { createHostProbe } from '@/lib/probe/probe'
import { recordFacts } from '@/lib/probe/recorded-facts'
import { counted } from '@/lib/report/text'
import { localUnits } from '../local-units'
import { CommandError, readArguments } from './input'
import { jsonText, print, tell } from './output'
import { findSources, readConfig } from './reading'

export const RECORD_USAGE = `Usage: podwire record [options]

Reads one Podman host once and writes it down. The file replays anywhere: podwire check --recording FILE, or
PODWIRE_RECORDING=FILE for the server. It holds only the fields that Podwire reads: no environment, no command lines,
no secrets, no health logs, no unlisted labels.

  --host NAME|ID  which host, where there are several
  --out FILE      where to write it, readable by you alone (default: standard output, unless that is a terminal)
  --config FILE   the configuration file (default: PODWIRE_CONFIG)
  --help          this text

Exit: 0  written
      2  bad input, the host could not be read, or the file not written
`

/** Resolves to the exit code. */
export async function record(args: readonly string[]): Promise<number> {
  const { values } = readArguments(
    args,
    {
      help: { type: 'boolean', short: 'h' },
      host: { type: 'string' },
      out: { type: 'string' },
      config: { type: 'string' },
    } as const,
    0,
  )
  if (values.help) {
    await print(RECORD_USAGE)
    return 0
  }
  if (values.out === undefined && process.stdout.isTTY)
    throw new CommandError('standard output is a terminal: name a file with --out FILE, or redirect it')
  readConfig({ config: values.config })
  const host = values.host === undefined ? undefined : [values.host]
  const found = await findSources({ host }, null)
  try {
    const [source, second] = found.sources
    if (source === undefined) throw new CommandError(found.unusable[0]?.reason ?? 'there is no host to record')
    if (second !== undefined)
      throw new CommandError(
        `there are several hosts: say which with --host: accepted are ${found.sources.map(one => one.connection.name).join(', ')}`,
      )
    const { connection } = source
    const recorder = createUnixRecorder(connection)
    const snapshot = await readOnce({
      connection,
      client: recorder.client,
      probe: createHostProbe(),
      units: localUnits(),
    })
    if (snapshot.status === 'unreachable') throw new CommandError(snapshot.problem ?? 'the host does not answer')
    const text = jsonText({
      ...recorder.answers(),
      kernel: recordFacts(snapshot.probe),
      units: snapshot.units,
      recorded: { at: snapshot.readAt, ownerUid: connection.ownerUid },
    })
    if (values.out === undefined) await print(text)
    else await write(values.out, text)
    tell(`recorded ${connection.name}: ${counted(snapshot.containers.length, 'container')}`)
    return 0
  } finally {
    await found.stop()
  }
}

/** For its owner alone, also where there was a file with other rights before; whole, or not at all. */
async function write(path: string, text: string): Promise<void> {
  const there = await stat(path).catch(() => null)
  // Never in place of a device or a pipe, which root could.
  if (there !== null && !there.isFile())
    throw new CommandError(`cannot write ${path}: it is there, and not a plain file`)
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(text)
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (thrown) {
    await rm(draft, { force: true })
    throw new CommandError(`cannot write ${path}: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}
