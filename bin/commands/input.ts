/** What a command is told: options, and a message with the accepted values for what is none. */
import { parseArgs, type ParseArgsConfig } from 'node:util'

/** Ends a command: one message for people, and the code to end with. 2 is for what asking differently mends. */
export class CommandError extends Error {
  override readonly name = 'CommandError'

  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(message)
  }
}

type Options = NonNullable<ParseArgsConfig['options']>

/** Options that every reading command knows. */
export const READING = {
  help: { type: 'boolean', short: 'h' },
  host: { type: 'string', multiple: true },
  recording: { type: 'string' },
  config: { type: 'string' },
  format: { type: 'string' },
} as const satisfies Options

/** Reads the arguments; what is not accepted is a CommandError that says what is. An option is given once, unless it may be repeated. */
export function readArguments<const T extends Options>(args: readonly string[], options: T, most: number) {
  const accepted = Object.keys(options).map(name => `--${name}`)
  const read = () => {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true, strict: true, tokens: true })
    } catch (thrown) {
      const message = thrown instanceof Error ? (thrown.message.split('. ')[0] ?? '') : String(thrown)
      throw new CommandError(`${message}: accepted are ${accepted.join(', ')}`)
    }
  }
  const { values, positionals, tokens } = read()
  const seen = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    if (seen.has(token.name) && options[token.name]?.multiple !== true)
      throw new CommandError(`--${token.name} is given twice`)
    if (token.value === '') throw new CommandError(`--${token.name} is empty`)
    seen.add(token.name)
  }
  const extra = positionals[most]
  if (extra !== undefined) throw new CommandError(`${JSON.stringify(extra)} is one argument too many`)
  return { values, positionals }
}

/** One of a few words, `fallback` when it is not given. */
export function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  accepted: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback
  const found = accepted.find(one => one === value)
  if (found === undefined)
    throw new CommandError(`${option} is ${JSON.stringify(value)}: accepted are ${accepted.join(', ')}`)
  return found
}
