import { t } from '../i18n'
import { memo } from '../memo'
import { Button, Icons, Switch } from '../ui'
import { hexOf, type Embed, type EmbedField } from '../preview/discord'
import { ColorField, MarkdownField, Part, TextField, TimeField } from './fields'
import { embedLength, limits } from './limits'
import { useModel, useProblem } from './model'
import { SortCard, SortList, useJustAdded, type ListItem } from './sort'

const none: Embed[] = []

export const EmbedsForm = memo(function EmbedsForm({ embeds = none }: { embeds: Embed[] | undefined }) {
  const model = useModel()
  const problem = useProblem('/embeds')
  const added = useJustAdded()
  const used = embeds.reduce((sum, embed) => sum + embedLength(embed), 0)
  return (
    <section class="ed-section" aria-label={t('editor.embeds')}>
      <header class="ed-section-head">
        <h2>{t('editor.embeds')}</h2>
        {embeds.length > 0 && (
          <span class={used > limits.allEmbeds ? 'ui-counter over' : 'ui-counter'} title={t('editor.allEmbedsHint')}>
            {t('editor.characters', { used, max: limits.allEmbeds })}
          </span>
        )}
      </header>
      {problem && <p class="ui-field-error">{problem}</p>}
      <SortList items={embeds} label={t('editor.embeds')} onMove={(from, to) => model.move('/embeds', from, to)}>
        {(embed, index) => (
          <EmbedCard embed={embed} index={index} count={embeds.length} isNew={added.is(embed)} />
        )}
      </SortList>
      <Button
        size="sm" icon={Icons.Plus} disabled={embeds.length >= limits.embeds}
        onClick={() => model.insert('/embeds', added.mark({ title: '', color: 0x5865f2 }))}
      >
        {t('editor.embed.add', { count: embeds.length, max: limits.embeds })}
      </Button>
    </section>
  )
})

const EmbedCard = memo(function EmbedCard({ embed, index, count, isNew }: {
  embed: Embed
  index: number
  count: number
  isNew: boolean
}) {
  const model = useModel()
  const at = `/embeds/${index}`
  const name = t('editor.embed.name', { number: index + 1 })
  const summary = embed.title || embed.author?.name || embed.description || name
  return (
    <SortCard
      at={at} index={index} count={count} name={name} title={summary} startOpen={isNew || count === 1}
      color={embed.color === undefined ? undefined : hexOf(embed.color)} onRemove={() => model.remove('/embeds', index)}
      onDuplicate={count < limits.embeds ? () => model.duplicate('/embeds', index) : undefined}
    >
      {() => <EmbedBody embed={embed} at={at} />}
    </SortCard>
  )
})

function EmbedBody({ embed, at }: { embed: Embed; at: string }) {
  const problem = useProblem(at)
  const { author, footer } = embed
  return (
    <>
      {problem && <p class="ui-field-error">{problem}</p>}
      <TextField at={`${at}/title`} label={t('editor.embed.title')} value={embed.title} max={limits.title} />
      <MarkdownField at={`${at}/description`} label={t('editor.embed.description')} value={embed.description} max={limits.description} />
      <ColorField at={`${at}/color`} value={embed.color} />
      <FieldsForm fields={embed.fields} at={`${at}/fields`} />
      <Part title={t('editor.embed.pictures')} isSet={Boolean(embed.image || embed.thumbnail)}>
        <UrlField at={`${at}/image/url`} label={t('editor.embed.image')} value={embed.image?.url} />
        <UrlField at={`${at}/thumbnail/url`} label={t('editor.embed.thumbnail')} value={embed.thumbnail?.url} />
      </Part>
      <Part title={t('editor.embed.authorPart')} isSet={Boolean(author || embed.url)}>
        <TextField at={`${at}/author/name`} label={t('editor.embed.author')} value={author?.name} max={limits.author} />
        <UrlField at={`${at}/author/icon_url`} label={t('editor.embed.authorIcon')} value={author?.icon_url} />
        <UrlField at={`${at}/author/url`} label={t('editor.embed.authorUrl')} value={author?.url} />
        <UrlField at={`${at}/url`} label={t('editor.embed.url')} value={embed.url} />
      </Part>
      <Part title={t('editor.embed.footerPart')} isSet={Boolean(footer || embed.timestamp)}>
        <TextField at={`${at}/footer/text`} label={t('editor.embed.footer')} value={footer?.text} max={limits.footer} />
        <UrlField at={`${at}/footer/icon_url`} label={t('editor.embed.footerIcon')} value={footer?.icon_url} />
        <TimeField at={`${at}/timestamp`} value={embed.timestamp} />
      </Part>
    </>
  )
}

const UrlField = ({ at, label, value }: { at: string; label: string; value: string | undefined }) => (
  <TextField at={at} label={label} value={value} type="url" placeholder="https://" />
)

const noFields: EmbedField[] = []

const FieldsForm = memo(function FieldsForm({ fields = noFields, at }: { fields: EmbedField[] | undefined; at: string }) {
  const model = useModel()
  const added = useJustAdded()
  return (
    <div class="ed-fields">
      <SortList items={fields} label={t('editor.fields')} onMove={(from, to) => model.move(at, from, to)}>
        {(field, index) => (
          <FieldCard field={field} list={at} index={index} count={fields.length} isNew={added.is(field)} />
        )}
      </SortList>
      <Button
        size="sm" kind="quiet" icon={Icons.Plus} disabled={fields.length >= limits.fields}
        onClick={() => model.insert(at, added.mark({ name: '', value: '', inline: fields.at(-1)?.inline ?? false }))}
      >
        {t('editor.field.add', { count: fields.length, max: limits.fields })}
      </Button>
    </div>
  )
})

const FieldCard = memo(function FieldCard({ field, list, index, count, isNew }: ListItem & { field: EmbedField }) {
  const model = useModel()
  const at = `${list}/${index}`
  const name = t('editor.field.name', { number: index + 1 })
  return (
    <SortCard
      at={at} index={index} count={count} name={name} title={field.name || name} startOpen={isNew}
      onRemove={() => model.remove(list, index)} onDuplicate={count < limits.fields ? () => model.duplicate(list, index) : undefined}
    >
      {() => (
        <>
          <TextField at={`${at}/name`} label={t('editor.field.title')} value={field.name} max={limits.fieldName} required />
          <MarkdownField at={`${at}/value`} label={t('editor.field.value')} value={field.value} max={limits.fieldValue} required rows={2} />
          <Switch
            label={t('editor.field.inline')} checked={field.inline ?? false}
            onChange={(inline) => model.set(`${at}/inline`, inline || undefined)}
          />
        </>
      )}
    </SortCard>
  )
})
