import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'

/** The heading of a page, which is also the window's title. */
export function PageHeader({ title, text, icon, children, level }: {
  title: string
  text?: ComponentChildren
  icon?: ComponentChildren
  children?: ComponentChildren
  /** What the title belongs to, for the window's title. */
  level?: string
}) {
  useEffect(() => {
    document.title = level ? `${title} · ${level} · guildhall` : `${title} · guildhall`
  }, [title, level])
  return (
    <header class="page-header">
      {icon}
      <div class="page-title">
        <h1>{title}</h1>
        {text && <p class="ui-muted">{text}</p>}
      </div>
      {children && <div class="ui-row">{children}</div>}
    </header>
  )
}
