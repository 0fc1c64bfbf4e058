import { useCallback, useRef, useState } from 'preact/hooks'
import { api } from '../api/client'
import type { Command, CommandSummary, CommandUse, Guild } from '../api/schema'
import { urlOf } from '../base'
import { commandPath, download, exportFile, hasScript, inputOf, snippet, wholeCommands } from '../commands_api'
import { deleteCommands, deleted } from '../deletions'
import { draftsOf } from '../drafts'
import { formatAgo, formatDateTime, locale, t } from '../i18n'
import { useShortcuts } from '../keys'
import { memo } from '../memo'
import { beginCommand } from '../new_command'
import { navigate, route } from '../router'
import { valuesText } from '../search_text'
import { PageHeader } from '../shell/page_header'
import { switchCommands, switchMany } from '../switching'
import { Badge, Button, ButtonLink, Checkbox, EmptyState, Icons, Menu, SearchInput, Select, Switch, copyText, showError, toast } from '../ui'
import { ImportDialog } from './import_dialog'
import { TemplatesDialog } from './templates_dialog'
import { useCommandUses } from './usage'

type Entry = CommandSummary | Command

const sorts = {
  trigger: (a: Entry, b: Entry) => a.trigger.localeCompare(b.trigger, locale.value),
  changed: (a: Entry, b: Entry) => b.updatedAt.localeCompare(a.updatedAt),
  newest: (a: Entry, b: Entry) => b.createdAt.localeCompare(a.createdAt),
  uses: (a: Entry, b: Entry, uses: ReadonlyMap<string, CommandUse>) => (uses.get(b.id)?.uses ?? 0) - (uses.get(a.id)?.uses ?? 0),
}

const filters = {
  all: () => true,
  script: hasScript,
  embed: (command: Entry) => (command.response.embeds?.length ?? 0) > 0,
  component: (command: Entry) => (command.response.components?.length ?? 0) > 0,
  off: (command: Entry) => !command.enabled,
}

type Sort = keyof typeof sorts
type Filter = keyof typeof filters

const matches = ({ trigger, response }: Entry, words: string) =>
  words === '' || trigger.toLowerCase().includes(words) || valuesText(response).includes(words)

/** Opens the editor with a copy that is not saved yet. */
async function duplicate(guild: Guild, id: string) {
  try {
    const { data } = await api.get<Command>(commandPath(guild.id, id))
    beginCommand(guild, inputOf(data))
  } catch (error) {
    showError(error)
  }
}

async function copyJson(guild: Guild, id: string) {
  try {
    const { data } = await api.get<Command>(commandPath(guild.id, id))
    await copyText(JSON.stringify(inputOf(data), null, 2))
  } catch (error) {
    showError(error)
  }
}

async function exportCommands(guild: Guild, ids: ReadonlySet<string> | null) {
  try {
    const all = await wholeCommands(guild.id)
    const wanted = ids ? all.filter(({ id }) => ids.has(id)) : all
    download(`${guild.name.replace(/[^\p{L}\p{N}]+/gu, '-')}-commands.json`, exportFile(guild, wanted))
    toast(t('commands.exported', { count: wanted.length }))
  } catch (error) {
    showError(error)
  }
}

const Row = memo(function Row({ guild, command, use, selected, draft, onSelect }: {
  guild: Guild
  command: Entry
  use: CommandUse | undefined
  selected: boolean
  draft: boolean
  onSelect: (id: string, selected: boolean, range: boolean) => void
}) {
  const shift = useRef(false)
  return (
    <li class={`cl-row${selected ? ' selected' : ''}${command.enabled ? '' : ' off'}`}>
      <span class="cl-check" onClickCapture={(event) => (shift.current = event.shiftKey)}>
        <Checkbox checked={selected} hidden label={t('commands.select', { trigger: command.trigger })} onChange={(on) => onSelect(command.id, on, shift.current)} />
      </span>
      <a class="cl-trigger" href={urlOf(`/guilds/${guild.id}/commands/${command.id}`)}>
        <span class="ui-muted">{guild.prefix}</span>{command.trigger}
      </a>
      <span class="cl-text">{snippet(command.response)}</span>
      <span class="cl-badges">
        {use?.lastFailureAt && (
          <span class="cl-failed" title={use.lastFailure ?? ''}>
            <Badge tone="danger">{t('usage.lastFailure', { time: formatAgo(use.lastFailureAt) })}</Badge>
            <span class="ui-sr">{use.lastFailure}</span>
          </span>
        )}
        {draft && <Badge tone="warning">{t('commands.unsaved')}</Badge>}
        {filters.embed(command) && <Badge>{t('commands.embed')}</Badge>}
        {filters.component(command) && <Badge>{t('commands.component')}</Badge>}
        {hasScript(command) && <Badge tone="accent">{t('command.script')}</Badge>}
      </span>
      <span class="cl-uses" title={use && t('usage.days', { count: 30 })}>{use && t('usage.count', { count: use.uses })}</span>
      <time class="cl-time" dateTime={command.updatedAt} title={formatDateTime(command.updatedAt)}>{formatAgo(command.updatedAt)}</time>
      <Switch
        checked={command.enabled} hidden label={t('commands.answer', { trigger: command.trigger })}
        onChange={(on) => switchCommands(guild.id, [command.id], on)}
      />
      <Menu
        label={t('commands.actions', { trigger: command.trigger })} icon={Icons.Ellipsis}
        items={[
          { label: t('action.duplicate'), icon: Icons.Copy, onSelect: () => void duplicate(guild, command.id) },
          { label: t('action.copyJson'), icon: Icons.Terminal, onSelect: () => void copyJson(guild, command.id) },
          { label: t('action.delete'), icon: Icons.Trash, danger: true, onSelect: () => deleteCommands(guild.id, [command.id]) },
        ]}
      />
    </li>
  )
})

export function CommandsPage({ guild }: { guild: Guild }) {
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState<Sort>('trigger')
  const [filter, setFilter] = useState<Filter>('all')
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set())
  const [templates, setTemplates] = useState(route.value.query.has('templates'))
  const [importing, setImporting] = useState(false)
  const last = useRef<string | null>(null)
  const newUrl = `/guilds/${guild.id}/commands/new`

  const uses = useCommandUses(guild.id)
  const all = guild.commands.filter(({ id }) => !deleted.value.has(id))
  const shown = all.filter((command) => filters[filter](command) && matches(command, search.toLowerCase())).sort((a, b) => sorts[sort](a, b, uses))
  const drafts = draftsOf(guild.id)
  const selected = new Set(shown.filter(({ id }) => selection.has(id)).map(({ id }) => id))

  const shownIds = useRef<string[]>([])
  shownIds.current = shown.map(({ id }) => id)
  const select = useCallback((id: string, on: boolean, range: boolean) => {
    const ids = shownIds.current
    const [from, to] = [ids.indexOf(last.current ?? ''), ids.indexOf(id)]
    const wanted = range && from >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [id]
    last.current = id
    setSelection((before) => {
      const next = new Set(before)
      for (const each of wanted) {
        if (on) next.add(each)
        else next.delete(each)
      }
      return next
    })
  }, [])
  const selectAll = (on: boolean) => setSelection(on ? new Set(shown.map(({ id }) => id)) : new Set())
  const switchable = (on: boolean) => shown.filter(({ id, enabled }) => selected.has(id) && enabled !== on).map(({ id }) => id)
  const [startable, stoppable] = [switchable(true), switchable(false)]
  const removeSelected = () => {
    deleteCommands(guild.id, [...selected])
    setSelection(new Set())
  }
  useShortcuts([
    { keys: 'n', label: t('commands.new'), run: () => navigate(newUrl) },
    { keys: 't', label: t('commands.fromTemplate'), run: () => setTemplates(true) },
  ])

  return (
    <>
      <PageHeader title={t('nav.commands')} level={guild.name} text={t('commands.count', { count: all.length, max: 500 })}>
        <Menu
          label={t('commands.more')} icon={Icons.Ellipsis}
          items={[
            { label: t('commands.import'), icon: Icons.Upload, onSelect: () => setImporting(true) },
            { label: t('commands.export'), icon: Icons.Download, onSelect: () => void exportCommands(guild, null) },
          ]}
        />
        <Button icon={Icons.Sparkles} onClick={() => setTemplates(true)}>{t('commands.fromTemplate')}</Button>
        <ButtonLink kind="primary" icon={Icons.Plus} href={urlOf(newUrl)}>{t('commands.new')}</ButtonLink>
      </PageHeader>

      {drafts.has('new') && (
        <p class="page-note"><a href={urlOf(newUrl)}>{t('commands.newDraft')}</a></p>
      )}
      {all.length === 0 ? (
        <EmptyState icon={Icons.Sparkles} title={t('commands.none')} text={t('commands.none.text')}>
          <Button kind="primary" icon={Icons.Sparkles} onClick={() => setTemplates(true)}>{t('commands.fromTemplate')}</Button>
          <Button icon={Icons.Upload} onClick={() => setImporting(true)}>{t('commands.import')}</Button>
        </EmptyState>
      ) : (
        <>
          <div class="page-tools">
            <SearchInput value={search} onInput={setSearch} label={t('commands.search')} />
            <Select
              value={filter} aria-label={t('commands.filter')} onChange={(value) => setFilter(value as Filter)}
              options={[
                { value: 'all', label: t('commands.filter.all') },
                { value: 'embed', label: t('commands.filter.embed') },
                { value: 'component', label: t('commands.filter.component') },
                { value: 'script', label: t('commands.filter.script') },
                { value: 'off', label: t('commands.filter.off') },
              ]}
            />
            <Select
              value={sort} aria-label={t('commands.sort')} onChange={(value) => setSort(value as Sort)}
              options={[
                { value: 'trigger', label: t('commands.sort.trigger') },
                { value: 'changed', label: t('commands.sort.changed') },
                { value: 'newest', label: t('commands.sort.newest') },
                { value: 'uses', label: t('commands.sort.uses') },
              ]}
            />
          </div>
          {shown.length === 0 ? (
            <EmptyState icon={Icons.Search} title={t('state.noMatch')} text={t('state.noMatch.text', { search: search || t(`commands.filter.${filter}`) })} />
          ) : (
            <div class="cl-panel">
              <div class="cl-head">
                <Checkbox
                  checked={selected.size === shown.length} indeterminate={selected.size > 0 && selected.size < shown.length}
                  label={selected.size > 0 ? t('commands.selected', { count: selected.size }) : t('commands.selectAll')} onChange={selectAll}
                />
                {selected.size > 0 && (
                  <span class="ui-row">
                    {startable.length > 0 && <Button size="sm" icon={Icons.Play} onClick={() => switchMany(guild.id, startable, true)}>{t('action.switchOn')}</Button>}
                    {stoppable.length > 0 && <Button size="sm" icon={Icons.Pause} onClick={() => switchMany(guild.id, stoppable, false)}>{t('action.switchOff')}</Button>}
                    <Button size="sm" icon={Icons.Download} onClick={() => void exportCommands(guild, selected)}>{t('action.export')}</Button>
                    <Button size="sm" icon={Icons.Trash} onClick={removeSelected}>{t('action.delete')}</Button>
                  </span>
                )}
              </div>
              <ul aria-label={t('nav.commands')}>
                {shown.map((command) => (
                  <Row
                    key={command.id} guild={guild} command={command} use={uses.get(command.id)} selected={selected.has(command.id)} draft={drafts.has(command.id)}
                    onSelect={select}
                  />
                ))}
              </ul>
            </div>
          )}
        </>
      )}
      <TemplatesDialog open={templates} guild={guild} onClose={() => setTemplates(false)} />
      <ImportDialog open={importing} guild={guild} onClose={() => setImporting(false)} />
    </>
  )
}
