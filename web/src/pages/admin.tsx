// What operators see: how the parts are, numbers, and the log.
import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, api, timeLimit } from '../api/client'
import { isAdmin } from '../api/session'
import type { Log, LogPage, Readiness } from '../api/schema'
import { urlOf } from '../base'
import { formatDateTime, formatNumber, formatTime, t } from '../i18n'
import { logLines } from '../live'
import { navigate } from '../router'
import { PageHeader } from '../shell/page_header'
import { Badge, Button, Card, EmptyState, ErrorState, Icons, SearchInput, Select, Skeleton, Tabs, type Tone } from '../ui'

export function AdminPage({ tab }: { tab: 'status' | 'log' }) {
  if (!isAdmin()) return <ErrorState page error={new ApiError(403, t('admin.forbidden'))} />
  const tabs = [{ id: 'status', label: t('admin.status') }, { id: 'log', label: t('admin.log') }]
  return (
    <>
      <PageHeader title={t('nav.admin')} text={t('admin.text')} />
      <Tabs tabs={tabs} value={tab} label={t('nav.admin')} onChange={(id) => navigate(id === 'log' ? '/admin/log' : '/admin')}>
        {tab === 'status' ? <StatusTab /> : <LogTab />}
      </Tabs>
    </>
  )
}

interface Sample {
  name: string
  labels: string
  value: number
}

/** The samples of Prometheus' text format. */
function parseMetrics(text: string): Sample[] {
  const samples: Sample[] = []
  for (const line of text.split('\n')) {
    const parts = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line)
    if (parts?.[1] && parts[3]) samples.push({ name: parts[1], labels: parts[2] ?? '', value: Number(parts[3]) })
  }
  return samples
}

async function read(path: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(urlOf(path), { signal })
  } catch {
    throw new ApiError(0, t('error.offline.text'))
  }
}

async function readStatus(signal: AbortSignal): Promise<{ readiness: Readiness; samples: Sample[] }> {
  const [readiness, metrics] = await Promise.all([read('/readyz', signal), read('/metrics', signal)])
  if (!metrics.ok) throw new ApiError(metrics.status, t('error.status', { status: String(metrics.status) }), {}, metrics.headers)
  // A 503 of /readyz has the same body.
  return { readiness: (await readiness.json()) as Readiness, samples: parseMetrics(await metrics.text()) }
}

const interval = 5000

function StatusTab() {
  const [status, setStatus] = useState<Awaited<ReturnType<typeof readStatus>>>()
  const [error, setError] = useState<unknown>()
  const [search, setSearch] = useState('')
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const ended = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    // The next read begins after the last one has ended.
    const next = async () => {
      if (document.visibilityState === 'visible') {
        try {
          setStatus(await readStatus(AbortSignal.any([ended.signal, AbortSignal.timeout(timeLimit)])))
          setError(undefined)
        } catch (failure) {
          if (!ended.signal.aborted) setError(failure)
        }
      }
      if (!ended.signal.aborted) timer = setTimeout(next, interval)
    }
    void next()
    return () => {
      ended.abort()
      clearTimeout(timer)
    }
  }, [attempt])
  if (!status) return error ? <ErrorState error={error} onRetry={() => setAttempt(attempt + 1)} /> : <Skeleton lines={6} />
  const tones = { up: 'success', down: 'danger', off: 'neutral' } as const satisfies Record<string, Tone>
  const parts = [
    { label: t('admin.database'), health: status.readiness.database },
    { label: t('admin.bot'), health: status.readiness.bot },
  ]
  const words = search.toLowerCase()
  const samples = status.samples.filter(({ name, labels }) => !name.endsWith('_bucket') && `${name} ${labels}`.toLowerCase().includes(words))
  return (
    <div class="ui-stack">
      <div class="ad-parts">
        {parts.map(({ label, health }) => (
          <Card key={label}>
            <div class="ad-part">
              <h2>{label}</h2>
              <Badge tone={tones[health.state]}>{t(`admin.${health.state}`)}</Badge>
            </div>
            <p class="ui-muted">{health.reason ?? t('admin.fine')}</p>
          </Card>
        ))}
      </div>
      <Card title={t('admin.metrics')}>
        <div class="page-tools"><SearchInput value={search} onInput={setSearch} label={t('admin.searchMetrics')} /></div>
        <div class="ui-table-wrap ad-metrics" tabIndex={0} role="region" aria-label={t('admin.metrics')}>
          <table class="ui-table">
            <thead><tr><th scope="col">{t('admin.name')}</th><th scope="col">{t('admin.labels')}</th><th scope="col" class="num">{t('admin.value')}</th></tr></thead>
            <tbody>
              {samples.map(({ name, labels, value }) => (
                <tr key={`${name}{${labels}}`}>
                  <td><code>{name}</code></td>
                  <td class="ui-muted">{labels}</td>
                  <td class="num">{formatNumber(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
    </div>
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
