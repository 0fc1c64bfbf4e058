// Who has logged in, and who holds role ADMIN.
import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, api } from '../api/client'
import { avatarUrl, me } from '../api/session'
import type { ListedUser, UserPage } from '../api/schema'
import { formatAgo, formatDateTime, t } from '../i18n'
import { Avatar, Badge, Button, Dialog, EmptyState, ErrorState, Icons, SearchInput, Skeleton, toast } from '../ui'
import { holdsAdmin, withAdmin } from './admin_roles'

const nameOf = ({ globalName, username }: ListedUser) => globalName ?? username

function Row({ user, onChange }: { user: ListedUser; onChange: () => void }) {
  const admin = holdsAdmin(user)
  const name = nameOf(user)
  return (
    <li class="au-row">
      <Avatar url={avatarUrl(user)} name={name} size={36} />
      <span class="au-name">
        <strong>{name}</strong>
        <span class="ui-muted">{user.username} · {user.id}</span>
      </span>
      <span class="au-roles">{user.roles.map((role) => <Badge key={role.id} tone={role.name === 'ADMIN' ? 'accent' : 'neutral'}>{role.name}</Badge>)}</span>
      <span class="au-seen ui-muted" title={t('users.since', { date: formatDateTime(user.createdAt) })}>
        {user.lastSeenAt ? t('users.seen', { time: formatAgo(user.lastSeenAt) }) : t('users.away')}
      </span>
      <span class="au-action">
        {user.id === me.value?.id ? (
          <span class="ui-muted">{t('users.you')}</span>
        ) : (
          <Button size="sm" onClick={onChange} aria-label={t(admin ? 'users.revokeFrom' : 'users.grantTo', { name })}>
            {t(admin ? 'users.revoke' : 'users.grant')}
          </Button>
        )}
      </span>
    </li>
  )
}

/** Asks before the role changes hands, and shows why the server refuses. */
function RoleDialog({ user, onClose, onChanged }: { user: ListedUser | null; onClose: () => void; onChanged: (user: ListedUser) => void }) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => setError(null), [user])
  const admin = user !== null && holdsAdmin(user)
  const name = user ? nameOf(user) : ''
  const change = async () => {
    if (!user) return
    setBusy(true)
    setError(null)
    const path = `/api/admin/users/${user.id}/roles/ADMIN`
    try {
      await (admin ? api.delete(path) : api.put(path, undefined))
      onChanged(withAdmin(user, !admin, me.value?.roles ?? []))
      toast(t(admin ? 'users.revoked' : 'users.granted', { name }))
    } catch (failure) {
      setError(failure instanceof ApiError ? failure.message : String(failure))
    } finally {
      setBusy(false)
    }
  }
  const footer = (
    <>
      <Button onClick={onClose}>{t('action.cancel')}</Button>
      <Button kind={admin ? 'danger' : 'primary'} busy={busy} onClick={() => void change()}>{t(admin ? 'users.revoke' : 'users.grant')}</Button>
    </>
  )
  return (
    <Dialog open={user !== null} onClose={onClose} title={t(admin ? 'users.revokeFrom' : 'users.grantTo', { name })} footer={footer}>
      <p>{t(admin ? 'users.revoke.text' : 'users.grant.text', { name })}</p>
      {error && <p class="au-error" role="alert">{error}</p>}
    </Dialog>
  )
}

export function UsersTab() {
  const [search, setSearch] = useState('')
  const [users, setUsers] = useState<ListedUser[]>([])
  const [next, setNext] = useState<string | null>(null)
  const [error, setError] = useState<unknown>()
  const [loading, setLoading] = useState(true)
  const [asked, setAsked] = useState<ListedUser | null>(null)

  const latest = useRef<AbortController>()
  const load = async (before: string | null) => {
    latest.current?.abort()
    const { signal } = (latest.current = new AbortController())
    setLoading(true)
    const words = search.trim()
    const query = new URLSearchParams({ ...(words && { search: words }), ...(before !== null && { before }) })
    try {
      const { data } = await api.get<UserPage>(`/api/admin/users?${query}`, { signal })
      setUsers((known) => (before === null ? data.users : [...known, ...data.users]))
      setNext(data.next)
      setError(undefined)
      setLoading(false)
    } catch (failure) {
      if (signal.aborted) return
      setError(failure)
      setLoading(false)
    }
  }
  useEffect(() => {
    const timer = setTimeout(() => void load(null), search ? 250 : 0)
    return () => {
      clearTimeout(timer)
      latest.current?.abort()
    }
  }, [search])

  const onChanged = (changed: ListedUser) => {
    setUsers((known) => known.map((user) => (user.id === changed.id ? changed : user)))
    setAsked(null)
  }
  return (
    <div class="ui-stack">
      <div class="page-tools"><SearchInput value={search} onInput={setSearch} label={t('users.search')} /></div>
      {error !== undefined && <ErrorState error={error} onRetry={() => void load(null)} />}
      {loading && users.length === 0 && <Skeleton lines={8} />}
      {!loading && error === undefined && users.length === 0 && (
        <EmptyState icon={Icons.User} title={t('state.noMatch')} text={t('state.noMatch.text', { search })} />
      )}
      {error === undefined && users.length > 0 && (
        <ul class="au-list" aria-label={t('admin.users')} aria-busy={loading}>
          {users.map((user) => <Row key={user.id} user={user} onChange={() => setAsked(user)} />)}
        </ul>
      )}
      {error === undefined && next !== null && <div><Button busy={loading} onClick={() => void load(next)}>{t('users.more')}</Button></div>}
      <RoleDialog user={asked} onClose={() => setAsked(null)} onChanged={onChanged} />
    </div>
  )
}
