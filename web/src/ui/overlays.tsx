// What lies over the page: dialogs and menus.
import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Button, Icon, IconButton, type IconShape } from './basic'
import { Icons } from './icons'
import { t } from '../i18n'

interface DialogProps {
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

/**
 * Closes what is open in `root` by Escape, by a click outside, and when the focus leaves it. Escape returns the focus to the
 * button that opens it, which is the first in `root`.
 */
export function useDismiss(root: RefObject<HTMLElement>, open: boolean, close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    if (!open) return
    const ended = new AbortController()
    const { signal } = ended
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) latest.current()
    }
    document.addEventListener('pointerdown', outside, { signal })
    document.addEventListener('focusin', outside, { signal })
    root.current?.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      latest.current()
      root.current?.querySelector<HTMLElement>('button')?.focus()
    }, { signal })
    return () => ended.abort()
  }, [open])
}

interface MenuItem {
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
    if (open) entries()[0]?.focus()
  }, [open])
  useDismiss(root, open, () => setOpen(false))

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return
    const all = entries()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    all[(to + all.length) % all.length]?.focus()
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
