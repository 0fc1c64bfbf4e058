// Who is signed in.
import { signal } from '@preact/signals'
import { basePath, urlOf } from '../base'
import type { User } from './schema'

/** Undefined while it is not known, null for nobody. */
export const me = signal<User | null | undefined>(undefined)
/** The session has ended while the page was open; it stays as it is until the person signs in again. */
export const sessionEnded = signal(false)

export const isAdmin = () => me.value?.roles.some(({ name }) => name === 'ADMIN') ?? false

/** Signs in and returns to this page. */
export function loginUrl(to?: string): string {
  const here = to ?? `/${location.pathname.slice(basePath.length)}${location.search}`
  return `${urlOf('/api/auth/login')}?to=${encodeURIComponent(here)}`
}

export const nameOf = (user: User): string => user.globalName ?? user.username

export function avatarUrl(user: { id: string; avatar: string | null } | null | undefined): string | null {
  return user?.avatar ? `https://cdn.discordapp.com/avatars/${user.id}/${user.avatar}.webp?size=96` : null
}

export function guildIconUrl(guild: { id: string; icon: string | null }): string | null {
  return guild.icon && `https://cdn.discordapp.com/icons/${guild.id}/${guild.icon}.webp?size=96`
}
