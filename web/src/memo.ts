import { createElement, type Component, type FunctionComponent } from 'preact'

/** A component that is rendered again only when a prop is another one. Keep objects and callbacks as they are between renders. */
export function memo<P extends object>(inner: FunctionComponent<P>): FunctionComponent<P> {
  function differs(this: Component<P>, next: Readonly<P>): boolean {
    const before = this.props as Record<string, unknown>
    const after = next as Record<string, unknown>
    for (const name in before) if (!(name in after)) return true
    for (const name in after) if (after[name] !== before[name]) return true
    return false
  }
  function Memo(this: Component<P>, props: P) {
    this.shouldComponentUpdate = differs
    return createElement(inner, props)
  }
  return Memo as unknown as FunctionComponent<P>
}
