// Small parts that everything is made of.
import { h, type ComponentChildren, type JSX } from 'preact'

export type IconShape = [tag: string, attributes: Record<string, string>][]

/** An icon beside a text; it is hidden from screen readers. */
export function Icon({ of, size = 16 }: { of: IconShape; size?: number }) {
  return (
    <svg
      class="ui-icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
    >
      {of.map(([tag, attributes], index) => h(tag, { ...attributes, key: index }))}
    </svg>
  )
}

type ButtonAttributes = Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'icon' | 'size'>

interface ButtonProps extends ButtonAttributes {
  kind?: 'primary' | 'default' | 'quiet' | 'danger'
  size?: 'sm'
  icon?: IconShape
  /** Something is under way: it cannot be pressed again, and says so. */
  busy?: boolean
}

export function Button({ kind = 'default', size, icon, busy, children, class: extra, ...rest }: ButtonProps) {
  return (
    <button
      type="button" {...rest} class={`ui-button ${kind} ${size ?? ''} ${extra ?? ''}`} aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
    >
      {busy ? <span class="ui-spinner" aria-hidden="true" /> : icon && <Icon of={icon} />}
      {children}
    </button>
  )
}

/** A button with an icon alone; `label` is its name. */
export function IconButton({ label, icon, size, ...rest }: ButtonProps & { label: string; icon: IconShape }) {
  return (
    <button type="button" title={label} aria-label={label} {...rest} class={`ui-icon-button ${size ?? ''}`}>
      <Icon of={icon} />
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({
  kind = 'default', icon, children, ...rest
}: Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, 'icon'> & { kind?: ButtonProps['kind']; icon?: IconShape }) {
  return (
    <a {...rest} class={`ui-button ${kind}`}>
      {icon && <Icon of={icon} />}
      {children}
    </a>
  )
}

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger'

export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`ui-badge ${tone}`}>{children}</span>
}

/** A surface with a heading. */
export function Card({ title, actions, children }: { title?: string; actions?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="ui-card">
      {title && (
        <header>
          <h2>{title}</h2>
          {actions}
        </header>
      )}
      {children}
    </section>
  )
}

/** A picture of somebody or something, or its first letters. */
export function Avatar({ url, name, size = 32 }: { url: string | null; name: string; size?: number }) {
  const style = { width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.4)}px` }
  if (url) return <img class="ui-avatar" src={url} alt="" width={size} height={size} loading="lazy" style={style} />
  const letters = name.split(/\s+/).map((word) => Array.from(word)[0] ?? '').join('').slice(0, 2)
  return <span class="ui-avatar" style={style} aria-hidden="true">{letters.toUpperCase()}</span>
}

/** A key of the keyboard. */
export const Key = ({ children }: { children: ComponentChildren }) => <kbd class="ui-key">{children}</kbd>
