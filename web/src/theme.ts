import { signal } from '@preact/signals'
import { applyTheme, storeThemeChoice, systemTheme, themeChoice, type Theme, type ThemeChoice } from './theme-choice'

export const choice = signal<ThemeChoice>(themeChoice())
export const theme = signal<Theme>(applyTheme(choice.value))

export function chooseTheme(next: ThemeChoice): void {
  choice.value = next
  storeThemeChoice(next)
  theme.value = applyTheme(next)
}

systemTheme.addEventListener('change', () => {
  theme.value = applyTheme(choice.value)
})
