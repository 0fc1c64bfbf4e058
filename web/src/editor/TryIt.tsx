import { useMemo, useRef, useState } from 'preact/hooks'
import { formatNumber, t } from '../i18n'
import type { DryRunRequest, ScriptTrialResult } from '../api/schema'
import { isSelect, readMessage, type Button as ButtonData, type DiscordMessage, type SelectMenu } from '../preview/discord'
import { MessageView } from '../preview/Message'
import { sampleUser } from '../preview/placeholders'
import { theme } from '../theme'
import { Badge, Button, ErrorState, Field, Icons, Select, TextInput } from '../ui'
import type { Message } from './message'
import type { PreviewSettings } from './MessageEditor'
import { splitArguments, usableComponents } from './try'

interface TryItProps {
  /** What the command answers with. */
  message: Message | object
  /** Whether something runs when a component is used. */
  hasScript: boolean
  /** Runs the script without Discord: POST /api/guilds/:id/commands/:commandId/test. */
  run: (request: DryRunRequest) => Promise<ScriptTrialResult>
  preview: PreviewSettings
  /** Shows a place of the script, from 1. */
  onErrorPlace?: (place: { message: string; line: number; column: number }) => void
}

type State = { kind: 'idle' } | { kind: 'running' } | { kind: 'done'; result: ScriptTrialResult } | { kind: 'failed'; error: unknown }

const nameOf = (component: ButtonData | SelectMenu) =>
  (component.type === 2 ? component.label || component.emoji?.name : component.placeholder) || component.custom_id || ''

/** The command as somebody with arguments would see it, and what its script does when a component is used. */
export function TryIt({ message, hasScript, run, preview, onErrorPlace }: TryItProps) {
  const read = useMemo(() => readMessage(message), [message])
  const components = useMemo(() => usableComponents(read), [read])
  const [argumentText, setArguments] = useState('')
  const [user, setUser] = useState('')
  const [used, setUsed] = useState('')
  const [ids, setIds] = useState('')
  const [state, setState] = useState<State>({ kind: 'idle' })
  const runs = useRef(0)

  const args = useMemo(() => splitArguments(argumentText), [argumentText])
  const chosen = components.find((component) => component.custom_id === used) ?? components[0]
  const name = user || t('preview.sampleUser')
  const values = useMemo(() => ({ args, user: sampleUser(name) }), [args, name])

  const start = async (component: ButtonData | SelectMenu | undefined, picked: string[]) => {
    const number = ++runs.current
    setState({ kind: 'running' })
    try {
      const result = await run(requestOf(component, picked, args, user))
      // A later run has taken its place.
      if (number === runs.current) setState({ kind: 'done', result })
    } catch (error) {
      if (number === runs.current) setState({ kind: 'failed', error })
    }
  }
  const startChosen = () => {
    const needsValues = chosen !== undefined && isSelect(chosen)
    void start(chosen, needsValues ? splitArguments(ids.replaceAll(',', ' ')) : [])
  }
  return (
    <div class="ed-try">
      <form
        class="ed-try-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (hasScript) startChosen()
        }}
      >
        <Field label={t('editor.try.arguments')} hint={t('editor.try.argumentsHint')}>
          {(id, describedBy) => <TextInput id={id} value={argumentText} onInput={setArguments} placeholder='Pizza "Ada Lovelace"' aria-describedby={describedBy} />}
        </Field>
        <Field label={t('editor.try.user')}>
          {(id) => <TextInput id={id} value={user} onInput={setUser} maxLength={32} placeholder={t('editor.try.userHint')} />}
        </Field>
        {hasScript && components.length > 0 && (
          <Field label={t('editor.try.component')}>
            {(id) => (
              <Select
                id={id} value={chosen?.custom_id ?? ''} onChange={setUsed}
                options={components.map((component) => ({ value: component.custom_id ?? '', label: nameOf(component) }))}
              />
            )}
          </Field>
        )}
        {hasScript && chosen && isSelect(chosen) && (
          <Field label={chosen.type === 3 ? t('editor.try.values') : t('editor.try.ids')}>
            {(id) => <TextInput id={id} value={ids} onInput={setIds} placeholder={chosen.options?.[0]?.value ?? sampleUser('').id} />}
          </Field>
        )}
        {hasScript && (
          <Button kind="primary" type="submit" icon={Icons.Play} busy={state.kind === 'running'}>{t('editor.try.run')}</Button>
        )}
      </form>
      <section class="ed-try-answer" aria-label={t('editor.try.answer')}>
        <h2>{t('editor.try.answer')}</h2>
        <MessageView
          message={read} bot={preview.bot} names={preview.names} values={values} dark={theme.value === 'dark'}
          onUse={hasScript ? (component, picked) => {
            setUsed(component.custom_id ?? '')
            setIds(picked.join(' '))
            void start(component, picked)
          } : undefined}
        />
        {hasScript && components.length > 0 && <p class="ui-hint">{t('editor.try.press')}</p>}
        {!hasScript && <p class="ui-hint">{t('editor.try.noScript')}</p>}
      </section>
      <div class="ed-try-result" aria-live="polite">
        {state.kind === 'done' && <Result of={state.result} preview={preview} onErrorPlace={onErrorPlace} />}
        {state.kind === 'failed' && <ErrorState error={state.error} onRetry={startChosen} />}
      </div>
    </div>
  )
}

function requestOf(component: ButtonData | SelectMenu | undefined, values: string[], args: string[], user: string): DryRunRequest {
  return {
    args,
    interaction: {
      ...(component?.custom_id ? { customId: component.custom_id, componentType: component.type } : {}),
      ...(component && isSelect(component) ? { values } : {}),
      ...(user ? { user: { globalName: user } } : {}),
    },
  }
}

function Result({ of, preview, onErrorPlace }: { of: ScriptTrialResult; preview: PreviewSettings; onErrorPlace: TryItProps['onErrorPlace'] }) {
  const isFine = of.ending === 'completed'
  return (
    <>
      <p class="ed-try-summary">
        <Badge tone={isFine ? 'success' : 'danger'}>{isFine ? t('editor.try.completed') : t('editor.try.ended')}</Badge>
        <span class="ui-muted">
          {t('editor.try.cost', { cpu: of.cpuMs, wall: of.wallMs, memory: formatNumber(Math.round(of.memory / 104_857.6) / 10) })}
        </span>
      </p>
      {of.error && <ScriptError of={of.error} onErrorPlace={onErrorPlace} />}
      <h2>{t('editor.try.calls', { count: of.calls.length })}</h2>
      {of.calls.length === 0 && <p class="ui-hint">{t('editor.try.noCalls')}</p>}
      <ol class="ed-calls">
        {of.calls.map((call, index) => <li key={index}><Call of={call} preview={preview} /></li>)}
      </ol>
      {of.console.length > 0 && (
        <>
          <h2>{t('editor.try.console')}</h2>
          <pre class="ed-console" tabIndex={0}>
            {of.console.map(({ level, text }, index) => <span key={index} class={level}>{`${text}\n`}</span>)}
          </pre>
        </>
      )}
    </>
  )
}

function ScriptError({ of, onErrorPlace }: { of: NonNullable<ScriptTrialResult['error']>; onErrorPlace: TryItProps['onErrorPlace'] }) {
  const { line, column } = of
  return (
    <div class="ed-script-error" role="alert">
      <p><strong>{of.name || t('editor.try.error')}</strong>: {of.message}</p>
      {line !== null && (
        <p>
          {onErrorPlace ? (
            <Button size="sm" onClick={() => onErrorPlace({ message: of.message, line, column: column ?? 0 })}>
              {t('editor.try.goTo', { line })}
            </Button>
          ) : (
            t('editor.try.atLine', { line, column: column ?? 1 })
          )}
        </p>
      )}
      {of.stack && (
        <details>
          <summary>{t('editor.try.stack')}</summary>
          <pre>{of.stack}</pre>
        </details>
      )}
    </div>
  )
}

const shows = (data: DiscordMessage) => Boolean(data.content || data.embeds?.length || data.components?.length)

function Call({ of, preview }: { of: ScriptTrialResult['calls'][number]; preview: PreviewSettings }) {
  const data = useMemo(() => readMessage(of.data), [of.data])
  return (
    <>
      <p class="ed-call">
        <code>interaction.{of.method}</code>
        {of.message && <span class="ui-muted">{t('editor.try.ofMessage', { id: of.message })}</span>}
        {of.error && <Badge tone="danger">{t('editor.try.refused')}</Badge>}
      </p>
      {of.error && <p class="ui-field-error">{of.error}</p>}
      {shows(data) && <MessageView message={data} bot={preview.bot} names={preview.names} dark={theme.value === 'dark'} />}
      {of.data && (
        <details class="ed-raw">
          <summary>JSON</summary>
          <pre tabIndex={0}>{JSON.stringify(of.data, null, 2)}</pre>
        </details>
      )}
    </>
  )
}
