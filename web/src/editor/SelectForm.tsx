// Select menus and their options.
import { t } from '../i18n'
import { memo } from '../memo'
import { freeName } from '../text'
import { Button, Checkbox, Field, Icons, Switch } from '../ui'
import { EmojiView } from '../preview/components'
import type { SelectMenu, SelectOption } from '../preview/discord'
import { getAt } from './draft'
import { EmojiField } from './EmojiField'
import { NumberField, Part, TextField, UseFields } from './fields'
import { limits } from './limits'
import { usePickers } from './message'
import { useModel, useProblem } from './model'
import { SortCard, SortList, useJustAdded, type ListItem } from './sort'

export const selectName = (type: SelectMenu['type']) => t(`editor.select.type.${type}`)

export function newSelect(type: SelectMenu['type'], customId: string): SelectMenu {
  const options = [1, 2].map((number) => ({ label: t('editor.option.new', { number }), value: `option-${number}` }))
  return { type, custom_id: customId, ...(type === 3 ? { options } : {}) }
}

const noOptions: SelectOption[] = []

export function SelectForm({ select, at }: { select: SelectMenu; at: string }) {
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
          <Button size="sm" kind="quiet" icon={Icons.Plus} disabled={options.length >= limits.options} onClick={add}>
            {t('editor.option.add', { count: options.length, max: limits.options })}
          </Button>
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

const OptionCard = memo(function OptionCard({ option, list, index, count, isNew }: ListItem & { option: SelectOption }) {
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
