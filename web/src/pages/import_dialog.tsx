import { useState } from 'preact/hooks'
import { api } from '../api/client'
import type { Command, CommandInput, Guild } from '../api/schema'
import { commandPath, commandsPath, freeTrigger, guildPath, readImport, snippet } from '../commands_api'
import { t } from '../i18n'
import { refresh } from '../resource'
import { Badge, Button, Checkbox, Dialog, Field, Select, showError, TextArea, type Tone } from '../ui'

type Conflict = 'skip' | 'replace' | 'rename'

interface Row {
  input: CommandInput
  /** The command of the server that has this trigger. */
  existing: string | null
  wanted: boolean
  result?: { tone: Tone; text: string }
}

function rowsOf(guild: Guild, commands: CommandInput[]): Row[] {
  const ids = new Map(guild.commands.map((command) => [command.trigger.toLowerCase(), command.id]))
  return commands.map((input) => ({ input, existing: ids.get(input.trigger.toLowerCase()) ?? null, wanted: true }))
}

/** Reads commands from a file or a text, shows what would happen, and does it. */
export function ImportDialog({ open, guild, onClose }: { open: boolean; guild: Guild; onClose: () => void }) {
  const [text, setText] = useState('')
  const [rows, setRows] = useState<Row[] | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [conflict, setConflict] = useState<Conflict>('skip')
  const [busy, setBusy] = useState(false)

  const read = (content: string, name: string) => {
    const commands = readImport(content, name)
    setError(commands ? null : t('import.unreadable'))
    setRows(commands && rowsOf(guild, commands))
  }
  const close = () => {
    if (busy) return
    setRows(null)
    setError(null)
    onClose()
  }
  const update = (index: number, change: Partial<Row>) =>
    setRows((known) => known && known.map((row, at) => (at === index ? { ...row, ...change } : row)))

  /** What there is still to do. A row that failed can be tried again. */
  const isOpen = (row: Row) => row.wanted && row.result?.tone !== 'success' && !(row.existing && conflict === 'skip')

  const run = async () => {
    setBusy(true)
    const taken = new Set(guild.commands.map(({ trigger }) => trigger))
    for (const [index, row] of (rows ?? []).entries()) {
      if (!isOpen(row)) {
        if (row.wanted && !row.result) update(index, { result: { tone: 'neutral', text: t('import.skipped') } })
        continue
      }
      try {
        if (row.existing && conflict === 'replace') {
          await api.put<Command>(commandPath(guild.id, row.existing), row.input, { retryOnce: true })
        } else {
          const trigger = freeTrigger(row.input.trigger, row.existing ? taken : [])
          taken.add(trigger)
          await api.post<Command>(commandsPath(guild.id), { ...row.input, trigger }, { retryOnce: true })
        }
        update(index, { result: { tone: 'success', text: t('import.done') } })
      } catch (failure) {
        update(index, { result: { tone: 'danger', text: failure instanceof Error ? failure.message : String(failure) } })
      }
    }
    setBusy(false)
    void refresh(guildPath(guild.id))
  }

  const count = rows?.filter(isOpen).length ?? 0
  const conflicts = rows?.some((row) => row.existing) ?? false
  const footer = rows && (
    <>
      <Button disabled={busy} onClick={close}>{count > 0 ? t('action.cancel') : t('action.close')}</Button>
      {count > 0 && <Button kind="primary" busy={busy} onClick={() => void run()}>{t('import.run', { count })}</Button>}
    </>
  )
  return (
    <Dialog open={open} onClose={close} title={t('commands.import')} wide footer={footer}>
      {!rows && (
        <form
          class="ui-stack"
          onSubmit={(event) => {
            event.preventDefault()
            read(text, 'imported')
          }}
        >
          <Field label={t('import.file')} hint={t('import.hint')} error={error}>
            {(id, describedBy) => (
              <input
                id={id} type="file" class="ui-input" accept=".json,application/json" aria-describedby={describedBy}
                onChange={(event) => {
                  const file = event.currentTarget.files?.[0]
                  file?.text().then((content) => read(content, file.name), showError)
                }}
              />
            )}
          </Field>
          <Field label={t('import.text')}>
            {(id) => <TextArea id={id} value={text} rows={6} spellcheck={false} onInput={setText} />}
          </Field>
          <div><Button kind="primary" type="submit" disabled={text.trim() === ''}>{t('import.read')}</Button></div>
        </form>
      )}
      {rows && (
        <div class="ui-stack">
          {conflicts && (
            <Field label={t('import.conflicts')}>
              {(id) => (
                <Select
                  id={id} value={conflict} onChange={(value) => setConflict(value as Conflict)}
                  options={[
                    { value: 'skip', label: t('import.conflict.skip') },
                    { value: 'replace', label: t('import.conflict.replace') },
                    { value: 'rename', label: t('import.conflict.rename') },
                  ]}
                />
              )}
            </Field>
          )}
          <ul class="im-list">
            {rows.map((row, index) => (
              <li key={index}>
                <Checkbox checked={row.wanted} disabled={busy || row.result?.tone === 'success'} label={<b>{row.input.trigger}</b>}
                  onChange={(on) => update(index, { wanted: on })}
                />
                <span class="ui-muted">{row.result?.tone === 'danger' ? row.result.text : snippet(row.input.response)}</span>
                {row.result ? (
                  <Badge tone={row.result.tone}>{row.result.tone === 'danger' ? t('import.failed') : row.result.text}</Badge>
                ) : (
                  <Badge tone={row.existing ? 'warning' : 'accent'}>{row.existing ? t('import.exists') : t('import.new')}</Badge>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  )
}
