import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Guild } from '../api/schema'
import { guildPath } from '../commands_api'
import { useResource } from '../resource'
import { ErrorState, Skeleton } from '../ui'

export const lastGuildKey = 'guildhall.lastServer'

/** The pages of a server: reads it, or says why that cannot be. */
export function GuildPage({ id, children }: { id: string; children: (guild: Guild) => ComponentChildren }) {
  const guild = useResource<Guild>(guildPath(id))
  useEffect(() => {
    if (!guild.data) return
    try {
      localStorage.setItem(lastGuildKey, id)
    } catch {
      // It is only a convenience.
    }
  }, [id, guild.data !== undefined])
  if (guild.data) return <>{children(guild.data)}</>
  if (guild.error) return <ErrorState page error={guild.error} onRetry={guild.reload} />
  return <Skeleton lines={8} />
}
