/** Which language the page speaks. */
export type Language = 'en' | 'es'
export const LANGUAGES: readonly Language[] = ['en', 'es']

/** Each by its own name, as who speaks it looks for it. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', es: 'Español' }

export const isLanguage = (text: string): text is Language => LANGUAGES.some(language => language === text)

/** The link's, else the first of the browser's that there is, else English. `preferred`: BCP 47 tags, best first. */
export function chooseLanguage(asked: Language | null, preferred: readonly string[]): Language {
  if (asked !== null) return asked
  for (const tag of preferred) {
    const [primary = ''] = tag.toLowerCase().split('-')
    if (isLanguage(primary)) return primary
  }
  return 'en'
}
