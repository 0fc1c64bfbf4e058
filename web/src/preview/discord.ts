// A message in Discord's names, as a command's response has it and as scripts send it
// (https://discord.com/developers/docs/resources/message, .../components/reference).

import { isObject, type JsonObject } from '../json'

export interface Emoji { id?: string; name?: string; animated?: boolean }
export interface EmbedField { name: string; value: string; inline?: boolean }
interface EmbedImage { url: string }
interface EmbedAuthor { name: string; url?: string; icon_url?: string }
interface EmbedFooter { text: string; icon_url?: string }

export interface Embed {
  title?: string
  description?: string
  url?: string
  timestamp?: string
  color?: number
  footer?: EmbedFooter
  image?: EmbedImage
  thumbnail?: EmbedImage
  author?: EmbedAuthor
  fields?: EmbedField[]
}

/** Members of guildhall's own: who may use a component, and for how many seconds. */
interface Usable { onlyCaller?: boolean; expiresAfter?: number }

export interface Button extends Usable {
  type: 2
  style: number
  label?: string
  emoji?: Emoji
  custom_id?: string
  url?: string
  disabled?: boolean
  id?: number
}

export interface SelectOption { label: string; value: string; description?: string; emoji?: Emoji; default?: boolean }
interface DefaultValue { id: string; type: string }

/** 3 string, 5 user, 6 role, 7 mentionable, 8 channel. */
export interface SelectMenu extends Usable {
  type: 3 | 5 | 6 | 7 | 8
  custom_id: string
  placeholder?: string
  min_values?: number
  max_values?: number
  disabled?: boolean
  options?: SelectOption[]
  channel_types?: number[]
  default_values?: DefaultValue[]
  id?: number
}

interface Media { url: string }
export interface ActionRow { type: 1; components: (Button | SelectMenu)[]; id?: number }
interface TextDisplay { type: 10; content: string; id?: number }
export interface Thumbnail { type: 11; media: Media; description?: string; spoiler?: boolean; id?: number }
export interface Section { type: 9; components: TextDisplay[]; accessory?: Button | Thumbnail; id?: number }
interface GalleryItem { media: Media; description?: string; spoiler?: boolean }
export interface MediaGallery { type: 12; items: GalleryItem[]; id?: number }
export interface File { type: 13; file: Media; spoiler?: boolean; id?: number }
interface Separator { type: 14; divider?: boolean; spacing?: number; id?: number }
export type Contained = ActionRow | Section | TextDisplay | MediaGallery | File | Separator
export interface Container { type: 17; components: Contained[]; accent_color?: number; spoiler?: boolean; id?: number }
export type Component = Contained | Container

export interface Attachment { filename: string; size?: number; url?: string; content_type?: string; description?: string }

export interface DiscordMessage extends Usable {
  content?: string | null
  embeds?: Embed[]
  components?: Component[]
  flags?: number
  attachments?: Attachment[]
}

export const ephemeralFlag = 1 << 6
export const componentsV2Flag = 1 << 15

export const isSelect = (component: { type: number }): component is SelectMenu => [3, 5, 6, 7, 8].includes(component.type)

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function booleanOf(value: unknown): boolean | undefined {
  if (value === 'true' || value === 'false') return value === 'true'
  return typeof value === 'boolean' ? value : undefined
}

/** A number, `#ff0000`, `#f00` or `0xff0000`. */
export function colorOf(value: unknown): number | undefined {
  const hex = typeof value === 'string' ? /^(?:#|0x)?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(value.trim())?.[1] : undefined
  if (hex && !/^\d+$/.test(String(value).trim())) return Number.parseInt(hex.length === 3 ? hex.replace(/./g, '$&$&') : hex, 16)
  const number = numberOf(value)
  return number !== undefined && Number.isInteger(number) && number >= 0 && number <= 0xffffff ? number : undefined
}

export const hexOf = (color: number) => `#${color.toString(16).padStart(6, '0')}`

/** Without the members that are undefined. */
function compact<T extends object>(object: T): T {
  for (const key of Object.keys(object) as (keyof T)[]) if (object[key] === undefined) delete object[key]
  return object
}

const map = <T>(value: unknown, read: (item: JsonObject) => T | undefined): T[] =>
  listOf(value).filter(isObject).map(read).filter((item): item is T & {} => item !== undefined)

const part = <T>(value: unknown, read: (part: JsonObject) => T | undefined): T | undefined => (isObject(value) ? read(value) : undefined)

const image = (value: unknown): EmbedImage | undefined => {
  const url = textOf(isObject(value) ? value.url : value)
  return url === undefined ? undefined : { url }
}

const emoji = (value: unknown) =>
  part(value, (from): Emoji | undefined => {
    const read = compact({ id: textOf(from.id), name: textOf(from.name), animated: booleanOf(from.animated) })
    return read.id || read.name ? read : undefined
  })

const usable = (from: JsonObject): Usable => ({ onlyCaller: booleanOf(from.onlyCaller), expiresAfter: numberOf(from.expiresAfter) })

function embed(from: JsonObject): Embed {
  const icon = (of: JsonObject) => textOf(of.icon_url ?? of.iconURL)
  const fields = map(from.fields, (field): EmbedField =>
    compact({ name: textOf(field.name) ?? '', value: textOf(field.value) ?? '', inline: booleanOf(field.inline) }))
  return compact({
    title: textOf(from.title),
    description: textOf(from.description),
    url: textOf(from.url),
    timestamp: textOf(from.timestamp),
    color: colorOf(from.color),
    author: part(from.author, (of): EmbedAuthor | undefined =>
      textOf(of.name) ? compact({ name: textOf(of.name) ?? '', url: textOf(of.url), icon_url: icon(of) }) : undefined),
    footer: part(from.footer, (of): EmbedFooter | undefined =>
      textOf(of.text) ? compact({ text: textOf(of.text) ?? '', icon_url: icon(of) }) : undefined),
    image: image(from.image),
    thumbnail: image(from.thumbnail),
    fields: fields.length > 0 ? fields : undefined,
  })
}

function button(from: JsonObject): Button {
  return compact({
    type: 2 as const,
    id: numberOf(from.id),
    style: numberOf(from.style) ?? 2,
    label: textOf(from.label),
    emoji: emoji(from.emoji),
    custom_id: textOf(from.custom_id ?? from.customId),
    url: textOf(from.url),
    disabled: booleanOf(from.disabled),
    ...usable(from),
  })
}

function select(from: JsonObject): SelectMenu {
  const option = (of: JsonObject): SelectOption =>
    compact({
      label: textOf(of.label) ?? '',
      value: textOf(of.value) ?? '',
      description: textOf(of.description),
      emoji: emoji(of.emoji),
      default: booleanOf(of.default),
    })
  return compact({
    type: from.type as SelectMenu['type'],
    id: numberOf(from.id),
    custom_id: textOf(from.custom_id ?? from.customId) ?? '',
    placeholder: textOf(from.placeholder),
    options: from.type === 3 ? map(from.options, option) : undefined,
    channel_types: Array.isArray(from.channel_types) ? from.channel_types.filter((type) => typeof type === 'number') : undefined,
    default_values: Array.isArray(from.default_values)
      ? map(from.default_values, (of) => ({ id: textOf(of.id) ?? '', type: textOf(of.type) ?? '' }))
      : undefined,
    min_values: numberOf(from.min_values),
    max_values: numberOf(from.max_values),
    disabled: booleanOf(from.disabled),
    ...usable(from),
  })
}

const rowComponent = (from: JsonObject) => (from.type === 2 ? button(from) : isSelect(from as { type: number }) ? select(from) : undefined)
const textDisplay = (from: JsonObject): TextDisplay | undefined =>
  from.type === 10 ? compact({ type: 10 as const, id: numberOf(from.id), content: textOf(from.content) ?? '' }) : undefined

function galleryItem(from: JsonObject): GalleryItem | undefined {
  const media = image(from.media)
  return media && compact({ media, description: textOf(from.description), spoiler: booleanOf(from.spoiler) })
}

function accessory(from: JsonObject): Button | Thumbnail | undefined {
  if (from.type === 2) return button(from)
  const item = from.type === 11 ? galleryItem(from) : undefined
  return item && { type: 11, ...item }
}

function contained(from: JsonObject): Contained | undefined {
  const id = numberOf(from.id)
  switch (from.type) {
    case 1: return compact({ type: 1 as const, id, components: map(from.components, rowComponent) })
    case 9: return compact({ type: 9 as const, id, components: map(from.components, textDisplay), accessory: part(from.accessory, accessory) })
    case 10: return textDisplay(from)
    case 12: return compact({ type: 12 as const, id, items: map(from.items, galleryItem) })
    case 13: return compact({ type: 13 as const, id, file: image(from.file) ?? { url: '' }, spoiler: booleanOf(from.spoiler) })
    case 14: return compact({ type: 14 as const, id, divider: booleanOf(from.divider), spacing: numberOf(from.spacing) })
  }
  return undefined
}

function component(from: JsonObject): Component | undefined {
  if (from.type !== 17) return contained(from)
  return compact({
    type: 17 as const,
    id: numberOf(from.id),
    components: map(from.components, contained),
    accent_color: colorOf(from.accent_color),
    spoiler: booleanOf(from.spoiler),
  })
}

function attachment(from: JsonObject): Attachment | undefined {
  const filename = textOf(from.filename)
  return filename === undefined
    ? undefined
    : compact({
        filename,
        size: numberOf(from.size),
        url: textOf(from.url),
        content_type: textOf(from.content_type),
        description: textOf(from.description),
      })
}

/** Any JSON as a message. What cannot be part of one is left out. */
export function readMessage(value: unknown): DiscordMessage {
  const from = isObject(value) ? value : {}
  const flags = numberOf(from.flags)
  const attachments = map(from.attachments, attachment)
  return compact({
    content: textOf(from.content) ?? null,
    embeds: map(from.embeds, embed),
    components: map(from.components, component),
    flags: flags === 0 ? undefined : flags,
    attachments: attachments.length > 0 ? attachments : undefined,
    ...usable(from),
  })
}
