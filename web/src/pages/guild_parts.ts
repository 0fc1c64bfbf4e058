import { useMemo } from 'preact/hooks'
import { avatarUrl, me, nameOf } from '../api/session'
import type { BotProfile, GuildChannel, GuildEmoji, GuildRole } from '../api/schema'
import type { Pickers } from '../editor/message'
import type { PreviewSettings } from '../editor/MessageEditor'
import { useResource } from '../resource'

const category = 4

/** What the pickers offer; nothing where the API has none. */
export function useGuildParts(guildId: string): Pickers {
  const channels = useResource<GuildChannel[]>(`/api/guilds/${guildId}/channels`).data
  const roles = useResource<GuildRole[]>(`/api/guilds/${guildId}/roles`).data
  const emojis = useResource<GuildEmoji[]>(`/api/guilds/${guildId}/emojis`).data
  return useMemo(
    () => ({ channels: channels?.filter(({ type }) => type !== category) ?? [], roles: roles ?? [], emojis: emojis ?? [] }),
    [channels, roles, emojis],
  )
}

const nameTable = (list: { id: string; name: string }[]) => Object.fromEntries(list.map(({ id, name }) => [id, name]))

/** How a message of the bot looks to the person who is signed in. */
export function usePreviewSettings({ channels, roles }: Pickers): PreviewSettings {
  const bot = useResource<BotProfile>('/api/bot').data
  const user = me.value
  return useMemo(
    () => ({
      bot: { name: bot?.name ?? 'guildhall', avatar: avatarUrl(bot) },
      names: { channels: nameTable(channels), roles: nameTable(roles), users: user ? { [user.id]: nameOf(user) } : {} },
    }),
    [bot, channels, roles, user],
  )
}
