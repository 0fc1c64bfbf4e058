import { useId } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { Badge } from './basic'

interface Tab {
  id: string
  label: string
  /** Errors behind this tab. */
  count?: number
}

/** Tabs, and below them the chosen one's panel. Arrow keys move between them. */
export function Tabs({
  tabs, value, onChange, label, children,
}: {
  tabs: Tab[]
  value: string
  onChange: (id: string) => void
  label: string
  children: ComponentChildren
}) {
  const id = useId()
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === value)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = tabs[(to + tabs.length) % tabs.length]
    if (!next) return
    onChange(next.id)
    document.getElementById(`${id}-${next.id}`)?.focus()
  }
  return (
    <div class="ui-tabs">
      <div role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id} type="button" role="tab" id={`${id}-${tab.id}`} aria-selected={tab.id === value}
            aria-controls={`${id}-panel`} tabIndex={tab.id === value ? 0 : -1} onClick={() => onChange(tab.id)}
          >
            {tab.label}
            {Boolean(tab.count) && <Badge tone="danger">{tab.count}</Badge>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} tabIndex={-1}>
        <h2 class="ui-sr">{tabs.find((tab) => tab.id === value)?.label}</h2>
        {children}
      </div>
    </div>
  )
}
