// Lists whose items are put into another order by dragging, with buttons, and with the arrow keys on the grip.
import { createContext, type ComponentChildren } from 'preact'
import { useContext, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { t } from '../i18n'
import { Badge, Icon, IconButton, Icons } from '../ui'
import { keyOf } from './draft'
import { useModel, useProblemCount } from './model'

interface Sort {
  start(event: PointerEvent, index: number): void
  step(from: number, to: number): void
}

const Sorting = createContext<Sort | null>(null)

export function SortList<T extends object>({ items, onMove, label, children }: {
  items: readonly T[]
  onMove: (from: number, to: number) => void
  label: string
  children: (item: T, index: number) => ComponentChildren
}) {
  const list = useRef<HTMLUListElement>(null)
  const focus = useRef<number | null>(null)
  const latest = useRef(onMove)
  latest.current = onMove
  const sort = useMemo<Sort>(
    () => ({
      start: (event, index) => list.current && drag(list.current, event, index, (from, to) => latest.current(from, to)),
      step: (from, to) => {
        focus.current = to
        latest.current(from, to)
      },
    }),
    [],
  )
  // A node that is moved in the page loses the focus.
  useLayoutEffect(() => {
    if (focus.current === null) return
    list.current?.children[focus.current]?.querySelector<HTMLElement>('.ed-grip')?.focus()
    focus.current = null
  })
  return (
    <Sorting.Provider value={sort}>
      <ul class="ed-list" ref={list} aria-label={label}>
        {items.map((item, index) => <li key={keyOf(item)}>{children(item, index)}</li>)}
      </ul>
    </Sorting.Provider>
  )
}

/** Follows the pointer until it is released; Escape cancels. */
function drag(list: HTMLElement, event: PointerEvent, from: number, onMove: (from: number, to: number) => void): void {
  const items = [...list.children] as HTMLElement[]
  const dragged = items[from]
  if (!dragged || event.button !== 0) return
  event.preventDefault()
  const boxes = items.map((item) => item.getBoundingClientRect())
  const box = boxes[from]!
  const step = box.height + ((boxes[1]?.top ?? 0) - (boxes[0]?.bottom ?? 0))
  const startY = event.clientY + scrollY
  const ended = new AbortController()
  let pointerY = event.clientY
  let to = from
  let frame = 0
  dragged.classList.add('dragged')
  list.classList.add('sorting')

  const follow = () => {
    frame = 0
    if (ended.signal.aborted) return
    const edge = pointerY < 56 ? -10 : pointerY > innerHeight - 56 ? 10 : 0
    if (edge !== 0) scrollBy(0, edge)
    const by = pointerY + scrollY - startY
    const middle = box.top + box.height / 2 + by
    to = boxes.filter((other, index) => index !== from && other.top + other.height / 2 < middle).length
    items.forEach((item, index) => {
      const shift = index === from ? by : index > from && index <= to ? -step : index < from && index >= to ? step : 0
      item.style.transform = shift === 0 ? '' : `translateY(${shift}px)`
    })
    if (edge !== 0) frame = requestAnimationFrame(follow)
  }
  const end = (move: boolean) => {
    ended.abort()
    cancelAnimationFrame(frame)
    dragged.classList.remove('dragged')
    list.classList.remove('sorting')
    for (const item of items) item.style.transform = ''
    if (move && to !== from) onMove(from, to)
  }
  const options = { signal: ended.signal }
  addEventListener('pointermove', (moved) => {
    pointerY = moved.clientY
    frame ||= requestAnimationFrame(follow)
  }, options)
  addEventListener('pointerup', () => end(true), options)
  addEventListener('pointercancel', () => end(false), options)
  addEventListener('keydown', (key) => {
    if (key.key !== 'Escape') return
    key.stopPropagation()
    end(false)
  }, { ...options, capture: true })
}

/** The item that has taken the place, or the last one, or what adds the next. */
function focusAfterRemoval(list: Element | null, index: number): void {
  const item = list?.children[index] ?? list?.lastElementChild
  const next = item?.querySelector<HTMLElement>('.ed-card-title') ?? list?.parentElement?.querySelector<HTMLElement>('.ui-button:not(:disabled)')
  next?.focus()
}

/** What the card of an item is told of its list. */
export interface ListItem {
  /** Where the list is in the message. */
  list: string
  index: number
  count: number
  /** It was just added, and begins open. */
  isNew: boolean
}

interface SortCardProps {
  /** Where it is in the message. */
  at: string
  index: number
  count: number
  /** What it is, for the names of its buttons. */
  name: string
  title: ComponentChildren
  /** The color of its edge. */
  color?: string | undefined
  startOpen?: boolean
  onDuplicate?: (() => void) | undefined
  onRemove: () => void
  children: () => ComponentChildren
}

/** An item of a SortList that opens. What is in it is there only while it is open. */
export function SortCard({ at, index, count, name, title, color, startOpen, onDuplicate, onRemove, children }: SortCardProps) {
  const { revealed } = useModel()
  const isRevealed = revealed.value.startsWith(`${at}/`)
  const [open, setOpen] = useState(startOpen || isRevealed)
  useLayoutEffect(() => {
    if (isRevealed) setOpen(true)
  }, [isRevealed])
  const sort = useContext(Sorting)
  const problems = useProblemCount(at)
  const keys: Record<string, number> = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: count - 1 }
  return (
    <section class={open ? 'ed-card open' : 'ed-card'} aria-label={name} style={{ borderLeftColor: color ?? '' }} data-at={at}>
      <header class="ed-card-head">
        <button
          type="button" class="ed-grip" aria-label={t('editor.move', { name })} title={t('editor.moveHint')} disabled={count < 2}
          onPointerDown={(event) => sort?.start(event, index)}
          onKeyDown={(event) => {
            const to = keys[event.key]
            if (to === undefined) return
            event.preventDefault()
            if (to >= 0 && to < count) sort?.step(index, to)
          }}
        >
          <Icon of={Icons.Grip} />
        </button>
        <button type="button" class="ed-card-title" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon of={Icons.ChevronRight} size={14} />
          <span>{title}</span>
        </button>
        {problems > 0 && <Badge tone="danger"><span title={t('editor.problems', { count: problems })}>{problems}</span></Badge>}
        <span class="ed-card-actions">
          <IconButton
            size="sm" icon={Icons.ArrowUp} label={t('editor.moveUp', { name })} disabled={index === 0}
            onClick={() => sort?.step(index, index - 1)}
          />
          <IconButton
            size="sm" icon={Icons.ArrowDown} label={t('editor.moveDown', { name })} disabled={index === count - 1}
            onClick={() => sort?.step(index, index + 1)}
          />
          {onDuplicate && <IconButton size="sm" icon={Icons.Copy} label={t('editor.duplicate', { name })} onClick={onDuplicate} />}
          <IconButton
            size="sm" icon={Icons.Trash} label={t('editor.remove', { name })}
            onClick={(event) => {
              const list = event.currentTarget.closest('ul')
              onRemove()
              setTimeout(() => focusAfterRemoval(list, index))
            }}
          />
        </span>
      </header>
      {open && <div class="ed-card-body">{children()}</div>}
    </section>
  )
}

/** Remembers what has just been added, which opens by itself. */
export function useJustAdded() {
  const key = useRef('')
  return {
    mark<T extends object>(item: T): T {
      key.current = keyOf(item)
      return item
    },
    is: (item: object) => keyOf(item) === key.current,
  }
}
