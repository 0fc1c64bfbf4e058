// Rows of buttons and select menus.
import { t } from '../i18n'
import { memo } from '../memo'
import { Button as UiButton, Checkbox, Field, Icons, Menu, Switch } from '../ui'
import { isSelect, type ActionRow, type Button, type Component, type SelectMenu, type SelectOption } from '../preview/discord'
import { buttonStyles, EmojiView } from '../preview/components'
import { freeName } from '../text'
import { getAt } from './draft'
import { EmojiField } from './EmojiField'
import { Choice, NumberField, Part, TextField } from './fields'
import { freeCustomId, limits } from './limits'
import { usePickers } from './message'
import { useModel, useProblem } from './model'
import { SortCard, SortList, useJustAdded } from './sort'

const none: Component[] = []
const selectTypes = [3, 5, 6, 7, 8] as const
const selectName = (type: SelectMenu['type']) => t(`editor.select.type.${type}`)

export const ComponentsForm = memo(function ComponentsForm({ components = none, onlyCaller, expiresAfter }: {
  components: Component[] | undefined
  onlyCaller: boolean | undefined
  expiresAfter: number | undefined
}) {
  const model = useModel()
  const added = useJustAdded()
  const problem = useProblem('/components')
  const isFull = components.length >= limits.rows
  const addRow = (component: Button | SelectMenu) => model.insert('/components', added.mark({ type: 1, components: [component] }))
  return (
    <section class="ed-section" aria-label={t('editor.components')}>
      <header class="ed-section-head">
        <h2>{t('editor.components')}</h2>
        {components.length > 0 && <span class="ui-counter">{t('editor.rows', { count: components.length, max: limits.rows })}</span>}
      </header>
      {problem && <p class="ui-field-error">{problem}</p>}
      <SortList items={components} label={t('editor.components')} onMove={(from, to) => model.move('/components', from, to)}>
        {(row, index) =>
          row.type === 1 ? (
            <RowCard row={row} index={index} count={components.length} isNew={added.is(row)} />
          ) : (
            <OtherCard type={row.type} index={index} count={components.length} />
          )}
      </SortList>
      <div class="ui-row">
        <UiButton size="sm" icon={Icons.Plus} disabled={isFull} onClick={() => addRow(newButton(freeCustomId(model.message.value, 'button')))}>
          {t('editor.row.addButtons')}
        </UiButton>
        {!isFull && (
          <Menu
            label={t('editor.row.addMenu')} text={t('editor.row.addMenu')} icon={Icons.Plus}
            items={selectTypes.map((type) => ({
              label: selectName(type),
              onSelect: () => addRow(newSelect(type, freeCustomId(model.message.value, 'menu'))),
            }))}
          />
        )}
      </div>
      {components.length > 0 && (
        <Part title={t('editor.use.title')} isSet={Boolean(onlyCaller || expiresAfter)}>
          <UseFields at="" onlyCaller={onlyCaller} expiresAfter={expiresAfter} />
        </Part>
      )}
    </section>
  )
})

const newButton = (customId: string): Button => ({ type: 2, style: 1, label: t('editor.button.new'), custom_id: customId })

function newSelect(type: SelectMenu['type'], customId: string): SelectMenu {
  const options = [1, 2].map((number) => ({ label: t('editor.option.new', { number }), value: `option-${number}` }))
  return { type, custom_id: customId, ...(type === 3 ? { options } : {}) }
}

/** Who may use it, and how long. On a message: for all components that do not say it themselves. */
function UseFields({ at, onlyCaller, expiresAfter }: { at: string; onlyCaller: boolean | undefined; expiresAfter: number | undefined }) {
  const model = useModel()
  return (
    <>
      <Switch
        label={t('editor.use.onlyCaller')} checked={onlyCaller ?? false}
        onChange={(checked) => model.set(`${at}/onlyCaller`, checked || undefined)}
      />
      <NumberField
        at={`${at}/expiresAfter`} label={t('editor.use.expires')} value={expiresAfter} min={1} max={31_536_000}
        placeholder={t('editor.use.never')}
      />
    </>
  )
}

/** A part of Components V2, for which there is no form. */
function OtherCard({ type, index, count }: { type: number; index: number; count: number }) {
  const model = useModel()
  const name = t('editor.other.name', { type })
  return (
    <SortCard at={`/components/${index}`} index={index} count={count} name={name} title={name} onRemove={() => model.remove('/components', index)}>
      {() => <p class="ui-hint">{t('editor.other.text')}</p>}
    </SortCard>
  )
}

const RowCard = memo(function RowCard({ row, index, count, isNew }: { row: ActionRow; index: number; count: number; isNew: boolean }) {
  const model = useModel()
  const at = `/components/${index}`
  const list = `${at}/components`
  const added = useJustAdded()
  const [first] = row.components
  const select = first && isSelect(first) ? first : undefined
  const buttons = row.components.filter((component): component is Button => component.type === 2)
  const name = t('editor.row.name', { number: index + 1 })
  const problem = useProblem(at, list)
  const title = select
    ? `${selectName(select.type)}${select.placeholder ? `: ${select.placeholder}` : ''}`
    : t('editor.row.buttons', { count: buttons.length })
  const duplicate = () =>
    model.duplicate('/components', index, (copied) => {
      const stem = select ? 'menu' : 'button'
      let draft = model.message.value
      for (const component of (copied as ActionRow).components) {
        if (component.custom_id === undefined) continue
        component.custom_id = freeCustomId(draft, stem)
        draft = { components: [...(draft.components ?? []), { type: 1, components: [component] }] }
      }
    })
  return (
    <SortCard
      at={at} index={index} count={count} name={name} title={title} startOpen={isNew || count === 1}
      onRemove={() => model.remove('/components', index)} onDuplicate={count < limits.rows ? duplicate : undefined}
    >
      {() => (
        <>
          {problem && <p class="ui-field-error">{problem}</p>}
          {select ? (
            <SelectForm select={select} at={`${list}/0`} />
          ) : (
            <>
              <SortList items={buttons} label={name} onMove={(from, to) => model.move(list, from, to)}>
                {(button, position) => (
                  <ButtonCard button={button} list={list} index={position} count={buttons.length} isNew={added.is(button)} />
                )}
              </SortList>
              <UiButton
                size="sm" kind="quiet" icon={Icons.Plus} disabled={buttons.length >= limits.buttons}
                onClick={() => model.insert(list, added.mark(newButton(freeCustomId(model.message.value, 'button'))))}
              >
                {t('editor.button.add', { count: buttons.length, max: limits.buttons })}
              </UiButton>
            </>
          )}
        </>
      )}
    </SortCard>
  )
})

const styles = [1, 2, 3, 4, 5] as const

const ButtonCard = memo(function ButtonCard({ button, list, index, count, isNew }: {
  button: Button
  list: string
  index: number
  count: number
  isNew: boolean
}) {
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

const noOptions: SelectOption[] = []

function SelectForm({ select, at }: { select: SelectMenu; at: string }) {
  const model = useModel()
  const added = useJustAdded()
  const problem = useProblem(`${at}/options`)
  const { options = noOptions } = select
  const list = `${at}/options`
  const add = () => {
    const number = options.length + 1
    const value = freeName(`option-${number}`, new Set(options.map((option) => option.value)))
    model.insert(list, added.mark({ label: t('editor.option.new', { number }), value }))
  }
  return (
    <>
      <TextField at={`${at}/placeholder`} label={t('editor.select.placeholder')} value={select.placeholder} max={limits.placeholder} />
      <TextField
        at={`${at}/custom_id`} label={t('editor.customId')} value={select.custom_id} max={limits.customId} required
        hint={t('editor.customIdHint')}
      />
      {select.type === 3 && (
        <div class="ed-fields">
          {problem && <p class="ui-field-error">{problem}</p>}
          <SortList items={options} label={t('editor.options')} onMove={(from, to) => model.move(list, from, to)}>
            {(option, index) => (
              <OptionCard option={option} list={list} index={index} count={options.length} isNew={added.is(option)} />
            )}
          </SortList>
          <UiButton size="sm" kind="quiet" icon={Icons.Plus} disabled={options.length >= limits.options} onClick={add}>
            {t('editor.option.add', { count: options.length, max: limits.options })}
          </UiButton>
        </div>
      )}
      {select.type === 8 && <ChannelTypes at={`${at}/channel_types`} value={select.channel_types} />}
      <Part
        title={t('editor.more')}
        isSet={[select.min_values, select.max_values, select.expiresAfter].some((value) => value !== undefined) || Boolean(select.disabled || select.onlyCaller)}
      >
        <NumberField at={`${at}/min_values`} label={t('editor.select.min')} value={select.min_values} min={0} max={25} placeholder="1" />
        <NumberField at={`${at}/max_values`} label={t('editor.select.max')} value={select.max_values} min={1} max={25} placeholder="1" />
        <Switch
          label={t('editor.disabled')} checked={select.disabled ?? false}
          onChange={(disabled) => model.set(`${at}/disabled`, disabled || undefined)}
        />
        <UseFields at={at} onlyCaller={select.onlyCaller} expiresAfter={select.expiresAfter} />
        {select.type !== 3 && <Defaults at={at} select={select} />}
      </Part>
    </>
  )
}

const channelKinds = [[0, 'text'], [2, 'voice'], [4, 'category'], [5, 'news'], [13, 'stage'], [15, 'forum']] as const

function ChannelTypes({ at, value = [] }: { at: string; value: number[] | undefined }) {
  const model = useModel()
  return (
    <Field label={t('editor.select.channelTypes')} hint={t('editor.select.channelTypesHint')} pointer={at}>
      {() => (
        <div class="ed-checks">
          {channelKinds.map(([type, name]) => (
            <Checkbox
              key={type} label={t(`editor.channel.${name}`)} checked={value.includes(type)}
              onChange={(on) => {
                const next = on ? [...value, type] : value.filter((other) => other !== type)
                model.set(at, next.length > 0 ? next : undefined)
              }}
            />
          ))}
        </div>
      )}
    </Field>
  )
}

/** What is chosen beforehand in a menu of roles or channels. */
function Defaults({ at, select }: { at: string; select: SelectMenu }) {
  const model = useModel()
  const { roles, channels } = usePickers()
  const kind = select.type === 8 ? 'channel' : 'role'
  const choices = select.type === 8 ? channels : select.type === 5 ? [] : roles
  const error = useProblem(`${at}/default_values`)
  if (choices.length === 0) return null
  const chosen = select.default_values ?? []
  return (
    <Field label={t('editor.select.defaults')} error={error}>
      {(id) => (
        <select
          id={id} multiple class="ui-input" size={Math.min(5, choices.length)}
          onChange={(event) => {
            const ids = [...event.currentTarget.selectedOptions].map((option) => option.value)
            model.set(`${at}/default_values`, ids.length > 0 ? ids.map((value) => ({ id: value, type: kind })) : undefined)
          }}
        >
          {choices.map((choice) => (
            <option key={choice.id} value={choice.id} selected={chosen.some((value) => value.id === choice.id)}>{choice.name}</option>
          ))}
        </select>
      )}
    </Field>
  )
}

const OptionCard = memo(function OptionCard({ option, list, index, count, isNew }: {
  option: SelectOption
  list: string
  index: number
  count: number
  isNew: boolean
}) {
  const model = useModel()
  const at = `${list}/${index}`
  const name = t('editor.option.new', { number: index + 1 })
  const duplicate = () =>
    model.duplicate(list, index, (copied) => {
      const taken = new Set((getAt(model.message.value, list) as SelectOption[]).map(({ value }) => value))
      ;(copied as SelectOption).value = freeName(option.value, taken)
    })
  return (
    <SortCard
      at={at} index={index} count={count} name={name} startOpen={isNew}
      title={<span class="ed-button-title">{option.emoji && <EmojiView of={option.emoji} />}{option.label || name}</span>}
      onRemove={() => model.remove(list, index)} onDuplicate={count < limits.options ? duplicate : undefined}
    >
      {() => (
        <>
          <div class="ed-emoji-row">
            <EmojiField at={`${at}/emoji`} value={option.emoji} />
            <TextField at={`${at}/label`} label={t('editor.option.label')} value={option.label} max={limits.optionText} required />
          </div>
          <TextField at={`${at}/description`} label={t('editor.option.description')} value={option.description} max={limits.optionText} />
          <TextField
            at={`${at}/value`} label={t('editor.option.value')} value={option.value} max={limits.optionText} required
            hint={t('editor.option.valueHint')}
          />
          <Switch
            label={t('editor.select.defaults')} checked={option.default ?? false}
            onChange={(checked) => model.set(`${at}/default`, checked || undefined)}
          />
        </>
      )}
    </SortCard>
  )
})
