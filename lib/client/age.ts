/** Durations in words, for people: "now", "12 s", "4 min", "3 h", "2 d". */
export function formatAge(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min`
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h`
  return `${Math.floor(whole / 86_400)} d`
}

/** `count` with its noun: "1 network", "28 containers". */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** The locales of a language that the reader's browser prefers, then the language itself. */
export const localesOf = (language: string): string[] => [
  ...navigator.languages.filter(tag => tag === language || tag.startsWith(`${language}-`)),
  language,
]

/** An ISO 8601 time in the form that the reader's region gives this language; the text itself when it is none. */
export function formatTime(iso: string, language: string): string {
  const time = Date.parse(iso)
  if (Number.isNaN(time)) return iso
  return new Intl.DateTimeFormat(localesOf(language), { dateStyle: 'medium', timeStyle: 'medium' }).format(time)
}
