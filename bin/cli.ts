/** The commands that answer and end. Started by command.mjs, as one bundled file. */
import { check } from './commands/check'
import { CommandError } from './commands/input'
import { tell } from './commands/output'
import { reach } from './commands/reach'
import { record } from './commands/record'
import { whatIfCommand } from './commands/what-if'

type Command = 'check' | 'reach' | 'record' | 'what-if'

const COMMANDS: Record<Command, (args: readonly string[], version: string) => Promise<number>> = {
  check,
  reach,
  record,
  'what-if': whatIfCommand,
}

/** Resolves to the exit code; messages for people are on standard error by then. */
export async function run(command: Command, args: readonly string[], version: string): Promise<number> {
  // A reader that went away ends the output, not the verdict.
  process.stdout.on('error', () => {})
  try {
    return await COMMANDS[command](args, version)
  } catch (thrown) {
    if (!(thrown instanceof CommandError)) throw thrown
    tell(thrown.message)
    return thrown.exitCode
  }
}
