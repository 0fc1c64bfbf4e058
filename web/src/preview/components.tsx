// Buttons, select menus and the parts of Components V2, laid out as Discord does.
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { t } from '../i18n'
import { memo } from '../memo'
import { Icon, Icons, useDismiss } from '../ui'
import { useFill, usePreview } from './context'
import {
  hexOf, isSelect, type ActionRow, type Attachment, type Button, type Component, type Container, type Contained, type Emoji,
  type MediaGallery, type Section, type SelectMenu, type SelectOption, type Thumbnail,
} from './discord'
import { Picture } from './Embed'
import { PreviewIcons } from './icons'
import { CustomEmoji, Markdown, SafeLink, Spoiler } from './MarkdownView'
import { safeUrl } from './markdown'

export function Components({ of }: { of: Component[] }) {
  return <>{of.map((component, index) => <AnyComponent key={index} of={component} />)}</>
}

const AnyComponent = memo(function AnyComponent({ of }: { of: Component }): ComponentChildren {
  switch (of.type) {
    case 1: return <Row of={of} />
    case 9: return <SectionView of={of} />
    case 10: return <div class="pv-text"><Markdown text={of.content} /></div>
    case 12: return <Gallery of={of} />
    case 13: return <Hidden if={of.spoiler}><FileCard filename={of.file.url.replace(/^attachment:\/\//, '')} /></Hidden>
    case 14: return <div class={`pv-separator ${of.spacing === 2 ? 'large' : ''} ${of.divider === false ? '' : 'line'}`} role="presentation" />
    case 17: return <ContainerView of={of} />
  }
})

function Hidden({ if: hidden, children }: { if: boolean | undefined; children: ComponentChildren }): ComponentChildren {
  return hidden ? <Spoiler block>{children}</Spoiler> : children
}

function Row({ of }: { of: ActionRow }) {
  return (
    <div class="pv-row">
      {of.components.map((component, index) =>
        isSelect(component) ? <Select key={index} of={component} /> : <ButtonView key={index} of={component} />)}
    </div>
  )
}

function ContainerView({ of }: { of: Container }) {
  const style = of.accent_color === undefined ? {} : { borderLeftColor: hexOf(of.accent_color) }
  return (
    <Hidden if={of.spoiler}>
      <div class={of.accent_color === undefined ? 'pv-container' : 'pv-container accent'} style={style}>
        <Components of={of.components as Contained[]} />
      </div>
    </Hidden>
  )
}

function SectionView({ of }: { of: Section }) {
  return (
    <div class="pv-section">
      <div class="pv-section-text">
        {of.components.map((text, index) => <div key={index} class="pv-text"><Markdown text={text.content} /></div>)}
      </div>
      {of.accessory && (of.accessory.type === 2 ? <ButtonView of={of.accessory} /> : <ThumbnailView of={of.accessory} />)}
    </div>
  )
}

const ThumbnailView = ({ of }: { of: Thumbnail }) => (
  <Hidden if={of.spoiler}><Picture url={of.media.url} description={of.description} class="pv-thumbnail" /></Hidden>
)

function Gallery({ of }: { of: MediaGallery }) {
  return (
    <div class={`pv-gallery n${Math.min(of.items.length, 10)}`}>
      {of.items.map((item, index) => (
        <div key={index} class="pv-gallery-item">
          <Hidden if={item.spoiler}><Picture url={item.media.url} description={item.description} class="pv-gallery-picture" /></Hidden>
        </div>
      ))}
    </div>
  )
}

function FileCard({ filename, size }: { filename: string; size?: number | undefined }) {
  return (
    <div class="pv-file">
      <Icon of={PreviewIcons.File} size={28} />
      <span>
        <span class="pv-file-name">{filename}</span>
        {size !== undefined && <small>{t('preview.fileSize', { size: Math.max(1, Math.round(size / 1024)) })}</small>}
      </span>
    </div>
  )
}

export function Attachments({ of }: { of: Attachment[] }) {
  return (
    <>
      {of.map((file, index) =>
        file.url && file.content_type?.startsWith('image/') ? (
          <Picture key={index} url={file.url} description={file.description} class="pv-attachment" />
        ) : (
          <FileCard key={index} filename={file.filename} size={file.size} />
        ))}
    </>
  )
}

/** The class of each style of a button. */
export const buttonStyles = ['', 'primary', 'secondary', 'success', 'danger', 'link', 'premium']

export function EmojiView({ of }: { of: Emoji }) {
  if (of.id && /^\d+$/.test(of.id)) return <CustomEmoji id={of.id} name={of.name ?? 'emoji'} animated={of.animated ?? false} />
  return <span class="pv-emoji">{of.name}</span>
}

function ButtonView({ of }: { of: Button }) {
  const fill = useFill()
  const { onUse } = usePreview()
  const name = `pv-button ${buttonStyles[of.style] ?? 'secondary'}${of.disabled ? ' disabled' : ''}`
  const label = fill(of.label ?? '')
  const content = (
    <>
      {of.emoji && <EmojiView of={of.emoji} />}
      {label && <span>{label}</span>}
      {of.style === 5 && <Icon of={Icons.External} size={14} />}
    </>
  )
  const href = of.style === 5 && !of.disabled ? safeUrl(fill(of.url ?? '')) : undefined
  if (href) return <SafeLink href={href} class={name}>{content}</SafeLink>
  if (!onUse || of.style === 5) return <span class={name} aria-disabled={of.disabled || undefined}>{content}</span>
  return <button type="button" class={name} disabled={of.disabled} onClick={() => onUse(of, [])}>{content}</button>
}

const automatic: Record<number, 'preview.select.5' | 'preview.select.6' | 'preview.select.7' | 'preview.select.8'> = {
  5: 'preview.select.5', 6: 'preview.select.6', 7: 'preview.select.7', 8: 'preview.select.8',
}

/** A menu that opens, so that its options can be seen. */
function Select({ of }: { of: SelectMenu }) {
  const fill = useFill()
  const { onUse } = usePreview()
  const options = of.options ?? []
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<string[]>(() => options.filter((option) => option.default).map((option) => option.value))
  const root = useRef<HTMLDivElement>(null)
  const many = (of.max_values ?? 1) > 1
  const close = () => setOpen(false)
  useDismiss(root, open, close)
  const choose = (values: string[]) => {
    setChosen(values)
    if (many) return
    close()
    onUse?.(of, values)
  }
  const key = automatic[of.type]
  const picked = options.filter((option) => chosen.includes(option.value))
  const placeholder = fill(of.placeholder ?? '') || t('preview.select.placeholder')
  const text = picked.length > 0 ? picked.map((option) => fill(option.label)).join(', ') : placeholder
  return (
    <div class="pv-select" ref={root}>
      <button
        type="button" class="pv-select-head" aria-expanded={open} aria-haspopup="listbox" disabled={of.disabled}
        onClick={() => setOpen(!open)}
      >
        <span class={picked.length > 0 ? undefined : 'pv-select-placeholder'}>{text}</span>
        <Icon of={Icons.ChevronDown} size={18} />
      </button>
      {open && (
        <div class="pv-select-list" role="listbox" aria-label={placeholder} aria-multiselectable={many || undefined}>
          {options.map((option, index) => (
            <OptionView
              key={index} of={option} chosen={chosen.includes(option.value)}
              onChoose={() => {
                if (!many) choose([option.value])
                else if (chosen.includes(option.value)) choose(chosen.filter((value) => value !== option.value))
                else if (chosen.length < (of.max_values ?? 1)) choose([...chosen, option.value])
              }}
            />
          ))}
          {key && <p class="pv-select-note" role="option" aria-selected={false} aria-disabled>{t(key)}</p>}
          {many && onUse && options.length > 0 && (
            <button
              type="button" class="pv-select-done" disabled={chosen.length < (of.min_values ?? 1)}
              onClick={() => {
                close()
                onUse(of, chosen)
              }}
            >
              {t('preview.select.done')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function OptionView({ of, chosen, onChoose }: { of: SelectOption; chosen: boolean; onChoose: () => void }) {
  const fill = useFill()
  return (
    <button type="button" class="pv-option" role="option" aria-selected={chosen} onClick={onChoose}>
      {of.emoji && <EmojiView of={of.emoji} />}
      <span class="pv-option-text">
        <span>{fill(of.label)}</span>
        {of.description && <small>{fill(of.description)}</small>}
      </span>
      {chosen && <Icon of={Icons.Check} size={16} />}
    </button>
  )
}
