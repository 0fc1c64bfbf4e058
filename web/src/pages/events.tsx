// The gateway's events of a server as they come.
import { useState } from 'preact/hooks'
import type { Guild } from '../api/schema'
import { formatTime, t } from '../i18n'
import { useShortcuts } from '../keys'
import { events, type LiveEvent } from '../live'
import { memo } from '../memo'
import { jsonText } from '../search_text'
import { LiveBadge } from '../shell/live_badge'
import { PageHeader } from '../shell/page_header'
import { Badge, Button, copyText, EmptyState, IconButton, Icons, SearchInput, Select } from '../ui'

/** A line that says what an event is about, for the events that people look for. */
function summary({ data }: LiveEvent): string {
  const fields = data as Record<string, unknown> | null
  const author = fields?.author as { username?: string } | undefined
  const text = [author?.username, fields?.content ?? fields?.name ?? fields?.trigger ?? fields?.outcome ?? fields?.ending]
  return text.filter((part) => typeof part === 'string' && part !== '').join(': ').slice(0, 200)
}

function toneOf(name: string) {
  if (name === 'COMMAND_RUN' || name === 'SCRIPT_RUN') return 'accent' as const
  return /DELETE|REMOVE/.test(name) ? ('danger' as const) : ('neutral' as const)
}

const EventRow = memo(function EventRow({ event }: { event: LiveEvent }) {
  const [open, setOpen] = useState(false)
  const json = open ? JSON.stringify(event.data, null, 2) : ''
  return (
    <li class="ev-row">
      <button type="button" class="ev-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <time dateTime={new Date(event.at).toISOString()}>{formatTime(event.at)}</time>
        <Badge tone={toneOf(event.name)}>{event.name}</Badge>
        <span class="ev-text">{summary(event)}</span>
        {event.withheld && <Badge tone="warning">{t('events.withheld')}</Badge>}
      </button>
      {open && (
        <div class="ev-json">
          <IconButton icon={Icons.Copy} label={t('action.copyJson')} onClick={() => void copyText(json)} />
          <pre tabIndex={0} role="region" aria-label={`${event.name}, JSON`}>{json}</pre>
        </div>
      )}
    </li>
  )
})

export function EventsPage({ guild }: { guild: Guild }) {
  const [name, setName] = useState('')
  const [search, setSearch] = useState('')
  const [paused, setPaused] = useState<readonly LiveEvent[] | null>(null)
  const [clearedAt, setClearedAt] = useState(0)

  const source = (paused ?? events.value).filter((event) => event.guildId === guild.id && event.key > clearedAt)
  const names = [...new Set(source.map((event) => event.name))].sort()
  if (name && !names.includes(name)) names.push(name)
  const words = search.toLowerCase()
  const matches = (event: LiveEvent) => words === '' || jsonText(event).includes(words)
  const shown = source
    .filter((event) => (!name || event.name === name) && matches(event))
    .slice(-300)
    .reverse()
  const missed = paused ? events.value.filter((event) => event.guildId === guild.id && event.key > (paused.at(-1)?.key ?? 0)).length : 0
  const pause = () => setPaused(paused ? null : events.value)
  useShortcuts([{ keys: 'p', label: t('events.pause'), run: pause }])

  const options = [{ value: '', label: t('events.all') }, ...names.map((value) => ({ value, label: value }))]
  return (
    <>
      <PageHeader title={t('nav.events')} level={guild.name} text={t('events.text')}>
        <LiveBadge guildId={guild.id} />
      </PageHeader>
      <div class="page-tools">
        <SearchInput value={search} onInput={setSearch} label={t('events.search')} />
        <Select value={name} options={options} aria-label={t('events.filter')} onChange={setName} />
        <Button icon={paused ? Icons.Play : Icons.Pause} aria-pressed={paused !== null} onClick={pause}>
          {paused ? t('events.resume', { count: missed }) : t('events.pause')}
        </Button>
        <Button kind="quiet" disabled={source.length === 0} onClick={() => setClearedAt(source.at(-1)?.key ?? 0)}>{t('events.clear')}</Button>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon={Icons.Radio} title={source.length ? t('state.noMatch') : t('events.none')}
          text={source.length ? t('state.noMatch.text', { search: search || name }) : t('events.none.text')}
        />
      ) : (
        <ul class="ev-list" aria-label={t('nav.events')}>
          {shown.map((event) => <EventRow key={event.key} event={event} />)}
        </ul>
      )}
    </>
  )
}
