import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Button, SelectMenu } from './discord'
import { fillPlaceholders, type PlaceholderValues } from './placeholders'

/** Names by id. */
export interface Names {
  channels: Record<string, string>
  roles: Record<string, string>
  users: Record<string, string>
}

export interface PreviewContext {
  names: Names
  values: PlaceholderValues
  /** Milliseconds; relative times are from here. */
  now: number
  /** Somebody uses a button or menu of the preview. Without it they are only to be looked at. */
  onUse?: ((component: Button | SelectMenu, values: string[]) => void) | undefined
}

export const noNames: Names = { channels: {}, roles: {}, users: {} }
export const Preview = createContext<PreviewContext>({ names: noNames, values: {}, now: 0 })
export const usePreview = () => useContext(Preview)

/** A function that puts into a text what the bot would. */
export function useFill(): (text: string) => string {
  const { values } = usePreview()
  return (text) => fillPlaceholders(text, values)
}

/** Pictures of other hosts than Discord's are not loaded: the page's policy forbids it, and it would tell who looks. */
export function pictureUrl(text: string): { src: string | undefined; host: string } {
  try {
    const url = new URL(text)
    const ours = url.protocol === 'https:' && ['cdn.discordapp.com', 'media.discordapp.net'].includes(url.host)
    if (url.protocol === 'data:' && /^data:image\/(?:png|jpeg|gif|webp);/.test(url.href)) return { src: url.href, host: '' }
    return { src: ours ? url.href : undefined, host: url.host }
  } catch {
    return { src: undefined, host: text }
  }
}
