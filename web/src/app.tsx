import { useEffect } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { ApiError, api } from './api/client'
import { me, sessionEnded } from './api/session'
import type { User } from './api/schema'
import { finishDeletions } from './deletions'
import { t } from './i18n'
import { connect, reconnect } from './live'
import { AccountPage } from './pages/account'
import { AdminPage, adminTabOf } from './pages/admin'
import { CommandsPage } from './pages/commands'
import { lazyPage } from './pages/lazy'
import { EventsPage } from './pages/events'
import { GuildPage } from './pages/guild'
import { LandingPage } from './pages/landing'
import { OverviewPage } from './pages/overview'
import { ServersPage } from './pages/servers'
import { match, route } from './router'
import { Shell } from './shell/shell'
import { EmptyState, ErrorState, Icons, Skeleton, Toasts } from './ui'
import { signal } from '@preact/signals'

const CommandPage = lazyPage(() => import('./pages/command').then((module) => module.CommandPage))

const startError = signal<unknown>(undefined)

/** Reads who is signed in. */
export async function loadUser(): Promise<void> {
  try {
    me.value = (await api.get<User>('/api/users/me')).data
    startError.value = undefined
    sessionEnded.value = false
    void connect()
    void finishDeletions()
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) me.value = null
    else startError.value = error
  }
}

/** The page that the address names. */
function page(path: string): ComponentChildren {
  if (path === '/' || path === '/guilds') return <ServersPage />
  if (path === '/account') return <AccountPage />
  const adminTab = adminTabOf(path)
  if (adminTab) return <AdminPage tab={adminTab} />
  const parts = match('/guilds/:id', path) ?? match('/guilds/:id/:page', path) ?? match('/guilds/:id/:page/:item', path)
  if (parts?.id) {
    const { id, page: name, item } = parts
    return (
      <GuildPage id={id} key={id}>
        {(guild) => {
          if (name === undefined) return <OverviewPage guild={guild} />
          if (name === 'events' && item === undefined) return <EventsPage guild={guild} />
          if (name === 'commands' && item === undefined) return <CommandsPage guild={guild} />
          if (name === 'commands' && item !== undefined) return <CommandPage guild={guild} commandId={item} key={item} />
          return <NoSuchPage />
        }}
      </GuildPage>
    )
  }
  return <NoSuchPage />
}

const NoSuchPage = () => <EmptyState page icon={Icons.Search} title={t('error.404.title')} text={t('error.404.page')} />

export function App() {
  useEffect(() => {
    const back = () => {
      if (document.visibilityState === 'visible') reconnect()
    }
    addEventListener('online', reconnect)
    document.addEventListener('visibilitychange', back)
    return () => {
      removeEventListener('online', reconnect)
      document.removeEventListener('visibilitychange', back)
    }
  }, [])

  if (startError.value !== undefined) {
    return <main class="sh-alone"><ErrorState page error={startError.value} onRetry={() => void loadUser()} /></main>
  }
  if (me.value === undefined) return <main class="sh-alone"><Skeleton lines={6} /></main>
  const { path } = route.value
  if (me.value === null) {
    return (
      <>
        <LandingPage wanted={path === '/' ? null : path} />
        <Toasts />
      </>
    )
  }
  return (
    <>
      <Shell>{page(path)}</Shell>
      <Toasts />
    </>
  )
}
