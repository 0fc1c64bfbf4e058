// What Discord and the API allow in a message, so that the form can say it while somebody types. The server has the last word.
import { isSelect, type Button, type DiscordMessage, type Embed, type SelectMenu } from '../preview/discord'
import type { Key, Params } from '../i18n'
import { freeName, lengthOf } from '../text'

export const limits = {
  content: 2000,
  embeds: 10,
  allEmbeds: 6000,
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  author: 256,
  footer: 2048,
  url: 2048,
  rows: 5,
  buttons: 5,
  label: 80,
  buttonUrl: 512,
  customId: 100,
  placeholder: 150,
  options: 25,
  optionText: 100,
} as const

/** Something that the server would refuse. `pointer`: from the message. */
interface Problem {
  pointer: string
  key: Key
  params?: Params
}

/** The characters of an embed that count towards `limits.allEmbeds`. */
export function embedLength(embed: Embed): number {
  let sum = lengthOf(embed.title ?? '') + lengthOf(embed.description ?? '')
  sum += lengthOf(embed.footer?.text ?? '') + lengthOf(embed.author?.name ?? '')
  for (const field of embed.fields ?? []) sum += lengthOf(field.name) + lengthOf(field.value)
  return sum
}

const allEmbedsLength = (message: DiscordMessage) => (message.embeds ?? []).reduce((sum, embed) => sum + embedLength(embed), 0)

const hasPlaceholder = (text: string) => text.includes('${')

function isWebUrl(text: string, schemes = ['http:', 'https:']): boolean {
  if (hasPlaceholder(text)) return true
  try {
    const url = new URL(text)
    return schemes.includes(url.protocol) && (url.host !== '' || url.protocol === 'discord:')
  } catch {
    return false
  }
}

class Check {
  readonly problems: Problem[] = []

  add(pointer: string, key: Key, params?: Params) {
    this.problems.push(params ? { pointer, key, params } : { pointer, key })
  }

  text(pointer: string, text: string | undefined, max: number) {
    const used = lengthOf(text ?? '')
    if (used > max) this.add(pointer, 'editor.problem.long', { count: used - max, max })
    else if (text !== undefined && text.trim() === '') this.add(pointer, 'editor.problem.missing')
  }

  required(pointer: string, text: string | undefined, max: number) {
    this.text(pointer, text ?? '', max)
  }

  url(pointer: string, text: string | undefined, max: number, schemes?: string[]) {
    if (text === undefined) return
    if (lengthOf(text) > max) this.add(pointer, 'editor.problem.long', { count: lengthOf(text) - max, max })
    else if (!isWebUrl(text, schemes)) this.add(pointer, 'editor.problem.url')
  }
}

export function findProblems(message: DiscordMessage): Problem[] {
  const check = new Check()
  const embeds = message.embeds ?? []
  const rows = message.components ?? []
  if (!message.content?.trim() && embeds.length === 0 && rows.length === 0) check.add('', 'editor.problem.empty')
  if (message.content) check.text('/content', message.content, limits.content)
  embeds.forEach((embed, index) => checkEmbed(check, `/embeds/${index}`, embed))
  const total = allEmbedsLength(message)
  if (total > limits.allEmbeds) check.add('/embeds', 'editor.problem.allEmbeds', { count: total - limits.allEmbeds, max: limits.allEmbeds })
  const seen = new Set<string>()
  rows.forEach((row, index) => {
    if (row.type !== 1) return
    if (row.components.length === 0) check.add(`/components/${index}`, 'editor.problem.emptyRow')
    row.components.forEach((component, at) => {
      const pointer = `/components/${index}/components/${at}`
      if (isSelect(component)) checkSelect(check, pointer, component)
      else checkButton(check, pointer, component)
      const id = component.custom_id
      if (!id) return
      if (seen.has(id)) check.add(`${pointer}/custom_id`, 'editor.problem.sameId')
      seen.add(id)
    })
  })
  return check.problems
}

function checkEmbed(check: Check, pointer: string, embed: Embed) {
  const { title, description, url, fields = [], author, footer, image, thumbnail } = embed
  const shown = title || description || fields.length > 0 || author || footer || image || thumbnail
  if (!shown) check.add(pointer, 'editor.problem.emptyEmbed')
  check.text(`${pointer}/title`, title, limits.title)
  check.text(`${pointer}/description`, description, limits.description)
  check.url(`${pointer}/url`, url, limits.url)
  if (author) {
    check.required(`${pointer}/author/name`, author.name, limits.author)
    check.url(`${pointer}/author/url`, author.url, limits.url)
    check.url(`${pointer}/author/icon_url`, author.icon_url, limits.url)
  }
  if (footer) {
    check.required(`${pointer}/footer/text`, footer.text, limits.footer)
    check.url(`${pointer}/footer/icon_url`, footer.icon_url, limits.url)
  }
  check.url(`${pointer}/image/url`, image?.url, limits.url)
  check.url(`${pointer}/thumbnail/url`, thumbnail?.url, limits.url)
  fields.forEach((field, index) => {
    check.required(`${pointer}/fields/${index}/name`, field.name, limits.fieldName)
    check.required(`${pointer}/fields/${index}/value`, field.value, limits.fieldValue)
  })
}

function checkButton(check: Check, pointer: string, button: Button) {
  check.text(`${pointer}/label`, button.label, limits.label)
  if (!button.label && !button.emoji) check.add(`${pointer}/label`, 'editor.problem.noLabel')
  if (button.style === 5) check.url(`${pointer}/url`, button.url ?? '', limits.buttonUrl, ['http:', 'https:', 'discord:'])
  else check.required(`${pointer}/custom_id`, button.custom_id, limits.customId)
}

function checkSelect(check: Check, pointer: string, select: SelectMenu) {
  const { options = [], min_values: min = 1, max_values: max = 1 } = select
  check.required(`${pointer}/custom_id`, select.custom_id, limits.customId)
  check.text(`${pointer}/placeholder`, select.placeholder, limits.placeholder)
  if (min > max) check.add(`${pointer}/min_values`, 'editor.problem.minMax', { max })
  if (select.type !== 3) return
  if (options.length === 0) check.add(`${pointer}/options`, 'editor.problem.noOptions')
  else if (max > options.length) check.add(`${pointer}/max_values`, 'editor.problem.maxOptions', { count: options.length })
  const seen = new Set<string>()
  options.forEach((option, index) => {
    check.required(`${pointer}/options/${index}/label`, option.label, limits.optionText)
    check.required(`${pointer}/options/${index}/value`, option.value, limits.optionText)
    check.text(`${pointer}/options/${index}/description`, option.description, limits.optionText)
    if (seen.has(option.value)) check.add(`${pointer}/options/${index}/value`, 'editor.problem.sameValue')
    seen.add(option.value)
  })
  const chosen = options.filter((option) => option.default).length
  if (chosen > max) check.add(`${pointer}/options`, 'editor.problem.defaults', { count: chosen, max })
}

/** An id that no component of the message has: `wanted`, or with another number at its end. */
export function freeCustomId(message: DiscordMessage, wanted: string): string {
  const taken = new Set<string | undefined>()
  for (const row of message.components ?? []) if (row.type === 1) for (const { custom_id: id } of row.components) taken.add(id)
  return freeName(wanted, taken)
}
