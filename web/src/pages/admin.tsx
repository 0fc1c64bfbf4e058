// What operators see: how the process is, the log, and people.
import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, api } from '../api/client'
import { isAdmin } from '../api/session'
import type { Log, LogPage } from '../api/schema'
import { formatDateTime, formatTime, t } from '../i18n'
import { logLines } from '../live'
import { navigate } from '../router'
import { PageHeader } from '../shell/page_header'
import { Badge, Button, EmptyState, ErrorState, Icons, SearchInput, Select, Skeleton, Tabs, type Tone } from '../ui'
import { StatusTab } from './admin_status'
import { UsersTab } from './admin_users'

/** The tabs by their paths. */
const paths = { status: '/admin', log: '/admin/log', users: '/admin/users' } as const
type AdminTab = keyof typeof paths

export const adminTabOf = (path: string) => (Object.keys(paths) as AdminTab[]).find((tab) => paths[tab] === path)

export function AdminPage({ tab }: { tab: AdminTab }) {
  if (!isAdmin()) return <ErrorState page error={new ApiError(403, t('admin.forbidden'))} />
  const tabs = (Object.keys(paths) as AdminTab[]).map((id) => ({ id, label: t(`admin.${id}`) }))
  return (
    <>
      <PageHeader title={t('nav.admin')} text={t('admin.text')} />
      <Tabs tabs={tabs} value={tab} label={t('nav.admin')} onChange={(id) => navigate(paths[id as AdminTab])}>
        {tab === 'status' && <StatusTab />}
        {tab === 'log' && <LogTab />}
        {tab === 'users' && <UsersTab />}
      </Tabs>
    </>
  )
}

const levels = ['debug', 'http', 'info', 'warn', 'error'] as const
const levelTones: Record<Log['level'], Tone> = { debug: 'neutral', http: 'neutral', info: 'accent', warn: 'warning', error: 'danger' }

function LogRow({ line }: { line: Log }) {
  const head = (
    <>
      <time dateTime={line.timestamp} title={formatDateTime(line.timestamp)}>{formatTime(line.timestamp)}</time>
      <Badge tone={levelTones[line.level]}>{line.level}</Badge>
      <span class="ui-muted">{line.source}</span>
      <span class="lg-text">{line.message}</span>
    </>
  )
  if (!line.stacktrace) return <li class="lg-row">{head}</li>
  return (
    <li>
      <details class="lg-more">
        <summary class="lg-row">{head}</summary>
        <pre>{line.stacktrace}</pre>
      </details>
    </li>
  )
}

function LogTab() {
  const [level, setLevel] = useState<string>('info')
  const [source, setSource] = useState('')
  const [stored, setStored] = useState<Log[]>([])
  const [next, setNext] = useState<number | null>(null)
  const [error, setError] = useState<unknown>()
  const [loading, setLoading] = useState(true)

  const latest = useRef<AbortController>()
  const load = async (before: number | null) => {
    latest.current?.abort()
    const { signal } = (latest.current = new AbortController())
    setLoading(true)
    const query = new URLSearchParams({ level, limit: '100', ...(source && { source }), ...(before !== null && { before: String(before) }) })
    try {
      const { data } = await api.get<LogPage>(`/api/logs?${query}`, { signal })
      setStored((known) => (before === null ? data.logs : [...known, ...data.logs]))
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
    const timer = setTimeout(() => void load(null), source ? 250 : 0)
    return () => {
      clearTimeout(timer)
      latest.current?.abort()
    }
  }, [level, source])

  const wanted = levels.slice(levels.indexOf(level as (typeof levels)[number])) as readonly string[]
  const newest = stored[0]?.id ?? 0
  const live = logLines.value
    .filter((line) => line.id > newest && wanted.includes(line.level) && (!source || line.source === source))
    .reverse()
  const lines = [...live, ...stored]
  return (
    <div class="ui-stack">
      <div class="page-tools">
        <SearchInput value={source} onInput={setSource} label={t('admin.source')} />
        <Select
          value={level} aria-label={t('admin.level')} onChange={setLevel}
          options={levels.map((value) => ({ value, label: t('admin.from', { level: value }) }))}
        />
      </div>
      {error !== undefined && lines.length === 0 && <ErrorState error={error} onRetry={() => void load(null)} />}
      {loading && lines.length === 0 && <Skeleton lines={8} />}
      {!loading && error === undefined && lines.length === 0 && <EmptyState icon={Icons.Scroll} title={t('admin.noLines')} />}
      {lines.length > 0 && (
        <div role="log" aria-label={t('admin.log')}>
          <ol class="lg-list">{lines.map((line) => <LogRow key={line.id} line={line} />)}</ol>
        </div>
      )}
      {next !== null && lines.length > 0 && (
        <div><Button busy={loading} onClick={() => void load(next)}>{t('admin.older')}</Button></div>
      )}
    </div>
  )
}
