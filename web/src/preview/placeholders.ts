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

/** Somebody who uses the command in a preview. */
export const sampleUser = (name: string): NonNullable<PlaceholderValues['user']> =>
  ({ id: '80351110224678912', name, avatar: 'https://cdn.discordapp.com/embed/avatars/0.png' })
