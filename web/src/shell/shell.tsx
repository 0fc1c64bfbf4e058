// What surrounds each page: navigation, state of the connection, keys.
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { unreachable } from '../api/client'
import { avatarUrl, guildIconUrl, isAdmin, loginUrl, me, nameOf, sessionEnded } from '../api/session'
import type { UserGuild } from '../api/schema'
import { urlOf } from '../base'
import { t } from '../i18n'
import { useShortcuts, type Shortcut } from '../keys'
import { checkSession, connection } from '../live'
import { useResource } from '../resource'
import { navigate, route } from '../router'
import { Avatar, Button, ButtonLink, Icon, IconButton, Icons, type IconShape } from '../ui'
import { helpOpen, KeysHelp } from './keys_help'

const menuOpen = signal(false)

interface Entry {
  to: string
  label: string
  icon: IconShape
  current: boolean
}

function NavLink({ to, label, icon, current }: Entry) {
  return (
    <a class="sh-link" href={urlOf(to)} aria-current={current ? 'page' : undefined}>
      <Icon of={icon} />
      {label}
    </a>
  )
}

const guildOfPath = (path: string) => /^\/guilds\/(\d+)/.exec(path)?.[1]

function Navigation() {
  const { path } = route.value
  const guildId = guildOfPath(path)
  const guilds = useResource<UserGuild[]>('/api/users/me/guilds')
  const guild = guilds.data?.find(({ id }) => id === guildId)
  const base = `/guilds/${guildId}`
  return (
    <nav class="sh-nav" aria-label={t('nav.label')}>
      <a class="sh-brand" href={urlOf('/')}>
        <span class="sh-mark" aria-hidden="true">g</span> guildhall
      </a>
      <div class="sh-group">
        <NavLink to="/" label={t('nav.servers')} icon={Icons.Server} current={path === '/' || path === '/guilds'} />
      </div>
      {guildId && (
        <div class="sh-group">
          <p class="sh-guild">
            <Avatar url={guild ? guildIconUrl(guild) : null} name={guild?.name ?? '?'} size={22} />
            <span>{guild?.name ?? t('nav.server')}</span>
          </p>
          <NavLink to={base} label={t('nav.overview')} icon={Icons.House} current={path === base} />
          <NavLink
            to={`${base}/commands`} label={t('nav.commands')} icon={Icons.Terminal}
            current={path.startsWith(`${base}/commands`)}
          />
          <NavLink to={`${base}/events`} label={t('nav.events')} icon={Icons.Radio} current={path === `${base}/events`} />
        </div>
      )}
      <div class="sh-group sh-bottom">
        {isAdmin() && (
          <NavLink to="/admin" label={t('nav.admin')} icon={Icons.Gauge} current={path.startsWith('/admin')} />
        )}
        <button class="sh-link" type="button" onClick={() => (helpOpen.value = true)}>
          <Icon of={Icons.Keyboard} />
          {t('keys.title')} <kbd class="ui-key">?</kbd>
        </button>
        {me.value && (
          <a class="sh-link" href={urlOf('/account')} aria-current={path === '/account' ? 'page' : undefined}>
            <Avatar url={avatarUrl(me.value)} name={nameOf(me.value)} size={22} />
            <span class="sh-name">{nameOf(me.value)}</span>
          </a>
        )}
      </div>
    </nav>
  )
}

/** A line above the page while something is not as it should be. */
function ConnectionLine() {
  if (sessionEnded.value) {
    return (
      <div class="sh-line" role="alert">
        <Icon of={Icons.User} />
        <span>{t('error.401.text')}</span>
        <ButtonLink kind="primary" href={loginUrl()}>{t('action.signInAgain')}</ButtonLink>
      </div>
    )
  }
  if (unreachable.value || connection.value === 'off') {
    return (
      <div class="sh-line" role="alert">
        <Icon of={Icons.Offline} />
        <span>{t('offline.line')}</span>
        <Button size="sm" onClick={() => void checkSession()}>{t('action.retryNow')}</Button>
      </div>
    )
  }
  return null
}

function pageShortcuts(): Shortcut[] {
  const guildId = guildOfPath(route.value.path)
  const list: Shortcut[] = [
    { keys: '?', label: t('keys.help'), run: () => (helpOpen.value = true) },
    { keys: '/', label: t('keys.search'), run: () => document.querySelector<HTMLElement>('[data-search]')?.focus() },
    { keys: 'g s', label: t('nav.servers'), run: () => navigate('/') },
    { keys: 'g a', label: t('nav.account'), run: () => navigate('/account') },
  ]
  if (guildId) {
    list.push(
      { keys: 'g o', label: t('nav.overview'), run: () => navigate(`/guilds/${guildId}`) },
      { keys: 'g c', label: t('nav.commands'), run: () => navigate(`/guilds/${guildId}/commands`) },
      { keys: 'g e', label: t('nav.events'), run: () => navigate(`/guilds/${guildId}/events`) },
    )
  }
  if (isAdmin()) list.push({ keys: 'g d', label: t('nav.admin'), run: () => navigate('/admin') })
  return list
}

export function Shell({ children }: { children: ComponentChildren }) {
  const { path } = route.value
  useShortcuts(pageShortcuts())
  const shown = useRef(path)
  useEffect(() => {
    menuOpen.value = false
    if (shown.current === path) return
    shown.current = path
    // What had the focus is gone with its page, or is the link that led here.
    const main = document.getElementById('main')
    if (!main?.contains(document.activeElement)) main?.focus({ preventScroll: true })
  }, [path])
  useEffect(() => {
    if (!menuOpen.value) return
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') menuOpen.value = false
    }
    addEventListener('keydown', close)
    return () => removeEventListener('keydown', close)
  }, [menuOpen.value])
  return (
    <div class={menuOpen.value ? 'sh menu-open' : 'sh'}>
      <a class="sh-skip" href="#main">{t('nav.skip')}</a>
      <header class="sh-top">
        <IconButton
          icon={menuOpen.value ? Icons.X : Icons.Menu} label={t('nav.menu')} aria-expanded={menuOpen.value}
          onClick={() => (menuOpen.value = !menuOpen.value)}
        />
        <a class="sh-brand" href={urlOf('/')}>
          <span class="sh-mark" aria-hidden="true">g</span> guildhall
        </a>
      </header>
      <Navigation />
      <button class="sh-shade" type="button" aria-label={t('action.close')} tabIndex={-1} onClick={() => (menuOpen.value = false)} />
      <main id="main" class="sh-main" tabIndex={-1}>
        <ConnectionLine />
        {children}
      </main>
      <KeysHelp />
    </div>
  )
}
