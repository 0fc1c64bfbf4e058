import { formatList, t } from '../i18n'
import { Button, copyText, Field, Icons } from '../ui'
import type { DiscordMessage } from '../preview/discord'
import { useModel } from './model'
import { formatMessage, parseMessage, type Pasted } from './paste'

/** What somebody types, and the message that came of it. */
export interface Typed {
  text: string
  result: Pasted
  from: DiscordMessage
}

/** The message as JSON, and where one from elsewhere is pasted. What is valid is taken over at once. */
export function JsonView({ message, typed, onTyped }: { message: DiscordMessage; typed: Typed | null; onTyped: (typed: Typed | null) => void }) {
  const model = useModel()
  const isCurrent = typed !== null && typed.from === message
  const text = isCurrent ? typed.text : formatMessage(message)
  const result = isCurrent ? typed.result : undefined
  const write = (next: string) => {
    const parsed = parseMessage(next)
    if (parsed.ok) model.replace(parsed.message, 'json')
    onTyped({ text: next, result: parsed, from: model.message.value })
  }
  return (
    <div class="ed-json">
      <Field label={t('editor.json')} hint={hintOf(result)} error={errorOf(result)}>
        {(id, describedBy, invalid) => (
          <textarea
            id={id} class="ui-input" rows={18} value={text} spellcheck={false} aria-describedby={describedBy} aria-invalid={invalid || undefined}
            onInput={(event) => write(event.currentTarget.value)}
            onKeyDown={(event) => {
              // The message's undo would take away what is not valid yet; the browser's goes back in the text.
              if ((event.ctrlKey || event.metaKey) && 'zy'.includes(event.key.toLowerCase()) && result && !result.ok) event.stopPropagation()
            }}
          />
        )}
      </Field>
      <div class="ui-row">
        <Button size="sm" icon={Icons.Copy} onClick={() => void copyText(text)}>
          {t('editor.jsonCopy')}
        </Button>
        {isCurrent && <Button size="sm" kind="quiet" onClick={() => onTyped(null)}>{t('editor.jsonTidy')}</Button>}
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
