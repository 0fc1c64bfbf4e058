// The editor of a command.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { ApiError, api } from '../api/client'
import { avatarUrl, me, nameOf } from '../api/session'
import type { BotProfile, Command, CommandInput, DryRunRequest, DryRunResult, Guild } from '../api/types'
import { urlOf } from '../base'
import { commandPath, commandsPath, download, exportFile, freeTrigger, inputOf } from '../commands_api'
import { deleteCommands } from '../deletions'
import { dropDraft, loadDraft, saveDraft, type Draft } from '../drafts'
import { MessageEditor, ScriptEditor, TryIt } from '../editor'
import type { FieldError, Pickers } from '../editor/message'
import { formatAgo, t } from '../i18n'
import { useShortcuts } from '../keys'
import { sameInput } from '../merge'
import { patch, store, useResource } from '../resource'
import { navigate } from '../router'
import { PageHeader } from '../shell/page_header'
import { theme } from '../theme'
import { Badge, Button, Checkbox, ErrorState, Field, Icons, Menu, Skeleton, Tabs, TextInput, toast } from '../ui'
import { ConflictDialog } from './conflict_dialog'
import { showError } from './form_errors'
import { guildPath } from './guild'

const empty: CommandInput = { trigger: '', caseSensitive: false, response: { content: '' }, interaction: null }

interface Named {
  id: string
  name: string
}

type GuildChannel = Named & { type: number }
const category = 4

/** What the pickers offer; nothing where the API has none. */
function usePickers(guildId: string): Pickers {
  const channels = useResource<GuildChannel[]>(`/api/guilds/${guildId}/channels`).data
  const roles = useResource<Named[]>(`/api/guilds/${guildId}/roles`).data
  const emojis = useResource<(Named & { animated: boolean })[]>(`/api/guilds/${guildId}/emojis`).data
  return useMemo(
    () => ({ channels: channels?.filter(({ type }) => type !== category) ?? [], roles: roles ?? [], emojis: emojis ?? [] }),
    [channels, roles, emojis],
  )
}

export function CommandPage({ guild, commandId }: { guild: Guild; commandId: string }) {
  if (commandId === 'new') return <Editor guild={guild} command={null} etag={null} />
  return <Existing guild={guild} commandId={commandId} />
}

function Existing({ guild, commandId }: { guild: Guild; commandId: string }) {
  const command = useResource<Command>(commandPath(guild.id, commandId))
  if (command.data) return <Editor guild={guild} command={command.data} etag={command.etag} />
  if (command.error) return <ErrorState page error={command.error} onRetry={command.reload} />
  return <Skeleton lines={10} />
}

const nameTable = (list: Named[]) => Object.fromEntries(list.map(({ id, name }) => [id, name]))

function Editor({ guild, command, etag }: { guild: Guild; command: Command | null; etag: string | null }) {
  const id = command?.id ?? 'new'
  const [draft] = useState(() => loadDraft(guild.id, id))
  // The command as it was when the work began, and its version.
  const [base, setBase] = useState<CommandInput | null>(draft?.base ?? (command && inputOf(command)))
  const [version, setVersion] = useState(draft?.etag ?? etag)
  const [input, setInput] = useState<CommandInput>(draft?.input ?? base ?? empty)
  const [errors, setErrors] = useState<FieldError[]>([])
  const [scriptError, setScriptError] = useState<{ message: string; line: number; column: number } | null>(null)
  const [theirs, setTheirs] = useState<{ command: Command; etag: string | null } | null>(null)
  const [busy, setBusy] = useState(false)
  const [tab, setTab] = useState('message')
  const [restored, setRestored] = useState(draft !== null && command !== null)
  const pickers = usePickers(guild.id)
  const bot = useResource<BotProfile>('/api/bot').data
  const page = useRef<HTMLDivElement>(null)

  const dirty = base ? !sameInput(base, input) : !sameInput(empty, input)
  const changedElsewhere = command !== null && etag !== null && version !== null && etag !== version

  const change = (next: Partial<CommandInput>) => {
    setInput((before) => ({ ...before, ...next }))
    setErrors([])
    if ('interaction' in next) setScriptError(null)
  }

  // Somebody else's change is shown at once where nothing was typed.
  useEffect(() => {
    if (!changedElsewhere || dirty || !command) return
    setBase(inputOf(command))
    setInput(inputOf(command))
    setVersion(etag)
  }, [etag])
  // What is to be kept when the page is left at this moment; null for nothing.
  const unsaved = useRef<Draft | null>(null)
  unsaved.current = dirty ? { input, base, etag: version, at: Date.now() } : null
  const keep = () => {
    if (unsaved.current) saveDraft(guild.id, id, unsaved.current)
  }
  const forget = () => {
    unsaved.current = null
    dropDraft(guild.id, id)
  }
  useEffect(() => {
    if (!dirty) {
      dropDraft(guild.id, id)
      return
    }
    const timer = setTimeout(keep, 200)
    return () => clearTimeout(timer)
  }, [input, dirty])
  useEffect(() => {
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      keep()
    }
  }, [])
  useEffect(() => {
    if (!dirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [dirty])

  const showFieldError = (error: ApiError) => {
    const pointer = error.field ?? (error.status === 409 ? '/trigger' : '')
    setErrors([{ pointer, text: error.message }])
    const isScript = pointer.startsWith('/interaction')
    if (isScript && error.line !== undefined) setScriptError({ message: error.message, line: error.line, column: error.column ?? 1 })
    setTab(isScript ? 'script' : pointer === '/trigger' ? tab : 'message')
    requestAnimationFrame(() => {
      const field = page.current?.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(pointer)}"]`)
      field?.querySelector<HTMLElement>('input, textarea, select')?.focus()
    })
  }

  const saved = (command: Command, newEtag: string | null) => {
    const next = inputOf(command)
    setBase(next)
    setInput(next)
    setVersion(newEtag)
    setErrors([])
    setRestored(false)
    setTheirs(null)
    forget()
    patch<Guild>(guildPath(guild.id), (guild) => ({
      ...guild,
      commands: [...guild.commands.filter((other) => other.id !== command.id), command],
    }))
    store(commandPath(guild.id, command.id), { data: command, etag: newEtag, headers: new Headers() })
    toast(t('state.saved'))
  }

  const save = async (wanted = input, ifMatch = version) => {
    if (busy) return
    setBusy(true)
    try {
      if (command) {
        const answer = await api.put<Command>(commandPath(guild.id, command.id), wanted, { ifMatch })
        saved(answer.data, answer.etag)
      } else {
        const answer = await api.post<Command>(commandsPath(guild.id), wanted)
        saved(answer.data, answer.etag)
        navigate(`/guilds/${guild.id}/commands/${answer.data.id}`, { replace: true })
      }
    } catch (error) {
      if (error instanceof ApiError && error.status === 412 && command) await showTheirs(command.id)
      else if (error instanceof ApiError && (error.field !== undefined || error.status === 409)) showFieldError(error)
      else if (!(error instanceof ApiError && error.status === 401)) showError(error)
    } finally {
      setBusy(false)
    }
  }
  const showTheirs = async (commandId: string) => {
    try {
      const answer = await api.get<Command>(commandPath(guild.id, commandId))
      setTheirs({ command: answer.data, etag: answer.etag })
    } catch (error) {
      showError(error)
    }
  }

  const discard = () => {
    const next = command ? inputOf(command) : empty
    setBase(command && next)
    setVersion(etag)
    setInput(next)
    setErrors([])
    setRestored(false)
    dropDraft(guild.id, id)
  }
  const duplicate = () => {
    const trigger = freeTrigger(input.trigger, guild.commands.map((each) => each.trigger))
    saveDraft(guild.id, 'new', { input: { ...input, trigger }, base: null, etag: null, at: Date.now() })
    navigate(`/guilds/${guild.id}/commands/new`)
  }
  const remove = () => {
    if (!command) return
    forget()
    navigate(`/guilds/${guild.id}/commands`)
    deleteCommands(guild.id, [command.id])
  }
  const copyJson = async () => {
    await navigator.clipboard.writeText(JSON.stringify(input, null, 2))
    toast(t('state.copied'))
  }
  useShortcuts([{ keys: 'mod+s', label: t('action.save'), run: () => void save() }])

  useEffect(() => {
    if (!command && input.trigger === '') page.current?.querySelector<HTMLElement>('[data-pointer="/trigger"] input')?.focus()
  }, [])

  const errorAt = (pointer: string) => errors.find((error) => error.pointer === pointer)?.text
  const messageErrors = errors.filter(({ pointer }) => pointer.startsWith('/response'))
  const otherErrors = errors.filter(({ pointer }) => pointer !== '/trigger')
  const title = command ? `${guild.prefix}${command.trigger}` : t('command.new')
  const preview = useMemo(
    () => ({
      bot: { name: bot?.name ?? 'guildhall', avatar: avatarUrl(bot) },
      names: { channels: nameTable(pickers.channels), roles: nameTable(pickers.roles), users: me.value ? { [me.value.id]: nameOf(me.value) } : {} },
    }),
    [bot, pickers.channels, pickers.roles],
  )
  const run = async (request: DryRunRequest) => {
    if (!command) throw new Error(t('try.unsaved'))
    const path = `${commandPath(guild.id, command.id)}/test`
    return (await api.post<DryRunResult>(path, { ...request, script: input.interaction ?? '' })).data
  }

  return (
    <div ref={page}>
      <nav class="page-crumbs" aria-label={t('nav.breadcrumb')}>
        <a href={urlOf(`/guilds/${guild.id}/commands`)}>{t('nav.commands')}</a>
      </nav>
      <PageHeader title={title} level={guild.name} text={command && t('command.changed', { ago: formatAgo(command.updatedAt) })}>
        {dirty && <Badge tone="warning">{t('commands.unsaved')}</Badge>}
        {dirty && <Button kind="quiet" onClick={discard}>{t('action.discard')}</Button>}
        <Menu
          label={t('command.more')} icon={Icons.Ellipsis}
          items={[
            { label: t('action.duplicate'), icon: Icons.Copy, onSelect: duplicate },
            { label: t('action.copyJson'), icon: Icons.Terminal, onSelect: () => void copyJson() },
            ...(command
              ? [
                  { label: t('action.export'), icon: Icons.Download, onSelect: () => download(`${command.trigger}.json`, exportFile(guild, [command])) },
                  { label: t('action.delete'), icon: Icons.Trash, danger: true, onSelect: remove },
                ]
              : []),
          ]}
        />
        <Button kind="primary" busy={busy} disabled={!dirty} onClick={() => void save()}>
          {command ? t('action.save') : t('command.create')}
        </Button>
      </PageHeader>

      {restored && dirty && <p class="page-note" role="status">{t('command.restored', { ago: formatAgo(draft?.at ?? Date.now()) })}</p>}
      {changedElsewhere && dirty && (
        <p class="page-note" role="status">
          {t('command.changedElsewhere')} <Button size="sm" onClick={() => command && void showTheirs(command.id)}>{t('command.compare')}</Button>
        </p>
      )}
      {otherErrors.length > 0 && (
        <ul class="page-errors" role="alert">
          {otherErrors.map(({ pointer, text }) => <li key={pointer}>{pointer && <code>{pointer}</code>} {text}</li>)}
        </ul>
      )}

      <div class="ce-basics">
        <Field label={t('command.trigger')} pointer="/trigger" error={errorAt('/trigger')} counter={{ used: Array.from(input.trigger).length, max: 64 }}
          hint={t('command.trigger.hint', { example: `${guild.prefix}${input.trigger || 'hello'}` })}
        >
          {(fieldId, describedBy, invalid) => (
            <span class="ce-trigger">
              <span aria-hidden="true">{guild.prefix}</span>
              <TextInput
                id={fieldId} aria-describedby={describedBy} aria-invalid={invalid} value={input.trigger} autocomplete="off" spellcheck={false}
                onInput={(trigger) => change({ trigger })}
              />
            </span>
          )}
        </Field>
        <Checkbox checked={input.caseSensitive ?? false} label={t('command.caseSensitive')} onChange={(caseSensitive) => change({ caseSensitive })} />
      </div>

      <Tabs
        label={t('command.parts')} value={tab} onChange={setTab}
        tabs={[
          { id: 'message', label: t('command.message'), count: messageErrors.length },
          { id: 'script', label: t('command.script'), count: scriptError ? 1 : 0 },
          { id: 'try', label: t('command.try') },
        ]}
      >
        {/* Stays, so that undo and what is open do not get lost. */}
        <div hidden={tab !== 'message'}>
          <MessageEditor
            value={input.response} errors={messageErrors} pickers={pickers} preview={preview} onChange={(response) => change({ response })}
          />
        </div>
        {tab === 'script' && (
          <div class="ui-stack" data-pointer="/interaction">
            <p class="ui-hint">{t('command.script.hint')}</p>
            <ScriptEditor
              value={input.interaction ?? ''} error={scriptError} dark={theme.value === 'dark'} label={t('command.script')}
              onChange={(interaction) => change({ interaction: interaction === '' ? null : interaction })}
            />
          </div>
        )}
        {tab === 'try' && (
          <TryIt
            message={input.response} hasScript={Boolean(input.interaction)} run={run} preview={preview}
            onErrorPlace={(place) => {
              setScriptError(place)
              setTab('script')
            }}
          />
        )}
      </Tabs>
      {theirs && (
        <ConflictDialog
          base={base ?? empty} mine={input} theirs={theirs.command} onClose={() => setTheirs(null)}
          onResolve={(resolved) => {
            const current = inputOf(theirs.command)
            setTheirs(null)
            setBase(current)
            setVersion(theirs.etag)
            setInput(resolved)
            if (!sameInput(current, resolved)) void save(resolved, theirs.etag)
          }}
        />
      )}
    </div>
  )
}
