// The editor of a command.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { ApiError, api } from '../api/client'
import type { Command, CommandInput, DryRunRequest, Guild, ScriptTrialResult } from '../api/schema'
import { urlOf } from '../base'
import { commandPath, download, exportFile, inputOf } from '../commands_api'
import { deleteCommands } from '../deletions'
import { draftsReplaced } from '../drafts'
import type { FieldError } from '../editor/message'
import { MessageEditor } from '../editor/MessageEditor'
import { ScriptEditor } from '../editor/ScriptEditor'
import { TryIt } from '../editor/TryIt'
import { formatAgo, t } from '../i18n'
import { useShortcuts } from '../keys'
import { sameInput } from '../merge'
import { beginCommand } from '../new_command'
import { useResource } from '../resource'
import { navigate } from '../router'
import { PageHeader } from '../shell/page_header'
import { theme } from '../theme'
import { Badge, Button, Checkbox, copyText, ErrorState, Field, Icons, Menu, Skeleton, Switch, Tabs, TextInput, toast } from '../ui'
import { CommandDraft, emptyInput } from './command_draft'
import { ConflictDialog } from './conflict_dialog'
import { useGuildParts, usePreviewSettings } from './guild_parts'
import { useSave } from './use_save'

export function CommandPage({ guild, commandId }: { guild: Guild; commandId: string }) {
  if (commandId === 'new') return <Editor guild={guild} command={null} etag={null} key={draftsReplaced.value} />
  return <Existing guild={guild} commandId={commandId} />
}

function Existing({ guild, commandId }: { guild: Guild; commandId: string }) {
  const command = useResource<Command>(commandPath(guild.id, commandId))
  if (command.data) return <Editor guild={guild} command={command.data} etag={command.etag} />
  if (command.error) return <ErrorState page error={command.error} onRetry={command.reload} />
  return <Skeleton lines={10} />
}

/** What is typed is kept on this device, a moment later and when the page is left; the browser asks before that. */
function useKeptOnDevice(draft: CommandDraft): void {
  const input = draft.input.value
  const dirty = draft.dirty.value
  useEffect(() => {
    const timer = setTimeout(() => draft.keep(), dirty ? 200 : 0)
    return () => clearTimeout(timer)
  }, [input, dirty])
  useEffect(() => {
    const keep = () => draft.keep()
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
}

type CodePlace = { message: string; line: number; column: number }

function Editor({ guild, command, etag }: { guild: Guild; command: Command | null; etag: string | null }) {
  const [draft] = useState(() => new CommandDraft(guild.id, command, etag))
  const input = draft.input.value
  const dirty = draft.dirty.value
  const restoredAt = draft.restoredAt.value
  const [errors, setErrors] = useState<FieldError[]>([])
  const [scriptError, setScriptError] = useState<CodePlace | null>(null)
  const [tab, setTab] = useState('message')
  const pickers = useGuildParts(guild.id)
  const page = useRef<HTMLDivElement>(null)
  const version = draft.etag.value
  const changedElsewhere = command !== null && etag !== null && version !== null && etag !== version

  const change = (next: Partial<CommandInput>) => {
    draft.change(next)
    setErrors((known) => (known.length > 0 ? [] : known))
    if ('interaction' in next) setScriptError(null)
  }

  // Somebody else's change is shown at once where nothing was typed.
  useEffect(() => {
    if (command && changedElsewhere && !dirty) draft.rebase(inputOf(command), etag, inputOf(command))
  }, [etag])
  useKeptOnDevice(draft)

  const showFieldError = (error: ApiError) => {
    const pointer = error.field ?? (error.status === 409 ? '/trigger' : '')
    setErrors([{ pointer, text: error.message }])
    const isScript = pointer.startsWith('/interaction')
    if (isScript && error.line !== undefined) setScriptError({ message: error.message, line: error.line, column: error.column ?? 1 })
    setTab(isScript ? 'script' : pointer === '/trigger' ? tab : 'message')
    requestAnimationFrame(() => focusField(page.current, pointer))
  }
  const { save, theirs, showTheirs, setTheirs } = useSave(guild, command, draft, {
    onSaved: (saved) => {
      setErrors([])
      // Whoever has left the editor meanwhile stays where they are.
      if (!command && page.current) navigate(`/guilds/${guild.id}/commands/${saved.id}`, { replace: true })
    },
    onRefused: showFieldError,
  })
  const discard = () => {
    const undo = draft.discard(command && inputOf(command), etag)
    setErrors([])
    toast(t('command.discarded'), { undo })
  }
  const remove = () => {
    if (!command) return
    navigate(`/guilds/${guild.id}/commands`)
    deleteCommands(guild.id, [command.id])
  }
  useShortcuts([{ keys: 'mod+s', label: t('action.save'), run: () => void save() }])

  useEffect(() => {
    if (!command && input.trigger === '') page.current?.querySelector<HTMLElement>('[data-pointer="/trigger"] input')?.focus()
  }, [])

  const errorAt = (pointer: string) => errors.find((error) => error.pointer === pointer)?.text
  const messageErrors = useMemo(() => errors.filter(({ pointer }) => pointer.startsWith('/response')), [errors])
  const otherErrors = errors.filter(({ pointer }) => pointer !== '/trigger')
  const title = command ? `${guild.prefix}${command.trigger}` : t('commands.new')
  const preview = usePreviewSettings(pickers)
  const run = async (request: DryRunRequest) => {
    if (!command) throw new Error(t('try.unsaved'))
    const path = `${commandPath(guild.id, command.id)}/test`
    return (await api.post<ScriptTrialResult>(path, { ...request, script: input.interaction ?? '' })).data
  }

  const opened = useRef(new Set<string>())
  opened.current.add(tab)
  const tried = useRef(input.response)
  if (tab === 'try') tried.current = input.response

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
            { label: t('action.copyJson'), icon: Icons.Terminal, onSelect: () => void copyText(JSON.stringify(input, null, 2)) },
            ...(command
              ? [
                  { label: t('action.duplicate'), icon: Icons.Copy, onSelect: () => beginCommand(guild, input) },
                  { label: t('action.export'), icon: Icons.Download, onSelect: () => download(`${command.trigger}.json`, exportFile(guild, [command])) },
                  { label: t('action.delete'), icon: Icons.Trash, danger: true, onSelect: remove },
                ]
              : []),
          ]}
        />
        <Button kind="primary" busy={draft.saving.value} disabled={!dirty} onClick={() => void save()}>
          {command ? t('action.save') : t('command.create')}
        </Button>
      </PageHeader>

      {restoredAt !== null && dirty && <p class="page-note" role="status">{t('command.restored', { ago: formatAgo(restoredAt) })}</p>}
      {changedElsewhere && dirty && (
        <p class="page-note" role="status">
          {t('command.changedElsewhere')} <Button size="sm" onClick={() => void showTheirs()}>{t('command.compare')}</Button>
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
        <Switch checked={input.enabled ?? true} label={t('command.enabled')} onChange={(enabled) => change({ enabled })} />
      </div>

      <Tabs
        label={t('command.parts')} value={tab} onChange={setTab}
        tabs={[
          { id: 'message', label: t('command.message'), count: messageErrors.length },
          { id: 'script', label: t('command.script'), count: scriptError ? 1 : 0 },
          { id: 'try', label: t('command.try') },
        ]}
      >
        {/* What was opened stays, with its undo and what is open in it. */}
        <div hidden={tab !== 'message'}>
          <MessageEditor
            value={input.response} errors={messageErrors} pickers={pickers} preview={preview} onChange={(response) => change({ response })}
          />
        </div>
        {opened.current.has('script') && (
          <div class="ui-stack" data-pointer="/interaction" hidden={tab !== 'script'}>
            <p class="ui-hint">{t('command.script.hint')}</p>
            <ScriptEditor
              value={input.interaction ?? ''} error={scriptError} dark={theme.value === 'dark'} label={t('command.script')}
              onChange={(interaction) => change({ interaction: interaction === '' ? null : interaction })}
            />
          </div>
        )}
        {opened.current.has('try') && (
          <div hidden={tab !== 'try'}>
            <TryIt
              message={tried.current} hasScript={Boolean(input.interaction)} run={run} preview={preview}
              onErrorPlace={(place) => {
                setScriptError(place)
                setTab('script')
              }}
            />
          </div>
        )}
      </Tabs>
      {theirs && (
        <ConflictDialog
          base={draft.base.value ?? emptyInput} mine={input} theirs={theirs.command} onClose={() => setTheirs(null)}
          onResolve={(resolved) => {
            const current = inputOf(theirs.command)
            setTheirs(null)
            draft.rebase(current, theirs.etag, resolved)
            if (!sameInput(current, resolved)) void save(resolved, theirs.etag)
          }}
        />
      )}
    </div>
  )
}

/** The field of a part of the command, opened where it is in something closed. */
function focusField(page: HTMLElement | null, pointer: string): void {
  const place = pointer.replace(/^\/response(?=\/|$)/, '')
  const field = page?.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(place)}"]`)
  for (let part = field?.closest('details'); part; part = part.parentElement?.closest('details')) part.open = true
  field?.querySelector<HTMLElement>('input, textarea, select, button')?.focus()
}
