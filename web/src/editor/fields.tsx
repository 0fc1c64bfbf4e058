// The form's fields. Each knows its place in the message by its pointer: what it changes, and what is wrong with it.
import type { ComponentChildren } from 'preact'
import { useCallback, useId, useRef, useState } from 'preact/hooks'
import { locale, t } from '../i18n'
import { modifierName } from '../keys'
import { memo } from '../memo'
import { Field, Icon, IconButton, Icons, Switch, type IconShape } from '../ui'
import { colorOf, hexOf } from '../preview/discord'
import { lengthOf } from '../text'
import { insertLink, insertText, toggleLines, toggleMark, type Selection } from './formatting'
import { EditorIcons } from './icons'
import { useModel, useProblem } from './model'

interface TextFieldProps {
  at: string
  label: string
  value: string | undefined
  max?: number
  /** Kept as an empty text instead of taken away. */
  required?: boolean
  hint?: string
  placeholder?: string
  type?: 'text' | 'url'
}

/** A line of text. */
export const TextField = memo(function TextField({ at, label, value = '', max, required, hint, placeholder, type }: TextFieldProps) {
  const model = useModel()
  const error = useProblem(at)
  return (
    <Field label={label} error={error} hint={hint} pointer={at} {...(max && value !== '' ? { counter: { used: lengthOf(value), max } } : {})}>
      {(id, describedBy, invalid) => (
        <input
          id={id} class="ui-input" type="text" inputMode={type === 'url' ? 'url' : undefined} value={value} placeholder={placeholder}
          aria-describedby={describedBy} aria-invalid={invalid || undefined} spellcheck={type !== 'url'}
          onInput={(event) => model.set(at, event.currentTarget.value || (required ? '' : undefined))}
        />
      )}
    </Field>
  )
})

type Action = { key: Parameters<typeof t>[0]; icon: IconShape; shortcut?: string; change: (selection: Selection) => Selection }

const actions: Action[] = [
  { key: 'editor.format.bold', icon: EditorIcons.Bold, shortcut: 'b', change: (it) => toggleMark(it, '**') },
  { key: 'editor.format.italic', icon: EditorIcons.Italic, shortcut: 'i', change: (it) => toggleMark(it, '*') },
  { key: 'editor.format.underline', icon: EditorIcons.Underline, shortcut: 'u', change: (it) => toggleMark(it, '__') },
  { key: 'editor.format.strike', icon: EditorIcons.Strikethrough, change: (it) => toggleMark(it, '~~') },
  { key: 'editor.format.spoiler', icon: EditorIcons.EyeOff, change: (it) => toggleMark(it, '||') },
  { key: 'editor.format.code', icon: EditorIcons.Code, change: (it) => toggleMark(it, '`') },
  { key: 'editor.format.link', icon: EditorIcons.Link, shortcut: 'k', change: (it) => insertLink(it, t('editor.format.linkText')) },
  { key: 'editor.format.quote', icon: EditorIcons.Quote, change: (it) => toggleLines(it, '> ') },
  { key: 'editor.format.list', icon: EditorIcons.List, change: (it) => toggleLines(it, '- ') },
]

const placeholders = [
  { text: '${1}', key: 'editor.placeholder.argument' },
  { text: '${user}', key: 'editor.placeholder.user' },
  { text: '${user.name}', key: 'editor.placeholder.userName' },
  { text: '${user.avatar}', key: 'editor.placeholder.userAvatar' },
  { text: '${user.id}', key: 'editor.placeholder.userId' },
] as const

const FormatBar = memo(function FormatBar({ apply }: { apply: (change: Action['change']) => void }) {
  return (
    <div class="ed-format" role="toolbar" aria-label={t('editor.format.title')}>
      {actions.map((action) => (
        <IconButton
          key={action.key} size="sm" icon={action.icon} onClick={() => apply(action.change)}
          label={t(action.key) + (action.shortcut ? ` (${modifierName()}+${action.shortcut.toUpperCase()})` : '')}
        />
      ))}
      <span class="ed-insert">
        <Icon of={EditorIcons.Braces} size={15} />
        <select
          aria-label={t('editor.placeholder.insert')} title={t('editor.placeholder.insert')} value=""
          onChange={(event) => {
            const inserted = event.currentTarget.value
            event.currentTarget.value = ''
            if (inserted) apply((it) => insertText(it, inserted))
          }}
        >
          <option value="">{t('editor.placeholder.insert')}</option>
          {placeholders.map(({ text, key }) => <option key={text} value={text}>{`${text} – ${t(key)}`}</option>)}
        </select>
      </span>
    </div>
  )
})

/** Discord's Markdown, with buttons for it. */
export const MarkdownField = memo(function MarkdownField({ at, label, value = '', max, required, rows = 3, placeholder }: {
  at: string
  label: string
  value: string | undefined
  max: number
  required?: boolean
  rows?: number
  placeholder?: string
}) {
  const model = useModel()
  const error = useProblem(at)
  const area = useRef<HTMLTextAreaElement>(null)
  const write = (text: string) => model.set(at, text || (required ? '' : undefined))
  const apply = useCallback((change: Action['change']) => {
    const element = area.current
    if (!element) return
    const next = change({ text: element.value, start: element.selectionStart, end: element.selectionEnd })
    element.value = next.text
    element.focus()
    element.setSelectionRange(next.start, next.end)
    write(next.text)
  }, [at, required])
  return (
    <Field label={label} error={error} pointer={at} counter={{ used: lengthOf(value), max }}>
      {(id, describedBy, invalid) => (
        <div class="ed-markdown">
          <FormatBar apply={apply} />
          <textarea
            id={id} ref={area} class="ui-input" rows={rows} value={value} placeholder={placeholder} aria-describedby={describedBy}
            aria-invalid={invalid || undefined} onInput={(event) => write(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
              const action = actions.find(({ shortcut }) => shortcut === event.key.toLowerCase())
              if (!action) return
              event.preventDefault()
              apply(action.change)
            }}
          />
        </div>
      )}
    </Field>
  )
})

const swatches = [0x5865f2, 0x57f287, 0xfee75c, 0xeb459e, 0xed4245, 0xe67e22, 0x3498db, 0x9b59b6]

/** The color of an embed's edge. */
export const ColorField = memo(function ColorField({ at, value }: { at: string; value: number | undefined }) {
  const model = useModel()
  const error = useProblem(at)
  const hex = value === undefined ? '' : hexOf(value)
  // What is typed stays as it is until it is a color.
  const [typed, setTyped] = useState<string | null>(null)
  const set = (color: number | undefined) => model.set(at, color)
  return (
    <Field label={t('editor.embed.color')} error={error} pointer={at}>
      {(id, describedBy) => (
        <div class="ed-color">
          <input
            type="color" class="ed-color-well" value={hex || '#1e1f22'} aria-label={t('editor.embed.colorPick')}
            onInput={(event) => set(colorOf(event.currentTarget.value))}
          />
          <input
            id={id} type="text" class="ui-input" value={typed ?? hex} placeholder="#5865f2" spellcheck={false} aria-describedby={describedBy}
            onInput={(event) => {
              const text = event.currentTarget.value
              setTyped(text)
              if (text.trim() === '') set(undefined)
              else if (colorOf(text) !== undefined) set(colorOf(text))
            }}
            onBlur={() => setTyped(null)}
          />
          <span class="ed-swatches">
            {swatches.map((color) => (
              <button
                key={color} type="button" style={{ background: hexOf(color) }} aria-label={hexOf(color)} title={hexOf(color)}
                aria-pressed={value === color} onClick={() => set(color)}
              />
            ))}
          </span>
          {value !== undefined && <IconButton size="sm" icon={Icons.X} label={t('editor.embed.colorNone')} onClick={() => set(undefined)} />}
        </div>
      )}
    </Field>
  )
})

/** As `<input type="datetime-local">` has it, in the browser's time zone. */
function localTime(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return ''
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export const TimeField = memo(function TimeField({ at, value }: { at: string; value: string | undefined }) {
  const model = useModel()
  const error = useProblem(at)
  return (
    <Field label={t('editor.embed.timestamp')} error={error} pointer={at}>
      {(id, describedBy) => (
        <div class="ed-inline">
          <input
            id={id} type="datetime-local" class="ui-input" lang={locale.value} value={value ? localTime(value) : ''} aria-describedby={describedBy}
            onInput={(event) => {
              const date = new Date(event.currentTarget.value)
              model.set(at, Number.isNaN(date.getTime()) ? undefined : date.toISOString())
            }}
          />
          {value && <IconButton size="sm" icon={Icons.X} label={t('editor.embed.timestampNone')} onClick={() => model.set(at, undefined)} />}
        </div>
      )}
    </Field>
  )
})

/** A number, or none. */
export function NumberField({ at, label, value, min, max, hint, placeholder }: {
  at: string
  label: string
  value: number | undefined
  min: number
  max: number
  hint?: string
  placeholder?: string
}) {
  const model = useModel()
  const error = useProblem(at)
  return (
    <Field label={label} error={error} hint={hint} pointer={at}>
      {(id, describedBy, invalid) => (
        <input
          id={id} type="number" class="ui-input" min={min} max={max} value={value ?? ''} placeholder={placeholder}
          aria-describedby={describedBy} aria-invalid={invalid || undefined}
          onInput={(event) => {
            const { value: text, valueAsNumber: number } = event.currentTarget
            if (text === '') model.set(at, undefined)
            else if (Number.isInteger(number)) model.set(at, Math.min(max, Math.max(min, number)))
          }}
        />
      )}
    </Field>
  )
}

/** A choice of one of few. */
export function Choice<T extends string>({ label, value, options, class: extra, hidden, onChange }: {
  label: string
  value: T
  options: { value: T; label: string; class?: string }[]
  class?: string
  /** The label is read, not shown. */
  hidden?: boolean
  onChange: (value: T) => void
}) {
  const name = useId()
  return (
    <fieldset class={`ed-choice ${extra ?? ''}`}>
      <legend class={hidden ? 'ui-sr' : undefined}>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value} class={option.class}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Seldom needed, so closed unless something is in it. */
export function Part({ title, isSet, children }: { title: string; isSet: boolean; children: ComponentChildren }) {
  return (
    <details class="ed-part" open={isSet}>
      <summary>{title}</summary>
      <div class="ed-grid">{children}</div>
    </details>
  )
}

/** Who may use it, and how long. On a message: for all components that do not say it themselves. */
export function UseFields({ at, onlyCaller, expiresAfter }: { at: string; onlyCaller: boolean | undefined; expiresAfter: number | undefined }) {
  const model = useModel()
  return (
    <>
      <Switch
        label={t('editor.use.onlyCaller')} checked={onlyCaller ?? false}
        onChange={(checked) => model.set(`${at}/onlyCaller`, checked || undefined)}
      />
      <NumberField
        at={`${at}/expiresAfter`} label={t('editor.use.expires')} value={expiresAfter} min={1} max={31_536_000}
        placeholder={t('editor.use.never')}
      />
    </>
  )
}
