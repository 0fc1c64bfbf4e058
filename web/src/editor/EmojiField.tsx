import { useRef, useState } from 'preact/hooks'
import { t } from '../i18n'
import { memo } from '../memo'
import { Field, Icon, IconButton, Icons, useDismiss } from '../ui'
import { CustomEmoji } from '../preview/MarkdownView'
import { EmojiView } from '../preview/components'
import type { Emoji } from '../preview/discord'
import { EditorIcons } from './icons'
import { usePickers } from './message'
import { useModel, useProblem } from './model'

const common = (
  '👍 👎 ✅ ❌ ⭐ ❤️ 🔥 🎉 👋 🙏 💯 🤔 😀 😂 😍 😎 😢 😡 👀 🎮 🎵 🎁 🏆 🎟️ 📌 📣 📝 📅 ⏰ 🔔 🔒 🔗 ℹ️ ❓ ❗ ➕ ➖ ⬅️ ➡️ 🔄 🗑️ 🛠️ 💬 📊 ' +
  '1️⃣ 2️⃣ 3️⃣ 4️⃣ 5️⃣'
).split(' ')

/** What somebody has typed or pasted: an emoji, `<:name:id>`, or an id. */
export function emojiOf(text: string): Emoji | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const custom = /^<?(a?):?(\w{1,32}):(\d{15,20})>?$/.exec(trimmed)
  if (custom) return { id: custom[3] ?? '', name: custom[2] ?? '', ...(custom[1] ? { animated: true } : {}) }
  if (/^\d{15,20}$/.test(trimmed)) return { id: trimmed }
  return { name: trimmed }
}

export const EmojiField = memo(function EmojiField({ at, value }: { at: string; value: Emoji | undefined }) {
  const model = useModel()
  const error = useProblem(`${at}/name`, at)
  const { emojis } = usePickers()
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  useDismiss(root, open, () => setOpen(false))
  const choose = (emoji: Emoji | undefined) => {
    model.set(at, emoji)
    setOpen(false)
    root.current?.querySelector('button')?.focus()
  }
  return (
    <Field label={t('editor.emoji')} error={error} pointer={at}>
      {(id, describedBy) => (
        <div class="ed-emoji" ref={root}>
          <button
            type="button" id={id} class="ed-emoji-button" aria-expanded={open} aria-haspopup="dialog" aria-describedby={describedBy}
            aria-label={value ? t('editor.emojiChange', { name: value.name ?? value.id ?? '' }) : t('editor.emojiChoose')}
            onClick={() => setOpen(!open)}
          >
            {value ? <EmojiView of={value} /> : <Icon of={EditorIcons.Smile} size={18} />}
          </button>
          {value && <IconButton size="sm" icon={Icons.X} label={t('editor.emojiNone')} onClick={() => choose(undefined)} />}
          {open && (
            <div class="ed-emoji-list" role="dialog" aria-label={t('editor.emojiChoose')}>
              <input
                type="text" class="ui-input" placeholder={t('editor.emojiType')} aria-label={t('editor.emojiType')}
                ref={(input) => input?.focus({ preventScroll: true })}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return
                  event.preventDefault()
                  choose(emojiOf(event.currentTarget.value))
                }}
                onInput={(event) => {
                  const emoji = emojiOf(event.currentTarget.value)
                  if (emoji?.id || /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u.test(emoji?.name ?? '')) model.set(at, emoji)
                }}
              />
              <div class="ed-emoji-grid">
                {emojis.map(({ id: emojiId, name, animated }) => (
                  <button
                    key={emojiId} type="button" title={`:${name}:`} aria-label={name}
                    onClick={() => choose({ id: emojiId, name, ...(animated ? { animated } : {}) })}
                  >
                    <CustomEmoji id={emojiId} name={name} animated={animated} />
                  </button>
                ))}
                {common.map((emoji) => <button key={emoji} type="button" class="pv-emoji" onClick={() => choose({ name: emoji })}>{emoji}</button>)}
              </div>
            </div>
          )}
        </div>
      )}
    </Field>
  )
})
