/**
 * Dark, light, or what the system says. `public/theme.js` sets it before the first paint by the same two rules:
 * the link's `theme`, else the stored choice.
 */
export type ThemeChoice = 'system' | 'dark' | 'light'
export type Theme = 'dark' | 'light'

export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'dark', 'light']
const THEME_KEY = 'podwire.theme'

export const isThemeChoice = (text: string): text is ThemeChoice => THEME_CHOICES.some(choice => choice === text)

/** The stored choice; "system" when there is none, or storage is barred. */
export function storedTheme(): ThemeChoice {
  try {
    const stored = localStorage.getItem(THEME_KEY)
    return stored !== null && isThemeChoice(stored) ? stored : 'system'
  } catch {
    return 'system'
  }
}

export function storeTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(THEME_KEY, choice)
  } catch {
    // Storage may be barred; then the choice lasts as long as the page.
  }
}

/** What a choice comes to on this screen. */
export function resolveTheme(choice: ThemeChoice): Theme {
  if (choice !== 'system') return choice
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
}

/** Writes the choice to the document; the stylesheet does the rest. */
export function applyTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = choice
}

/** Calls back when the system's preference changes; returns the way to stop. */
export function watchSystemTheme(changed: () => void): () => void {
  const query = matchMedia('(prefers-color-scheme: light)')
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
