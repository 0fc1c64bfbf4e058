// Placeholders in texts, filled in as the bot does it (docs/bot.md).

export interface PlaceholderValues {
  args?: readonly string[] | undefined
  user?: { id: string; name: string; avatar: string } | undefined
}

/**
 * `text` with what is known put in; other placeholders stay. With `args` given, an argument that there is not is nothing.
 * What is put in is not looked at again.
 */
export function fillPlaceholders(text: string, { args, user }: PlaceholderValues): string {
  if (!text.includes('${')) return text
  return text.replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
    if (/^[1-9]\d*$/.test(name)) return args ? (args[Number(name) - 1] ?? '') : whole
    if (!user) return whole
    switch (name) {
      case 'user': return `<@${user.id}>`
      case 'user.id': return user.id
      case 'user.name': return user.name
      case 'user.avatar': return user.avatar
    }
    return whole
  })
}

/** A text as Discord counts it: in code points. */
export function lengthOf(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length - 1; ++i) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xd800 && unit <= 0xdbff && text.charCodeAt(i + 1) >> 10 === 0x37) --count
  }
  return count
}
