// What lies over the page: dialogs, menus, toasts.
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Button, Icon, IconButton, type IconShape } from './basic'
import { Icons } from './icons'
import { t } from '../i18n'

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  children: ComponentChildren
  footer?: ComponentChildren
  wide?: boolean
}

/** A modal dialog. Escape, the cross and a click outside close it; the focus returns to where it was. */
export function Dialog({ open, onClose, title, children, footer, wide }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (!element || !open) return
    const before = document.activeElement
    element.showModal()
    return () => {
      element.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [open])
  return (
    <dialog
      ref={dialog} class={wide ? 'ui-dialog wide' : 'ui-dialog'} aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
    >
      {open && (
        <div class="ui-dialog-body">
          <header>
            <h2 id={id}>{title}</h2>
            <IconButton icon={Icons.X} label={t('action.close')} onClick={onClose} />
          </header>
          <div class="ui-dialog-content">{children}</div>
          {footer && <footer>{footer}</footer>}
        </div>
      )}
    </dialog>
  )
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  open, title, text, action, danger, onConfirm, onClose,
}: {
  open: boolean
  title: string
  text: string
  action: string
  danger?: boolean
  onConfirm: () => void
  onClose: () => void
}) {
  return (
    <Dialog
      open={open} title={title} onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind={danger ? 'danger' : 'primary'} onClick={onConfirm}>{action}</Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  )
}

export interface MenuItem {
  label: string
  icon?: IconShape
  danger?: boolean
  onSelect: () => void
}

/** A button that opens a list of actions. Arrow keys move, Escape closes. */
export function Menu({ label, icon, text, items }: { label: string; icon: IconShape; text?: string; items: MenuItem[] }) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const trigger = () => root.current?.querySelector<HTMLElement>('button')
  const entries = () => [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]

  useEffect(() => {
    if (!open) return
    entries()[0]?.focus()
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open])

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return
    const all = entries()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      all[(to + all.length) % all.length]?.focus()
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      setOpen(false)
      trigger()?.focus()
    }
  }

  return (
    <div class="ui-menu" ref={root} onKeyDown={onKeyDown}>
      {text ? (
        <Button icon={icon} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>{text}</Button>
      ) : (
        <IconButton icon={icon} label={label} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)} />
      )}
      {open && (
        <div class="ui-menu-list" role="menu" aria-label={label}>
          {items.map((item) => (
            <button
              key={item.label} type="button" role="menuitem" tabIndex={-1} class={item.danger ? 'danger' : undefined}
              onClick={() => {
                setOpen(false)
                trigger()?.focus()
                item.onSelect()
              }}
            >
              {item.icon && <Icon of={item.icon} />}
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

interface Toast {
  id: number
  text: string
  tone: 'neutral' | 'danger'
  undo?: () => void
}

const toasts = signal<Toast[]>([])
const toastTime = 6000
let lastToast = 0

/** Says something for six seconds, longer with something to undo. Returns a function that takes it away. */
export function toast(text: string, { undo, tone = 'neutral', time }: { undo?: () => void; tone?: Toast['tone']; time?: number } = {}) {
  const id = ++lastToast
  const remove = () => {
    toasts.value = toasts.value.filter((other) => other.id !== id)
  }
  toasts.value = [...toasts.value.slice(-3), { id, text, tone, ...(undo && { undo }) }]
  setTimeout(remove, time ?? (undo ? 8000 : toastTime))
  return remove
}

export function Toasts() {
  return (
    <div class="ui-toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, text, tone, undo }) => (
        <div key={id} class={`ui-toast ${tone}`}>
          <span>{text}</span>
          {undo && (
            <Button
              size="sm" icon={Icons.Undo}
              onClick={() => {
                undo()
                toasts.value = toasts.value.filter((other) => other.id !== id)
              }}
            >
              {t('action.undo')}
            </Button>
          )}
        </div>
      ))}
    </div>
  )
}
