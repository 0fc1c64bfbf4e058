// Buttons.
import { t } from '../i18n'
import { memo } from '../memo'
import { Switch } from '../ui'
import { buttonStyles, EmojiView } from '../preview/components'
import type { Button } from '../preview/discord'
import { EmojiField } from './EmojiField'
import { Choice, Part, TextField, UseFields } from './fields'
import { freeCustomId, limits } from './limits'
import { useModel } from './model'
import { SortCard, type ListItem } from './sort'

export const newButton = (customId: string): Button => ({ type: 2, style: 1, label: t('editor.button.new'), custom_id: customId })

const styles = [1, 2, 3, 4, 5] as const

export const ButtonCard = memo(function ButtonCard({ button, list, index, count, isNew }: ListItem & { button: Button }) {
  const model = useModel()
  const at = `${list}/${index}`
  const name = t('editor.button.name', { number: index + 1 })
  const duplicate = () =>
    model.duplicate(list, index, (copied) => {
      if ('custom_id' in copied) copied.custom_id = freeCustomId(model.message.value, button.custom_id || 'button')
    })
  return (
    <SortCard
      at={at} index={index} count={count} name={name} startOpen={isNew}
      title={
        <span class="ed-button-title">
          <span class={`ed-dot ${buttonStyles[button.style] ?? ''}`} />
          {button.emoji && <EmojiView of={button.emoji} />}
          {button.label || (!button.emoji && name)}
        </span>
      }
      onRemove={() => model.remove(list, index)} onDuplicate={count < limits.buttons ? duplicate : undefined}
    >
      {() => <ButtonForm button={button} at={at} />}
    </SortCard>
  )
})

function ButtonForm({ button, at }: { button: Button; at: string }) {
  const model = useModel()
  const isLink = button.style === 5
  /** A link has an address in place of a custom id. */
  const setStyle = (style: number) => {
    const { custom_id: id, url, onlyCaller, expiresAfter, ...rest } = button
    const next =
      style === 5
        ? { ...rest, style, url: url ?? '' }
        : { ...rest, style, custom_id: id ?? freeCustomId(model.message.value, 'button'), ...(onlyCaller && { onlyCaller }), ...(expiresAfter && { expiresAfter }) }
    model.set(at, next)
  }
  return (
    <>
      <Choice
        label={t('editor.button.style')} value={String(button.style)} onChange={(style) => setStyle(Number(style))}
        options={styles.map((style) => ({ value: String(style), label: t(`editor.button.style.${style}`), class: buttonStyles[style] ?? '' }))}
      />
      <div class="ed-emoji-row">
        <EmojiField at={`${at}/emoji`} value={button.emoji} />
        <TextField at={`${at}/label`} label={t('editor.button.label')} value={button.label} max={limits.label} />
      </div>
      {isLink ? (
        <TextField at={`${at}/url`} label={t('editor.button.url')} value={button.url} type="url" placeholder="https://" required />
      ) : (
        <TextField
          at={`${at}/custom_id`} label={t('editor.customId')} value={button.custom_id} max={limits.customId} required
          hint={t('editor.customIdHint')}
        />
      )}
      <Part title={t('editor.more')} isSet={Boolean(button.disabled || button.onlyCaller || button.expiresAfter)}>
        <Switch
          label={t('editor.disabled')} checked={button.disabled ?? false}
          onChange={(disabled) => model.set(`${at}/disabled`, disabled || undefined)}
        />
        {!isLink && <UseFields at={at} onlyCaller={button.onlyCaller} expiresAfter={button.expiresAfter} />}
      </Part>
    </>
  )
}
