import { useState } from 'preact/hooks'
import { ApiError, api } from '../api/client'
import { guildIconUrl } from '../api/session'
import type { Guild, GuildUpdate } from '../api/schema'
import { urlOf } from '../base'
import { guildPath, hasScript, snippet } from '../commands_api'
import { draftsOf } from '../drafts'
import { formatAgo, formatDateTime, locale, t } from '../i18n'
import { events } from '../live'
import { store } from '../resource'
import { LiveBadge } from '../shell/live_badge'
import { PageHeader } from '../shell/page_header'
import { Avatar, Button, ButtonLink, Card, EmptyState, Field, Icons, Select, TextInput, showError, toast } from '../ui'
import { problemOf, type Run } from './run_problem'
import { MostUsedCard, UsageCard, useCommandUses } from './usage'

/** The languages of Discord. */
const languageTags = [
  'id', 'da', 'de', 'en-GB', 'en-US', 'es-ES', 'es-419', 'fr', 'hr', 'it', 'lt', 'hu', 'nl', 'no', 'pl', 'pt-BR', 'ro', 'fi', 'sv-SE',
  'vi', 'tr', 'cs', 'el', 'bg', 'ru', 'uk', 'hi', 'th', 'zh-CN', 'ja', 'zh-TW', 'ko',
]

function languageOptions(current: string) {
  const names = new Intl.DisplayNames([locale.value], { type: 'language' })
  const tags = languageTags.includes(current) ? languageTags : [current, ...languageTags]
  return tags
    .map((tag) => ({ value: tag, label: names.of(tag) ?? tag }))
    .sort((a, b) => a.label.localeCompare(b.label, locale.value))
}

function Settings({ guild }: { guild: Guild }) {
  /** What is typed; the rest follows the server. */
  const [edit, setEdit] = useState<GuildUpdate>({})
  const [error, setError] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  const { prefix = guild.prefix, language = guild.language } = edit
  const change: GuildUpdate = { ...(prefix !== guild.prefix && { prefix }), ...(language !== guild.language && { language }) }
  const changed = Object.keys(change).length > 0

  const save = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      store(guildPath(guild.id), await api.patch<Guild>(guildPath(guild.id), change))
      // What is typed meanwhile stays.
      setEdit((now) => Object.fromEntries(Object.entries(now).filter(([name, value]) => change[name as keyof GuildUpdate] !== value)))
      toast(t('state.saved'))
    } catch (failure) {
      if (failure instanceof ApiError && (failure.field || failure.status === 409)) setError(failure)
      else showError(failure)
    } finally {
      setBusy(false)
    }
  }
  const prefixError = error && error.field !== '/language' ? error.message : null
  return (
    <Card title={t('settings.title')}>
      <form class="ui-stack" onSubmit={save}>
        <Field label={t('settings.prefix')} hint={t('settings.prefix.hint', { example: `${prefix}hello` })} error={prefixError} pointer="/prefix">
          {(id, describedBy, invalid) => (
            <TextInput id={id} aria-describedby={describedBy} aria-invalid={invalid} value={prefix} onInput={(next) => setEdit({ ...edit, prefix: next })} />
          )}
        </Field>
        <Field label={t('settings.language')} hint={t('settings.language.hint')} pointer="/language"
          error={error?.field === '/language' ? error.message : null}
        >
          {(id, describedBy) => (
            <Select
              id={id} aria-describedby={describedBy} value={language} options={languageOptions(guild.language)}
              onChange={(next) => setEdit({ ...edit, language: next })}
            />
          )}
        </Field>
        <div class="ui-row">
          <Button kind="primary" type="submit" disabled={!changed} busy={busy}>{t('action.save')}</Button>
          {changed && (
            <Button
              kind="quiet"
              onClick={() => {
                setEdit({})
                setError(null)
              }}
            >
              {t('action.discard')}
            </Button>
          )}
        </div>
      </form>
    </Card>
  )
}

const maxProblems = 8

/** The runs that were not answered as meant: those since the page was opened, then the last failure of each other command. */
function Problems({ guild }: { guild: Guild }) {
  const uses = useCommandUses(guild.id)
  const live = events.value
    .filter(({ guildId, name }) => guildId === guild.id && (name === 'COMMAND_RUN' || name === 'SCRIPT_RUN'))
    .map(({ key, at, data }) => ({ key: String(key), at, run: data as Run, text: problemOf(data as Run) }))
    .filter(({ text }) => text !== null)
    .reverse()
  const known = new Set(live.map(({ run }) => run.commandId))
  const stored = guild.commands
    .filter(({ id }) => !known.has(id))
    .flatMap(({ id, trigger }) => {
      const { lastFailureAt = null, lastFailure = null } = uses.get(id) ?? {}
      return lastFailureAt === null ? [] : [{ key: `of ${id}`, at: Date.parse(lastFailureAt), run: { commandId: id, trigger }, text: lastFailure }]
    })
    .sort((a, b) => b.at - a.at)
  const problems = [...live, ...stored].slice(0, maxProblems)
  return (
    <Card title={t('problems.title')} actions={<LiveBadge guildId={guild.id} />}>
      {problems.length === 0 ? (
        <p class="ui-muted">{t('problems.none')}</p>
      ) : (
        <ul class="ov-list">
          {problems.map(({ key, at, run, text }) => (
            <li key={key}>
              <a href={urlOf(`/guilds/${guild.id}/commands/${run.commandId}`)}>{run.trigger}</a>
              <span>{text}</span>
              <time class="ui-muted" dateTime={new Date(at).toISOString()}>{formatAgo(at)}</time>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Statistics({ guild }: { guild: Guild }) {
  const summaries = guild.commands
  const scripted = summaries.filter(hasScript).length
  const embeds = summaries.filter(({ response }) => (response.embeds?.length ?? 0) > 0).length
  const tiles = [
    { label: t('nav.commands'), value: `${summaries.length} / 500` },
    { label: t('commands.filter.script'), value: String(scripted) },
    { label: t('commands.filter.embed'), value: String(embeds) },
    { label: t('commands.unsaved'), value: String(draftsOf(guild.id).size) },
  ]
  return (
    <dl class="ov-numbers">
      {tiles.map(({ label, value }) => (
        <div key={label}><dt>{label}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  )
}

export function OverviewPage({ guild }: { guild: Guild }) {
  const recent = [...guild.commands].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt)).slice(0, 6)
  const commands = urlOf(`/guilds/${guild.id}/commands`)
  return (
    <>
      <PageHeader
        title={guild.name} icon={<Avatar url={guildIconUrl(guild)} name={guild.name} size={48} />}
        text={t('overview.since', { date: formatDateTime(guild.createdAt) })}
      >
        <ButtonLink kind="primary" icon={Icons.Plus} href={`${commands}/new`}>{t('commands.new')}</ButtonLink>
      </PageHeader>
      <Statistics guild={guild} />
      <div class="ov-columns">
        <div class="ui-stack">
          <UsageCard guild={guild} />
          <MostUsedCard guild={guild} />
          <Card title={t('commands.sort.changed')} actions={<a href={commands}>{t('commands.filter.all')}</a>}>
            {recent.length === 0 ? (
              <EmptyState icon={Icons.Sparkles} title={t('commands.none')} text={t('commands.none.text')}>
                <ButtonLink kind="primary" href={`${commands}?templates=1`}>{t('commands.fromTemplate')}</ButtonLink>
              </EmptyState>
            ) : (
              <ul class="ov-list">
                {recent.map((command) => (
                  <li key={command.id}>
                    <a href={`${commands}/${command.id}`}>{guild.prefix}{command.trigger}</a>
                    <span class="ui-muted ov-snippet">{snippet(command.response)}</span>
                    <time class="ui-muted" dateTime={command.updatedAt}>{formatAgo(command.updatedAt)}</time>
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <Problems guild={guild} />
        </div>
        <Settings guild={guild} />
      </div>
    </>
  )
}
