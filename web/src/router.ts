// The address bar: which page is shown, and links that change it without loading the page anew.
import { signal } from '@preact/signals'
import { basePath, urlOf } from './base'

interface Location {
  /** Without PUBLIC_URL's path and without a slash at its end. */
  path: string
  query: URLSearchParams
}

function current(): Location {
  const path = `/${location.pathname.slice(basePath.length)}`.replace(/(.)\/+$/, '$1')
  return { path, query: new URLSearchParams(location.search) }
}

export const route = signal<Location>(current())

/** Goes to a page of the dashboard; `to` is a path with perhaps a query. */
export function navigate(to: string, { replace = false } = {}): void {
  const url = urlOf(to)
  if (replace) history.replaceState(null, '', url)
  else history.pushState(null, '', url)
  route.value = current()
  if (!replace) scrollTo(0, 0)
}

/** The segments of a path that match a pattern such as `/guilds/:id`; null if it does not match. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? ''
    if (segment.startsWith(':')) params[segment.slice(1)] = value
    else if (segment !== value) return null
  }
  return params
}

/** A link to a page of the dashboard that was clicked as people click links, not to open a tab. */
function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const link = (event.target as Element).closest?.('a[href]')
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hash || link.hasAttribute('download')) return null
  return link.origin === location.origin && link.pathname.startsWith(basePath) ? link : null
}

const isPage = (path: string) => /^\/(guilds|admin|account)?(\/|$)/.test(path)

addEventListener('popstate', () => {
  route.value = current()
})
document.addEventListener('click', (event) => {
  const link = linkOf(event)
  if (!link) return
  const path = `/${link.pathname.slice(basePath.length)}`
  if (!isPage(path)) return
  event.preventDefault()
  navigate(path + link.search)
})
