import { useState } from 'preact/hooks'
import { formatWith, t } from '../i18n'
import { memo } from '../memo'
import { Icon } from '../ui'
import { pictureUrl, useFill } from './context'
import { hexOf, type Embed as EmbedData, type EmbedField } from './discord'
import { Markdown, SafeLink } from './MarkdownView'
import { PreviewIcons } from './icons'
import { safeUrl } from './markdown'

export const Embed = memo(function Embed({ embed, now }: { embed: EmbedData; now: number }) {
  const fill = useFill()
  const { title, description, author, footer, fields = [], image, thumbnail, color, timestamp } = embed
  const link = embed.url ? safeUrl(fill(embed.url)) : undefined
  const when = timestamp ? momentOf(timestamp, now) : ''
  return (
    <article class="pv-embed" style={{ borderLeftColor: color === undefined ? '' : hexOf(color) }}>
      <div class="pv-embed-main">
        {author && (
          <p class="pv-embed-author">
            <Icon24 url={author.icon_url} />
            <MaybeLink url={author.url} text={fill(author.name)} />
          </p>
        )}
        {title && (
          <p class="pv-embed-title">
            {link ? <SafeLink href={link}><Markdown text={title} blocks={false} /></SafeLink> : <Markdown text={title} blocks={false} />}
          </p>
        )}
        {description && <div class="pv-embed-text"><Markdown text={description} /></div>}
        {fields.length > 0 && <Fields of={fields} />}
      </div>
      {thumbnail && <Picture url={thumbnail.url} class="pv-embed-thumbnail" />}
      {image && <Picture url={image.url} class="pv-embed-image" />}
      {(footer || when) && (
        <p class="pv-embed-footer">
          <Icon24 url={footer?.icon_url} />
          <span>{[footer && fill(footer.text), when].filter(Boolean).join(' • ')}</span>
        </p>
      )}
    </article>
  )
})

/** How many of three columns each field has: fields that are inline share a row, three at most. */
export function columnsOf(fields: EmbedField[]): number[] {
  const columns: number[] = []
  for (let i = 0; i < fields.length; ) {
    let row = 0
    while (row < 3 && fields[i + row]?.inline) ++row
    const width = row === 0 ? 12 : 12 / row
    for (let k = 0; k < Math.max(row, 1); ++k) columns.push(width)
    i += Math.max(row, 1)
  }
  return columns
}

function Fields({ of }: { of: EmbedField[] }) {
  const columns = columnsOf(of)
  return (
    <div class="pv-fields">
      {of.map((field, index) => <Field key={index} name={field.name} value={field.value} width={columns[index] ?? 12} />)}
    </div>
  )
}

const Field = memo(function Field({ name, value, width }: { name: string; value: string; width: number }) {
  return (
    <div class={`pv-field w${width}`}>
      <p class="pv-field-name"><Markdown text={name} blocks={false} /></p>
      <div class="pv-field-value"><Markdown text={value} /></div>
    </div>
  )
})

function MaybeLink({ url, text }: { url: string | undefined; text: string }) {
  const href = useFill()(url ?? '')
  const safe = href ? safeUrl(href) : undefined
  return safe ? <SafeLink href={safe} class="pv-plain-link">{text}</SafeLink> : <span>{text}</span>
}

function Icon24({ url }: { url: string | undefined }) {
  const filled = useFill()(url ?? '')
  const [broken, setBroken] = useState('')
  if (!filled) return null
  const { src } = pictureUrl(filled)
  if (!src || broken === src) return <span class="pv-icon-missing"><Icon of={PreviewIcons.Image} size={12} /></span>
  return <img class="pv-icon" src={src} alt="" loading="lazy" onError={() => setBroken(src)} />
}

/** A picture, or where it would be: those of other hosts only Discord shows. */
export function Picture({ url, class: name, description }: { url: string; class: string; description?: string | undefined }) {
  const filled = useFill()(url)
  const [broken, setBroken] = useState('')
  const { src, host } = pictureUrl(filled)
  if (src && broken !== src) {
    return <img class={name} src={src} alt={description ?? ''} loading="lazy" onError={() => setBroken(src)} />
  }
  return (
    <span class={`${name} pv-picture-missing`} role="img" aria-label={description ?? t('preview.picture')} title={filled}>
      <Icon of={PreviewIcons.Image} size={20} />
      <span>{src || !host ? t('preview.pictureBroken') : t('preview.pictureElsewhere', { host })}</span>
    </span>
  )
}

/** "Today at 12:34", as Discord writes times beside names and in footers. */
export function momentOf(time: string | number, now: number): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return ''
  const days = Math.round((startOfDay(date) - startOfDay(new Date(now))) / 86_400_000)
  const clock = formatWith('clock', { timeStyle: 'short' }, date)
  if (days === 0) return t('preview.today', { time: clock })
  if (days === -1) return t('preview.yesterday', { time: clock })
  return formatWith('short', { dateStyle: 'short', timeStyle: 'short' }, date)
}

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
