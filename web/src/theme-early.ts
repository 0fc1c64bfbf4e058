import { applyTheme } from './theme-choice'

applyTheme()
