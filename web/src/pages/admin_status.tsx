// How the process is: its parts, the shards and the script host.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { api } from '../api/client'
import type { NodeStatus, PartHealth, ShardStatus } from '../api/schema'
import { formatAgo, formatDateTime, formatNumber, kept, t } from '../i18n'
import { Badge, Card, ErrorState, Skeleton, type Tone } from '../ui'

const interval = 5000

/** Read every five seconds while the page is seen; the error is that of the last read. */
function useStatus() {
  const [status, setStatus] = useState<NodeStatus>()
  const [error, setError] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const ended = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    // The next read begins after the last one has ended.
    const next = async () => {
      if (document.visibilityState === 'visible') {
        try {
          setStatus((await api.get<NodeStatus>('/api/admin/status', { signal: ended.signal })).data)
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
  return { status, error, retry: () => setAttempt(attempt + 1) }
}

const formatMegabytes = (bytes: number) =>
  kept('megabytes', (language) => new Intl.NumberFormat(language, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })).format(bytes / 1e6)

const formatMilliseconds = (value: number) =>
  kept('milliseconds', (language) => new Intl.NumberFormat(language, { style: 'unit', unit: 'millisecond' })).format(value)

const tones = { up: 'success', down: 'danger', off: 'neutral' } as const satisfies Record<string, Tone>

function Part({ label, health, children }: { label: string; health?: PartHealth; children?: ComponentChildren }) {
  return (
    <Card>
      <div class="ad-part">
        <h2>{label}</h2>
        {health && <Badge tone={tones[health.state]}>{t(`admin.${health.state}`)}</Badge>}
      </div>
      {health && <p class="ui-muted">{health.reason ?? t('admin.fine')}</p>}
      {children && <dl class="ad-facts">{children}</dl>}
    </Card>
  )
}

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => <div><dt>{name}</dt><dd>{children}</dd></div>

const shardTones: Record<ShardStatus['state'], Tone> = {
  waiting: 'warning', queued: 'warning', connecting: 'warning', identifying: 'warning', resuming: 'warning', ready: 'success', failed: 'danger',
  stopped: 'neutral',
}
const dialects = { sqlite: 'SQLite', mariadb: 'MariaDB', mysql: 'MySQL' }

function Shards({ shards }: { shards: ShardStatus[] }) {
  return (
    <Card title={t('admin.shards')}>
      <div class="ui-table-wrap ad-shards" tabIndex={0} role="region" aria-label={t('admin.shards')}>
        <table class="ui-table">
          <thead>
            <tr><th scope="col">{t('admin.shard')}</th><th scope="col">{t('admin.shardState')}</th><th scope="col" class="num">{t('admin.latency')}</th></tr>
          </thead>
          <tbody>
            {shards.map(({ id, state, latencyMs }) => (
              <tr key={id}>
                <td>{formatNumber(id)}</td>
                <td><Badge tone={shardTones[state]}>{t(`admin.shard.${state}`)}</Badge></td>
                <td class="num">{latencyMs === null ? '–' : formatMilliseconds(latencyMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

export function StatusTab() {
  const { status, error, retry } = useStatus()
  if (!status) return error ? <ErrorState error={error} onRetry={retry} /> : <Skeleton lines={6} />
  const { database, bot, scriptHost, shards, identifyBudget } = status
  return (
    <div class="ui-stack">
      {error !== undefined && <p class="page-note" role="alert">{t('admin.stale', { reason: error instanceof Error ? error.message : String(error) })}</p>}
      <div class="ad-parts">
        <Part label={t('admin.bot')} health={bot}>
          {identifyBudget && <Fact name={t('admin.sessionStarts')}>{formatNumber(identifyBudget.used)}</Fact>}
        </Part>
        <Part label={t('admin.database')} health={database}>
          <Fact name={t('admin.dialect')}>{dialects[database.dialect]}</Fact>
        </Part>
        <Part label={t('admin.scripts')} health={scriptHost}>
          <Fact name={t('admin.runs')}>{t('admin.runs.count', { running: scriptHost.running, idle: scriptHost.idle, waiting: scriptHost.waiting })}</Fact>
        </Part>
        <Part label={t('admin.process')}>
          <Fact name={t('admin.version')}>{status.version}</Fact>
          <Fact name={t('admin.started')}>
            <time dateTime={status.startedAt} title={formatDateTime(status.startedAt)}>{formatAgo(status.startedAt)}</time>
          </Fact>
          <Fact name={t('admin.memory')}>{formatMegabytes(status.memoryBytes)}</Fact>
        </Part>
      </div>
      {shards.length > 0 && <Shards shards={shards} />}
    </div>
  )
}
