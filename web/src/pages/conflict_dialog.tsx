import { useState } from 'preact/hooks'
import type { Command, CommandInput } from '../api/schema'
import { inputOf } from '../commands_api'
import { formatAgo, formatList, t, type Key } from '../i18n'
import { changedParts, conflicts, merge, partOf, type Part, type Side } from '../merge'
import { Button, Dialog } from '../ui'

const partNames: Record<Part, Key> = {
  trigger: 'command.trigger',
  caseSensitive: 'part.caseSensitive',
  enabled: 'command.enabled',
  content: 'editor.content',
  embeds: 'editor.embeds',
  components: 'editor.components',
  onlyCaller: 'part.onlyCaller',
  expiresAfter: 'part.expiresAfter',
  flags: 'part.flags',
  interaction: 'command.script',
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** Somebody else has changed the command: their change and mine are put together, and a person chooses where both differ. */
export function ConflictDialog({ base, mine, theirs, onClose, onResolve }: {
  base: CommandInput
  mine: CommandInput
  theirs: Command
  onClose: () => void
  onResolve: (input: CommandInput) => void
}) {
  const other = inputOf(theirs)
  const both = conflicts(base, mine, other)
  const [choices, setChoices] = useState<Partial<Record<Part, Side>>>(Object.fromEntries(both.map((part) => [part, 'mine'])))
  const name = (part: Part) => t(partNames[part])
  const theirParts = changedParts(base, other)
  return (
    <Dialog
      open onClose={onClose} title={t('conflict.title')} wide
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button onClick={() => onResolve(other)}>{t('conflict.takeTheirs')}</Button>
          <Button kind="primary" onClick={() => onResolve(merge(base, mine, other, choices))}>{t('conflict.merge')}</Button>
        </>
      }
    >
      <div class="ui-stack">
        <p>
          {t('conflict.text', { ago: formatAgo(theirs.updatedAt) })}{' '}
          {theirParts.length > 0 && t('conflict.changed', { parts: formatList(theirParts.map(name)) })}
        </p>
        {both.length === 0 && <p class="ui-muted">{t('conflict.none')}</p>}
        {both.map((part) => (
          <fieldset key={part} class="cf-part">
            <legend>{name(part)}</legend>
            {(['mine', 'theirs'] as const).map((side) => (
              <label key={side} class="cf-side">
                <span class="ui-row">
                  <input
                    type="radio" name={`side-${part}`} checked={choices[part] === side}
                    onChange={() => setChoices({ ...choices, [part]: side })}
                  />
                  <b>{t(`conflict.${side}`)}</b>
                </span>
                <pre tabIndex={0}>{shown(partOf(side === 'mine' ? mine : other, part))}</pre>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </Dialog>
  )
}
