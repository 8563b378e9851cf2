/**
 * Everything that the page says, by language. English sets the shape; a text that another language lacks, or has too much,
 * breaks the build. What the engine or the server says (names, problems, reasons) is shown as it comes.
 */
import type { Language } from './language'
import { en } from './en'

/** The same tree with any text at its leaves; functions keep their parameters. */
export type Translated<T> = T extends string
  ? string
  : T extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof T]: Translated<T[Key]> }

export type Words = Translated<typeof en>

/** English comes with the page, other languages when they are asked for. */
export async function wordsOf(language: Language): Promise<Words> {
  switch (language) {
    case 'en':
      return en
    case 'es':
      return (await import('./es')).es
  }
}
