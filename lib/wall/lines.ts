/** Text in lines that fit, by the width table of the picture: an upper bound for every font, so that nothing is ever cut. */
import { fitText, textWidth, visibleText } from '@/lib/graph/text'

export interface Lines {
  lines: string[]
  size: number
  bold: boolean
  /** False when something had to be left out. */
  whole: boolean
}

/** Height of a line, as a share of the text's size. */
export const LEADING = 1.25

interface Room {
  width: number
  height: number
}

/** Breaks between words; what is left over after `most` lines is cut off with an ellipsis. */
export function wrap(text: string, size: number, width: number, most: number, bold = false): Lines {
  // A no-break space keeps what it is there for.
  const words = visibleText(text)
    .split(/[ \t\r\n]+/)
    .filter(word => word !== '')
  const lines: string[] = []
  let whole = true
  let line = ''
  const put = (word: string) => {
    const shown = fitText(word, size, width, bold)
    whole &&= shown === word
    line = shown
  }
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '') put(word)
    else if (textWidth(longer, size, bold) <= width) line = longer
    else if (lines.length + 1 < most) {
      lines.push(line)
      put(word)
    } else {
      line = endWithDots(`${line} ${words.slice(index).join(' ')}`, size, width, bold)
      whole = false
      break
    }
  }
  if (line !== '' && most > 0) lines.push(line)
  return { lines, size, bold, whole: whole && (most > 0 || words.length === 0) }
}

/** As many words as fit before an ellipsis. */
function endWithDots(text: string, size: number, width: number, bold: boolean): string {
  const words = text.split(' ')
  while (words.length > 1) {
    words.pop()
    const shown = `${words.join(' ').replace(/[,;:.]$/, '')}…`
    if (textWidth(shown, size, bold) <= width) return shown
  }
  return fitText(`${words[0] ?? ''}…`, size, width, bold)
}

/** The largest of these sizes at which the text fits whole; at the smallest, as much of it as fits. Sizes fall. */
export function fill(text: string, room: Room, sizes: readonly number[], bold = false): Lines {
  let best: Lines = { lines: [], size: sizes.at(-1) ?? 0, bold, whole: false }
  for (const size of sizes) {
    best = wrap(text, size, room.width, Math.floor(room.height / (size * LEADING) + 0.01), bold)
    if (best.whole) return best
  }
  return best
}

/** The same for prose: when it does not fit whole, as many of its sentences as do. */
export function fillSentences(text: string, room: Room, sizes: readonly number[]): Lines {
  const all = fill(text, room, sizes)
  if (all.whole) return all
  const sentences = text.split(/(?<=\.) (?=\p{Lu})/u)
  const smallest = sizes.slice(-1)
  for (let count = sentences.length - 1; count > 0; count -= 1) {
    const some = fill(sentences.slice(0, count).join(' '), room, smallest)
    if (some.whole) return some
  }
  return all
}

export const heightOf = ({ lines, size }: Lines): number => lines.length * size * LEADING

/** The first that fits on one line; else the last, shortened. */
export function firstThatFits(texts: readonly string[], size: number, width: number, bold = false): string {
  const visible = texts.map(visibleText)
  const found = visible.find(text => textWidth(text, size, bold) <= width)
  return found ?? fitText(visible.at(-1) ?? '', size, width, bold)
}
