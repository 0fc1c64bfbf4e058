import { withCommand } from './component_ids.mjs'

const placeholder = /\$\{([1-9]\d*)\}/g

/** `text` with arguments for `${1}` to `${n}`; nothing where nothing is left to show. */
function fill(text, args, most) {
  if (!text) return undefined
  const filled = text.replace(placeholder, (_, number) => args[number - 1] ?? '')
  if (!filled.trim()) return undefined
  return filled.length > most ? `${filled.slice(0, most - 1)}…` : filled
}

function renderEmbed(embed, args) {
  const { title, description, footer, author, fields, ...rest } = embed
  return {
    ...rest,
    title: fill(title, args, 256),
    description: fill(description, args, 4096),
    footer: footer && { ...footer, text: fill(footer.text, args, 2048) },
    author: author && { ...author, name: fill(author.name, args, 256) },
    fields: fields?.map(({ name, value, ...field }) => ({
      ...field,
      name: fill(name, args, 256) ?? '\u200B',
      value: fill(value, args, 1024) ?? '\u200B',
    })),
  }
}

/** The message that answers a command; nothing where it would say nothing. */
export function render({ id, response }, args) {
  const { content, embeds, components } = response
  const message = {
    content: fill(content, args, 2000),
    embeds: embeds.map((embed) => renderEmbed(embed, args)),
    components: withCommand(components, id),
  }
  return message.content || message.embeds.length > 0 || message.components.length > 0 ? message : undefined
}
