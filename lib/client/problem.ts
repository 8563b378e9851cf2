/**
 * The server's sentence about what is wrong, "No permission to use /run/…: run it with `sudo npm start`.", taken apart:
 * what is the matter, what to do, and the commands between backticks.
 */
export interface ProblemText {
  headline: string
  /** Text and commands in order; empty when the sentence has no advice. */
  advice: readonly { kind: 'text' | 'command'; text: string }[]
}

export function readProblem(sentence: string): ProblemText {
  const colon = sentence.indexOf(': ')
  // A colon inside of a command is none of the sentence's.
  const splits = colon > 0 && !sentence.slice(0, colon).includes('`')
  const headline = splits ? sentence.slice(0, colon) : sentence.replace(/\.$/, '')
  const rest = splits ? sentence.slice(colon + 2) : ''
  const advice = rest
    .split('`')
    .map((text, index) => ({ kind: index % 2 === 1 ? ('command' as const) : ('text' as const), text }))
    .filter(({ text }) => text !== '')
  return { headline, advice }
}
