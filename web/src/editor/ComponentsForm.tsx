// Rows of buttons and select menus.
import { t } from '../i18n'
import { memo } from '../memo'
import { Button as UiButton, Icons, Menu } from '../ui'
import { isSelect, type ActionRow, type Button, type Component, type SelectMenu } from '../preview/discord'
import { ButtonCard, newButton } from './ButtonForm'
import { Part, UseFields } from './fields'
import { freeCustomId, limits } from './limits'
import { useModel, useProblem } from './model'
import { newSelect, SelectForm, selectName } from './SelectForm'
import { SortCard, SortList, useJustAdded } from './sort'

const none: Component[] = []
const selectTypes = [3, 5, 6, 7, 8] as const
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
