// Keys of the keyboard. A letter acts only while nobody types.
import { useEffect } from 'preact/hooks'
import { t } from './i18n'

export interface Shortcut {
  /** `n`, `?`, `g s` for one after the other, or `mod+s` for Ctrl or Command. */
  keys: string
  /** What it does, for the list of keys. */
  label: string
  run: () => void
}

const active = new Set<Shortcut>()
let first: { key: string; at: number } | null = null
const longestSequence = 1500

/** The key that goes with a letter, as it is called on this machine. */
export const modifierName = () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : t('keys.ctrl'))

export const shortcuts = (): Shortcut[] => [...active]

/** The shortcuts act while the component is there. */
export function useShortcuts(list: Shortcut[]): void {
  useEffect(() => {
    for (const shortcut of list) active.add(shortcut)
    return () => {
      for (const shortcut of list) active.delete(shortcut)
    }
  })
}

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.shadowRoot !== null || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)))

function find(keys: string): Shortcut | undefined {
  return [...active].reverse().find((shortcut) => shortcut.keys === keys)
}

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.altKey) return
  const key = event.key
  const inDialog = document.querySelector('dialog[open]') !== null
  if (event.ctrlKey || event.metaKey) {
    const shortcut = find(`mod+${key.toLowerCase()}`)
    if (!shortcut) return
    event.preventDefault()
    if (!inDialog) shortcut.run()
    return
  }
  if (typesText(event.target) || inDialog) return
  const started = first && event.timeStamp - first.at < longestSequence ? first.key : null
  first = null
  const shortcut = (started && find(`${started} ${key}`)) || find(key)
  if (shortcut) {
    event.preventDefault()
    shortcut.run()
  } else if ([...active].some(({ keys }) => keys.startsWith(`${key} `))) {
    first = { key, at: event.timeStamp }
  }
})
