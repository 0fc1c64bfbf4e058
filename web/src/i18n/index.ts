// Texts of the dashboard: one JSON file a language. English is in the shell, others are loaded when they are chosen.
import { signal } from '@preact/signals'
import english from './en.json'

export type Key = keyof typeof english
type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }
type Texts = Record<Key, string | Plural>
export type Params = Record<string, string | number>

/** Each language in its own words. A further one is a line here and a file. */
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Locale = keyof typeof languages

const loaders: Record<Exclude<Locale, 'en'>, () => Promise<{ default: unknown }>> = {
  de: () => import('./de.json'),
}
const storageKey = 'guildhall.language'

let texts: Texts = english
export const locale = signal<Locale>('en')

/** A text in the current language. `{name}` in it is replaced by the parameter; `count` chooses the plural. */
export function t(key: Key, params: Params = {}): string {
  const found: string | Plural = texts[key] ?? english[key]
  const text = typeof found === 'string' ? found : pluralOf(found, Number(params.count ?? 0))
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? formatNumber(value) : value
  })
}

const made = new Map<string, unknown>()

/** What is made once for each language, such as Intl's formats, which are slow to make. `name` is unique. */
export function kept<T>(name: string, make: (language: Locale) => T): T {
  const language = locale.value
  const key = `${name} ${language}`
  if (!made.has(key)) made.set(key, make(language))
  return made.get(key) as T
}

function pluralOf(forms: Plural, count: number): string {
  return forms[kept('plural', (language) => new Intl.PluralRules(language)).select(count)] ?? forms.other
}

export function formatNumber(value: number): string {
  return kept('number', (language) => new Intl.NumberFormat(language)).format(value)
}

type Time = string | number | Date

/** `name`: of the format among those that `kept` has. */
export function formatWith(name: string, options: Intl.DateTimeFormatOptions, value: Time): string {
  return kept(`date ${name}`, (language) => new Intl.DateTimeFormat(language, options)).format(new Date(value))
}

export const formatDateTime = (value: Time) => formatWith('medium', { dateStyle: 'medium', timeStyle: 'short' }, value)

export const formatTime = (value: Time) => formatWith('seconds', { hour: '2-digit', minute: '2-digit', second: '2-digit' }, value)

/** Units of relative times and their seconds, the largest first. */
export const timeUnits: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1],
]

/** "3 hours ago", no closer than by the minute. */
export function formatAgo(value: Time, now = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000
  const format = kept('ago', (language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }))
  const [unit, size] = timeUnits.find(([, size]) => size >= 60 && Math.abs(seconds) >= size) ?? ['minute', Infinity]
  return format.format(Math.round(seconds / size), unit)
}

/** Names joined as the language joins them: "A, B and C". */
export function formatList(values: string[]): string {
  return kept('list', (language) => new Intl.ListFormat(language, { type: 'conjunction' })).format(values)
}

export async function chooseLanguage(next: Locale, store = true): Promise<void> {
  if (next === 'en') texts = english
  else texts = (await loaders[next]()).default as Texts
  locale.value = next
  document.documentElement.lang = next
  if (!store) return
  try {
    localStorage.setItem(storageKey, next)
  } catch {
    // The choice lasts until the page is left.
  }
}

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

/** The stored language, or the first of the browser's that there is. */
export function preferredLanguage(): Locale {
  const wanted = [storedLanguage() ?? '', ...navigator.languages.map((tag) => tag.slice(0, 2))]
  return (wanted.find((tag) => tag in languages) as Locale | undefined) ?? 'en'
}
