export type ThemeChoice = 'system' | 'light' | 'dark'
export type Theme = 'light' | 'dark'

const key = 'guildhall.theme'

/** What the person chose on this device. */
export function themeChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(key)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system' // Storage may be forbidden.
  }
}

export function storeThemeChoice(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, choice)
  } catch {
    // The choice lasts until the page is left.
  }
}

export const systemTheme = matchMedia('(prefers-color-scheme: dark)')

/** Shows the chosen theme, or the system's, and returns it. */
export function applyTheme(choice: ThemeChoice = themeChoice()): Theme {
  const theme = choice === 'system' ? (systemTheme.matches ? 'dark' : 'light') : choice
  document.documentElement.dataset.theme = theme
  return theme
}
