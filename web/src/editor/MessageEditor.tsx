import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { t } from '../i18n'
import { modifierName } from '../keys'
import { theme } from '../theme'
import { IconButton, Icons } from '../ui'
import type { Bot } from '../preview/Message'
import { MessageView } from '../preview/Message'
import type { Names } from '../preview/context'
import { componentsV2Flag, type DiscordMessage } from '../preview/discord'
import { sampleUser, type PlaceholderValues } from '../preview/placeholders'
import { ComponentsForm } from './ComponentsForm'
import { EmbedsForm } from './EmbedsForm'
import { Choice, MarkdownField } from './fields'
import { EditorIcons } from './icons'
import { JsonView, type Typed } from './JsonView'
import { limits } from './limits'
import { Picking, type FieldError, type Message, type Pickers } from './message'
import { useOwnChanges } from './own_changes'
import { Editing, MessageModel, useModel, useProblem } from './model'

export interface PreviewSettings {
  bot: Bot
  names: Names
  /** What placeholders are shown as. Without values, the names of the arguments. */
  values?: PlaceholderValues
}

interface MessageEditorProps {
  value: Message
  onChange: (next: Message) => void
  /** From the server; pointers from the command (`/response/…`) or from the message. */
  errors?: readonly FieldError[]
  pickers: Pickers
  /** Without it there is only the form. */
  preview?: PreviewSettings
}

type View = 'form' | 'json' | 'preview'
const noErrors: readonly FieldError[] = []

/** A form for a message, beside its preview where there is the space. */
export function MessageEditor({ value, onChange, errors = noErrors, pickers, preview }: MessageEditorProps) {
  const model = useMemo(() => new MessageModel(value as DiscordMessage), [])
  const [view, setView] = useState<View>('form')
  /** Here, so that JSON that is not valid yet is still there when its view is opened again. */
  const [typed, setTyped] = useState<Typed | null>(null)
  const own = useOwnChanges<unknown>(value)
  model.onChange = (next) => {
    own.sent(next)
    onChange(next as Message)
  }
  useEffect(() => {
    if (!own.isOwn(value)) model.receive(value as DiscordMessage)
  }, [value])
  const relative = useMemo(() => errors.map((error) => ({ ...error, pointer: error.pointer.replace(/^\/response(?=\/|$)/, '') })), [errors])
  // Before the next frame, in which the field at fault gets the focus.
  useLayoutEffect(() => model.setServerErrors(relative), [relative])

  const views: { value: View; label: string; class: string }[] = [
    { value: 'form', label: t('editor.view.form'), class: 'view-form' },
    { value: 'json', label: t('editor.view.json'), class: 'view-json' },
  ]
  if (preview) views.push({ value: 'preview', label: t('preview.title'), class: 'view-preview' })

  const root = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    const isUndo = key === 'z' && !event.shiftKey
    if (!isUndo && key !== 'y' && key !== 'z') return
    event.preventDefault()
    const focused = document.activeElement
    if (isUndo) model.undo()
    else model.redo()
    // What is moved or taken away in the page loses the focus, and with it the keys.
    setTimeout(() => {
      if (document.activeElement !== document.body) return
      if (focused instanceof HTMLElement && focused.isConnected) focused.focus()
      else root.current?.focus()
    })
  }
  return (
    <Editing.Provider value={model}>
      <Picking.Provider value={pickers}>
        <div class="ed-root" ref={root} tabIndex={-1} data-view={view} onKeyDown={onKeyDown}>
          <div class="ed-bar">
            <Choice class="ed-views" hidden label={t('editor.view')} value={view} options={views} onChange={setView} />
            <UndoButtons />
          </div>
          <div class={preview ? 'ed-panes' : 'ed-panes alone'}>
            {view === 'json' ? <JsonView message={model.message.value} typed={typed} onTyped={setTyped} /> : <Form />}
            {preview && <PreviewPane settings={preview} />}
          </div>
          <Announcement />
        </div>
      </Picking.Provider>
    </Editing.Provider>
  )
}

function UndoButtons() {
  const model = useModel()
  return (
    <span>
      <IconButton icon={Icons.Undo} label={`${t('action.undo')} (${modifierName()}+Z)`} disabled={!model.canUndo.value} onClick={model.undo} />
      <IconButton icon={EditorIcons.Redo} label={`${t('editor.redo')} (${modifierName()}+Y)`} disabled={!model.canRedo.value} onClick={model.redo} />
    </span>
  )
}

function Form() {
  const message = useModel().message.value
  const problem = useProblem('', '/flags')
  return (
    <div class="ed-form">
      {problem && <p class="ui-field-error" role="status">{problem}</p>}
      <MarkdownField at="/content" label={t('editor.content')} value={message.content ?? undefined} max={limits.content} rows={4} placeholder={t('editor.contentHint')} />
      <EmbedsForm embeds={message.embeds} />
      <ComponentsForm components={message.components} onlyCaller={message.onlyCaller} expiresAfter={message.expiresAfter} />
    </div>
  )
}

/** Follows the message when the browser has time. */
function PreviewPane({ settings }: { settings: PreviewSettings }) {
  const message = useModel().shown.value
  const [chosen, setChosen] = useState<boolean | null>(null)
  const dark = chosen ?? theme.value === 'dark'
  const values = useSample(settings.values)
  const isEmpty = !message.content && !message.embeds?.length && !message.components?.length
  return (
    <section class="ed-preview" aria-label={t('preview.title')}>
      <header class="ed-section-head">
        <h2>{t('preview.title')}</h2>
        <IconButton
          size="sm" icon={dark ? EditorIcons.Sun : EditorIcons.Moon} label={dark ? t('preview.light') : t('preview.dark')}
          onClick={() => setChosen(!dark)}
        />
      </header>
      {isEmpty ? (
        <p class="ed-preview-empty">{t('preview.empty')}</p>
      ) : (
        <MessageView message={message} bot={settings.bot} names={settings.names} values={values} dark={dark} />
      )}
      {((message.flags ?? 0) & componentsV2Flag) !== 0 && <p class="ui-hint">{t('editor.v2')}</p>}
    </section>
  )
}

/** Somebody who has called the command, so that the preview shows what placeholders become. */
function useSample(values: PlaceholderValues | undefined): PlaceholderValues {
  const name = t('preview.sampleUser')
  return useMemo(
    () => ({ user: sampleUser(name), ...values }),
    [values, name],
  )
}

const Announcement = () => <p class="ui-sr" role="status">{useModel().announcement.value}</p>
