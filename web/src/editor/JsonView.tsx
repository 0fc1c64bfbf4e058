import { useState } from 'preact/hooks'
import { formatList, t } from '../i18n'
import { Button, Field, Icons, toast } from '../ui'
import type { DiscordMessage } from '../preview/discord'
import { useModel } from './model'
import { formatMessage, parseMessage, type Pasted } from './paste'

/** The message as JSON, and where one from elsewhere is pasted. What is valid is taken over at once. */
export function JsonView({ message }: { message: DiscordMessage }) {
  const model = useModel()
  /** What somebody types, and the message that came of it; else the text is the message's. */
  const [typed, setTyped] = useState<{ text: string; result: Pasted; from: DiscordMessage } | null>(null)
  const isCurrent = typed !== null && typed.from === message
  const text = isCurrent ? typed.text : formatMessage(message)
  const result = isCurrent ? typed.result : undefined
  const write = (next: string) => {
    const parsed = parseMessage(next)
    if (parsed.ok) model.replace(parsed.message, 'json')
    setTyped({ text: next, result: parsed, from: model.message.value })
  }
  return (
    <div class="ed-json">
      <Field label={t('editor.json')} hint={hintOf(result)} error={errorOf(result)}>
        {(id, describedBy, invalid) => (
          <textarea
            id={id} class="ui-input" rows={18} value={text} spellcheck={false} aria-describedby={describedBy} aria-invalid={invalid || undefined}
            onInput={(event) => write(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="ui-row">
        <Button
          size="sm" icon={Icons.Copy}
          onClick={async () => {
            try {
              await navigator.clipboard.writeText(text)
              toast(t('editor.jsonCopied'))
            } catch {
              toast(t('editor.jsonNotCopied'), { tone: 'danger' })
            }
          }}
        >
          {t('editor.jsonCopy')}
        </Button>
        {isCurrent && <Button size="sm" kind="quiet" onClick={() => setTyped(null)}>{t('editor.jsonTidy')}</Button>}
      </div>
    </div>
  )
}

function hintOf(result: Pasted | undefined): string {
  if (result?.ok && result.lost.length > 0) return t('editor.jsonLost', { names: formatList(result.lost) })
  return t('editor.jsonHint')
}

function errorOf(result: Pasted | undefined): string | undefined {
  if (!result || result.ok) return undefined
  switch (result.reason) {
    case 'syntax': return t('editor.jsonSyntax', { line: result.line, column: result.column })
    case 'several': return t('editor.jsonSeveral')
    case 'empty': return t('editor.problem.empty')
    case 'shape': return t('editor.jsonShape')
  }
}
