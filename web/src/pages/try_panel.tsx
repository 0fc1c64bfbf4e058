// Runs a command's script as somebody would by pressing a button, without Discord.
import { useState } from 'preact/hooks'
import { ApiError, api } from '../api/client'
import { me, nameOf } from '../api/session'
import type { CommandInput, DryRunRequest, DryRunResult } from '../api/types'
import { commandPath } from '../commands_api'
import type { Message } from '../editor/message'
import { formatNumber, t } from '../i18n'
import { useShortcuts } from '../keys'
import { MessagePreview } from '../preview'
import { theme } from '../theme'
import { Badge, Button, Card, EmptyState, Field, Icons, Select, TextInput } from '../ui'
import { showError } from './form_errors'

interface Target {
  customId: string
  label: string
  type: 2 | 3 | 5 | 6 | 7 | 8
  values: { value: string; label: string }[]
}

/** The buttons and menus of a message that a script answers. */
function targetsOf(message: Message): Target[] {
  return (message.components ?? []).flatMap((row) => row.components).flatMap((part): Target[] => {
    if (!('custom_id' in part) || !part.custom_id) return []
    const name = ('label' in part && part.label) || ('placeholder' in part && part.placeholder) || part.custom_id
    const values = part.type === 3 ? part.options.map(({ value, label }) => ({ value, label })) : []
    return [{ customId: part.custom_id, label: name, type: part.type, values }]
  })
}

const words = (text: string) => text.split(/\s+/).filter(Boolean)

function Result({ result, bot }: { result: DryRunResult; bot: string }) {
  const ok = result.ending === 'completed'
  return (
    <div class="ui-stack" role="status">
      <div class="ui-row">
        <Badge tone={ok ? 'success' : 'danger'}>{t(ok ? 'try.completed' : 'try.failed', { ending: result.ending })}</Badge>
        <span class="ui-muted">{t('try.cost', { cpu: formatNumber(result.cpuMs), wall: formatNumber(result.wallMs), memory: formatNumber(Math.ceil(result.memory / 1024)) })}</span>
      </div>
      {result.error && (
        <div class="tr-error">
          <b>{result.error.name}: {result.error.message}</b>
          {result.error.line !== null && <span> {t('try.line', { line: result.error.line })}</span>}
        </div>
      )}
      {result.calls.length === 0 && <p class="ui-muted">{t('try.noCalls')}</p>}
      {result.calls.map((call, index) => (
        <section key={index} class="tr-call">
          <h3><code>{call.method}</code> {Boolean((Number(call.data?.flags ?? 0)) & 64) && <Badge>{t('try.private')}</Badge>}</h3>
          {call.error && <p class="ui-field-error">{call.error}</p>}
          {call.data && Object.keys(call.data).length > 0 && (
            <MessagePreview
              message={call.data as Message} bot={{ name: bot, avatar: null }} dark={theme.value === 'dark'}
              names={{ channels: {}, roles: {}, users: me.value ? { [me.value.id]: nameOf(me.value) } : {} }}
            />
          )}
          <details><summary>JSON</summary><pre tabIndex={0}>{JSON.stringify(call.data, null, 2)}</pre></details>
        </section>
      ))}
      {result.console.length > 0 && (
        <section>
          <h3>{t('try.console')}</h3>
          <ol class="tr-console">
            {result.console.map(({ level, text }, index) => <li key={index} class={level}>{text}</li>)}
          </ol>
        </section>
      )}
    </div>
  )
}

export function TryPanel({ guildId, commandId, input, bot, onScriptError }: {
  guildId: string
  commandId: string | null
  input: CommandInput
  bot: string
  onScriptError: (error: { message: string; line: number; column: number } | null) => void
}) {
  const targets = targetsOf(input.response)
  const [chosen, setChosen] = useState('')
  const [value, setValue] = useState('')
  const [args, setArgs] = useState('')
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<DryRunResult | null>(null)
  const target = targets.find(({ customId }) => customId === chosen) ?? targets[0]

  const run = async () => {
    if (!commandId || !target || busy) return
    setBusy(true)
    onScriptError(null)
    const request: DryRunRequest = {
      interaction: {
        customId: target.customId,
        componentType: target.type,
        ...(target.values.length > 0 && { values: [value || (target.values[0]?.value ?? '')] }),
        ...(name && { user: { globalName: name } }),
      },
      script: input.interaction ?? '',
      args: words(args),
    }
    try {
      const { data } = await api.post<DryRunResult>(`${commandPath(guildId, commandId)}/test`, request)
      setResult(data)
      if (data.error && data.error.line !== null) {
        onScriptError({ message: `${data.error.name}: ${data.error.message}`, line: data.error.line, column: data.error.column ?? 1 })
      }
    } catch (error) {
      if (error instanceof ApiError && error.line !== undefined) {
        onScriptError({ message: error.message, line: error.line, column: error.column ?? 1 })
      }
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  useShortcuts([{ keys: 'mod+enter', label: t('try.run'), run: () => void run() }])

  if (!input.interaction) return <EmptyState icon={Icons.Play} title={t('try.noScript')} text={t('try.noScript.text')} />
  if (!target) return <EmptyState icon={Icons.Play} title={t('try.noTarget')} text={t('try.noTarget.text')} />
  if (!commandId) return <EmptyState icon={Icons.Play} title={t('try.unsaved')} text={t('try.unsaved.text')} />
  return (
    <div class="tr">
      <Card title={t('try.as')}>
        <form
          class="ui-stack"
          onSubmit={(event) => {
            event.preventDefault()
            void run()
          }}
        >
          <Field label={t('try.component')}>
            {(id) => (
              <Select id={id} value={target.customId} onChange={setChosen} options={targets.map(({ customId, label }) => ({ value: customId, label }))} />
            )}
          </Field>
          {target.values.length > 0 && (
            <Field label={t('try.value')}>
              {(id) => <Select id={id} value={value || (target.values[0]?.value ?? '')} onChange={setValue} options={target.values} />}
            </Field>
          )}
          <Field label={t('try.args')} hint={t('try.args.hint')}>
            {(id, describedBy) => <TextInput id={id} aria-describedby={describedBy} value={args} onInput={setArgs} />}
          </Field>
          <Field label={t('try.name')}>
            {(id) => <TextInput id={id} value={name} maxLength={32} placeholder={me.value ? nameOf(me.value) : ''} onInput={setName} />}
          </Field>
          <div><Button kind="primary" type="submit" icon={Icons.Play} busy={busy}>{t('try.run')}</Button></div>
        </form>
      </Card>
      <Card title={t('try.result')}>
        {result ? <Result result={result} bot={bot} /> : <p class="ui-muted">{t('try.none')}</p>}
      </Card>
    </div>
  )
}
