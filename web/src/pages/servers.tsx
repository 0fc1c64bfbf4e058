import { useState } from 'preact/hooks'
import { guildIconUrl } from '../api/session'
import type { BotProfile, UserGuild } from '../api/schema'
import { urlOf } from '../base'
import { t } from '../i18n'
import { useShortcuts } from '../keys'
import { refresh, useResource } from '../resource'
import { navigate } from '../router'
import { PageHeader } from '../shell/page_header'
import { Avatar, Badge, ButtonLink, EmptyState, ErrorState, Icon, Icons, Key, SearchInput, Skeleton } from '../ui'
import { lastGuildKey } from './guild'

function lastGuild(): string | null {
  try {
    return localStorage.getItem(lastGuildKey)
  } catch {
    return null
  }
}

/** Discord's page to add the bot to a server; it comes back here. */
const inviteTo = (bot: BotProfile, guild: UserGuild) => `${bot.inviteUrl}&guild_id=${guild.id}&disable_guild_select=true`

export function ServersPage() {
  const path = '/api/users/me/guilds'
  const guilds = useResource<UserGuild[]>(path)
  const bot = useResource<BotProfile>('/api/bot')
  const [search, setSearch] = useState('')
  const all = guilds.data ?? []
  const last = all.find((guild) => guild.id === lastGuild() && guild.botInGuild && guild.manageable)
  useShortcuts(last ? [{ keys: 'l', label: t('servers.lastKey', { name: last.name }), run: () => navigate(`/guilds/${last.id}`) }] : [])

  const words = search.toLocaleLowerCase()
  const found = all
    .filter(({ name }) => name.toLocaleLowerCase().includes(words))
    .sort((a, b) => Number(b === last) - Number(a === last) || a.name.localeCompare(b.name))
  const withBot = found.filter((guild) => guild.botInGuild && guild.manageable)
  const addable = found.filter((guild) => !guild.botInGuild && guild.manageable)
  const others = found.filter((guild) => !guild.manageable)
  const stale = guilds.headers?.get('Warning')

  return (
    <>
      <PageHeader title={t('servers.title')} text={t('servers.text')} />
      {guilds.data && all.length > 0 && (
        <div class="page-tools"><SearchInput value={search} onInput={setSearch} label={t('servers.search')} /></div>
      )}
      {stale && <p class="page-note" role="status"><Icon of={Icons.Warning} /> {t('servers.stale')}</p>}
      {!guilds.data && !guilds.error && <Skeleton lines={6} />}
      {!guilds.data && Boolean(guilds.error) && <ErrorState error={guilds.error} onRetry={() => void refresh(path)} />}
      {guilds.data && all.length === 0 && <EmptyState icon={Icons.Server} title={t('servers.none')} text={t('servers.none.text')} />}
      {guilds.data && all.length > 0 && found.length === 0 && (
        <EmptyState icon={Icons.Search} title={t('state.noMatch')} text={t('state.noMatch.text', { search })} />
      )}

      {withBot.length > 0 && (
        <section class="sv-section">
          <h2>{t('servers.withBot')}</h2>
          <ul class="sv-grid">
            {withBot.map((guild) => (
              <li key={guild.id}>
                <a class="sv-card" href={urlOf(`/guilds/${guild.id}`)}>
                  <Avatar url={guildIconUrl(guild)} name={guild.name} size={44} />
                  <span class="sv-name">
                    <b>{guild.name}</b>
                    <span class="ui-muted">{t('servers.prefix', { prefix: guild.prefix ?? '!' })}</span>
                  </span>
                  {guild === last ? <Key>L</Key> : guild.owner && <Badge>{t('servers.owner')}</Badge>}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {addable.length > 0 && (
        <section class="sv-section">
          <h2>{t('servers.addable')}</h2>
          <ul class="sv-grid">
            {addable.map((guild) => (
              <li key={guild.id} class="sv-card">
                <Avatar url={guildIconUrl(guild)} name={guild.name} size={44} />
                <span class="sv-name"><b>{guild.name}</b></span>
                {bot.data && (
                  <ButtonLink icon={Icons.Plus} href={inviteTo(bot.data, guild)} target="_blank" rel="noreferrer"
                    aria-label={t('servers.addTo', { name: guild.name })}
                  >
                    {t('servers.add')}
                  </ButtonLink>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {others.length > 0 && (
        <details class="sv-section">
          <summary>{t('servers.others', { count: others.length })}</summary>
          <p class="ui-hint">{t('servers.others.text')}</p>
          <ul class="sv-grid">
            {others.map((guild) => (
              <li key={guild.id} class="sv-card">
                <Avatar url={guildIconUrl(guild)} name={guild.name} size={28} />
                <span class="sv-name"><span>{guild.name}</span></span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
