import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { locale, t } from '../i18n'
import { Button, Skeleton } from '../ui'
import type { CodeEditor, CodeError } from './codemirror'
import { useOwnChanges } from './own_changes'

interface ScriptEditorProps {
  value: string
  onChange: (next: string) => void
  /** As the API tells it: `line` and `column` from 1. */
  error?: CodeError | null
  dark: boolean
  label: string
}

/** The largest script that the API takes, in bytes of UTF-8. */
const maxBytes = 65_536

/** A script, with what it can use as completions. CodeMirror is loaded when this is shown. */
export function ScriptEditor({ value, onChange, error = null, dark, label }: ScriptEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<CodeEditor | null>(null)
  const [failed, setFailed] = useState(0)
  const [isPlain, setPlain] = useState(false)
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  const own = useOwnChanges(value)

  useEffect(() => {
    let made: CodeEditor | undefined
    let gone = false
    const load = async () => {
      try {
        const { createCodeEditor } = await import('./codemirror')
        const element = host.current
        if (gone || !element) return
        const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
        const parent = root.appendChild(document.createElement('div'))
        made = createCodeEditor({
          parent, root, text: latest.current.value,
          onChange: (text) => {
            own.sent(text)
            latest.current.onChange(text)
          },
        })
        setEditor(made)
      } catch {
        if (!gone) setFailed((times) => times + 1)
      }
    }
    if (!isPlain) void load()
    return () => {
      gone = true
      made?.destroy()
      host.current?.shadowRoot?.replaceChildren()
      setEditor(null)
    }
  }, [isPlain])

  const language = locale.value
  useEffect(() => {
    if (!own.isOwn(value)) editor?.setText(value)
  }, [editor, value])
  useEffect(() => editor?.setDark(dark), [editor, dark])
  // Before the first frame, so that it never is without a name.
  useLayoutEffect(() => editor?.setTexts(t, label), [editor, label, language])
  useEffect(() => editor?.setError(error), [editor, error?.line, error?.column, error?.message])

  const bytes = value.length > maxBytes / 4 ? new TextEncoder().encode(value).length : 0
  const isFallback = isPlain || (failed > 0 && !editor)
  return (
    <div class="ed-script">
      {isFallback ? (
        <>
          <p class="ui-hint">
            {t('editor.code.plain')} {!isPlain && <Button size="sm" kind="quiet" onClick={() => location.reload()}>{t('editor.code.reload')}</Button>}
          </p>
          <textarea
            class="ui-input ed-script-plain" rows={14} value={value} spellcheck={false} aria-label={label}
            onInput={(event) => {
              setPlain(true)
              onChange(event.currentTarget.value)
            }}
          />
        </>
      ) : (
        !editor && <Skeleton lines={8} />
      )}
      <div class="ed-script-host" ref={host} hidden={isFallback} />
      {error && (
        <p class="ui-field-error" role="status">{t('editor.code.error', { line: error.line, column: error.column, message: error.message })}</p>
      )}
      <p class="ui-hint ed-script-hint">
        <span>{t('editor.code.leave')}</span>
        {bytes > 0 && <span class={bytes > maxBytes ? 'ui-counter over' : 'ui-counter'}>{t('editor.code.bytes', { used: bytes, max: maxBytes })}</span>}
      </p>
    </div>
  )
}
