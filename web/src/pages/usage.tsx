// How often commands were used, and failed: the overview's chart and list.
import { useMemo, useState } from 'preact/hooks'
import type { CommandUse, DayUse, Guild, GuildStats } from '../api/schema'
import { urlOf } from '../base'
import { formatNumber, formatWith, t } from '../i18n'
import { useResource } from '../resource'
import { Badge, Button, Card, ErrorState, Select, Skeleton } from '../ui'
import { barsOf, labelled, scaleFor, sumOf } from './usage_chart'

const spans = [7, 30, 90]
const usualSpan = 30

const statsPath = (guildId: string, days: number) => `/api/guilds/${guildId}/stats?days=${days}`

/** The uses of the last 30 days. */
export const useStats = (guildId: string) => useResource<GuildStats>(statsPath(guildId, usualSpan))

/** The same by command; empty until it is read. */
export function useCommandUses(guildId: string): ReadonlyMap<string, CommandUse> {
  const commands = useStats(guildId).data?.commands
  return useMemo(() => new Map(commands?.map((each) => [each.commandId, each])), [commands])
}

/** Days are UTC's. */
const formatDay = (day: string) => formatWith('day', { day: 'numeric', month: 'short', timeZone: 'UTC' }, day)

function Chart({ days }: { days: DayUse[] }) {
  const top = scaleFor(Math.max(...days.map(({ uses }) => uses)))
  const bars = barsOf(days, top)
  return (
    <div class="us-chart" aria-hidden="true">
      <div class="us-scale"><span>{formatNumber(top)}</span><span>{formatNumber(top / 2)}</span><span>0</span></div>
      <svg viewBox={`0 0 ${days.length} 1`} preserveAspectRatio="none">
        {[0, 0.5, 1].map((y) => <line key={y} class="us-grid" x1="0" x2={days.length} y1={y} y2={y} />)}
        {days.map(({ day, uses, failures }, index) => {
          const { failed = 0, answered = 0 } = bars[index] ?? {}
          return (
            <g key={day} class="us-day">
              <title>{t('usage.day', { day: formatDay(day), uses, failures })}</title>
              <rect class="us-hit" x={index} y="0" width="1" height="1" />
              <rect class="us-failed" x={index + 0.15} y={1 - failed} width="0.7" height={failed} />
              <rect class="us-answered" x={index + 0.15} y={1 - failed - answered} width="0.7" height={answered} />
            </g>
          )
        })}
      </svg>
      <div class="us-days">{labelled(days.length).map((index) => <span key={index}>{formatDay(days[index]?.day ?? '')}</span>)}</div>
      <p class="us-legend"><span class="us-key answered">{t('usage.answered')}</span><span class="us-key failed">{t('usage.failures')}</span></p>
    </div>
  )
}

function Table({ days }: { days: DayUse[] }) {
  return (
    <table class="ui-table">
      <caption class="ui-sr">{t('usage.title')}</caption>
      <thead>
        <tr><th scope="col">{t('usage.dayColumn')}</th><th scope="col" class="num">{t('usage.uses')}</th><th scope="col" class="num">{t('usage.failures')}</th></tr>
      </thead>
      <tbody>
        {days.map(({ day, uses, failures }) => (
          <tr key={day}><td><time dateTime={day}>{formatDay(day)}</time></td><td class="num">{formatNumber(uses)}</td><td class="num">{formatNumber(failures)}</td></tr>
        ))}
      </tbody>
    </table>
  )
}

/** Uses and failures of each day, as a chart or as a table. */
export function UsageCard({ guild }: { guild: Guild }) {
  const [span, setSpan] = useState(usualSpan)
  const [asTable, setAsTable] = useState(false)
  const stats = useResource<GuildStats>(statsPath(guild.id, span))
  const days = stats.data?.days
  const sum = sumOf(days ?? [])
  const actions = (
    <div class="us-tools">
      {sum.uses > 0 && <Button size="sm" onClick={() => setAsTable(!asTable)}>{t(asTable ? 'usage.asChart' : 'usage.asTable')}</Button>}
      <Select
        value={String(span)} aria-label={t('usage.span')} onChange={(value) => setSpan(Number(value))}
        options={spans.map((value) => ({ value: String(value), label: t('usage.days', { count: value }) }))}
      />
    </div>
  )
  return (
    <Card title={t('usage.title')} actions={actions}>
      {!days && (stats.error ? <ErrorState error={stats.error} onRetry={stats.reload} /> : <Skeleton lines={5} />)}
      {days && sum.uses === 0 && <p class="ui-muted">{t('usage.none')}</p>}
      {days && sum.uses > 0 && (
        <>
          <p class="ui-muted">{t('usage.sum', sum)}</p>
          {asTable ? (
            <div class="ui-table-wrap us-table" tabIndex={0} role="region" aria-label={t('usage.title')}><Table days={[...days].reverse()} /></div>
          ) : (
            <>
              <Chart days={days} />
              <div class="ui-sr"><Table days={days} /></div>
            </>
          )}
        </>
      )}
    </Card>
  )
}

const maxListed = 6

/** The commands that were used most in the last 30 days. */
export function MostUsedCard({ guild }: { guild: Guild }) {
  const uses = useCommandUses(guild.id)
  const triggers = new Map(guild.commands.map(({ id, trigger }) => [id, trigger]))
  const listed = [...uses.values()].filter(({ commandId }) => triggers.has(commandId)).slice(0, maxListed)
  if (listed.length === 0) return null
  const most = listed[0]?.uses ?? 1
  return (
    <Card title={t('usage.most')} actions={<span class="ui-muted us-note">{t('usage.days', { count: usualSpan })}</span>}>
      <ol class="us-most">
        {listed.map((each) => (
          <li key={each.commandId}>
            <a href={urlOf(`/guilds/${guild.id}/commands/${each.commandId}`)}>{guild.prefix}{triggers.get(each.commandId)}</a>
            <svg class="us-bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
              <rect class="us-answered" width={each.uses / most} height="1" />
              <rect class="us-failed" width={each.failures / most} height="1" />
            </svg>
            <span class="us-count">{t('usage.count', { count: each.uses })}</span>
            {each.failures > 0 && <Badge tone="danger">{t('usage.failed', { count: each.failures })}</Badge>}
          </li>
        ))}
      </ol>
    </Card>
  )
}
