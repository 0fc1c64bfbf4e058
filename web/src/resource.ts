// What was read from the API: shown at once when it is asked for again, and then refreshed.
import { signal, type Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { api, type Answer } from './api/client'
import { connection } from './live'

interface Resource<T> {
  data: T | undefined
  etag: string | null
  headers: Headers | undefined
  /** Why the last read failed; what was read before is still there. */
  error: unknown
  loading: boolean
}

interface Entry {
  state: Signal<Resource<unknown>>
  /** When it was read or written, in milliseconds. */
  at: number
  /** Rises with each read and write: a read that answers after a later one is out of date. */
  version: number
}

/** The one that was used last is the last. */
const entries = new Map<string, Entry>()
/** Milliseconds in which it is not read again. */
const maxAge = 2000
const maxEntries = 50

/** What is kept of a path; an empty entry if nothing is. */
export function entryOf(path: string): Entry {
  const empty = { data: undefined, etag: null, headers: undefined, error: undefined, loading: true }
  const entry = entries.get(path) ?? { state: signal<Resource<unknown>>(empty), at: 0, version: 0 }
  entries.delete(path)
  entries.set(path, entry)
  const oldest = entries.keys().next().value
  if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest)
  return entry
}

export async function refresh(path: string): Promise<void> {
  const entry = entryOf(path)
  const version = ++entry.version
  entry.at = Date.now()
  entry.state.value = { ...entry.state.value, loading: true }
  try {
    const answer = await api.get<unknown>(path)
    if (entry.version === version) entry.state.value = { ...answer, error: undefined, loading: false }
  } catch (error) {
    if (entry.version === version) entry.state.value = { ...entry.state.value, error, loading: false }
  }
}

/** What a write has answered replaces what was read. */
export function store<T>(path: string, answer: Answer<T>): void {
  const entry = entryOf(path)
  ++entry.version
  entry.at = Date.now()
  entry.state.value = { ...answer, error: undefined, loading: false }
}

/** Changes what is shown without asking the server. A read that is under way begins anew, because it may not know of the change. */
export function patch<T>(path: string, change: (data: T) => T): void {
  const entry = entries.get(path)
  if (entry?.state.value.data === undefined) return
  entry.state.value = { ...entry.state.value, data: change(entry.state.value.data as T) }
  if (entry.state.value.loading) void refresh(path)
}

export function forgetAll(): void {
  entries.clear()
}

/** The answer of a path of the API; read when the component appears, and when the window or the connection is back. */
export function useResource<T>(path: string): Resource<T> & { reload: () => void } {
  const entry = entryOf(path)
  useEffect(() => {
    const freshen = () => {
      if (Date.now() - entryOf(path).at > maxAge) void refresh(path)
    }
    freshen()
    addEventListener('focus', freshen)
    addEventListener('online', freshen)
    let before = connection.peek()
    const stop = connection.subscribe((state) => {
      if (state === 'on' && before === 'off') freshen()
      before = state
    })
    return () => {
      stop()
      removeEventListener('focus', freshen)
      removeEventListener('online', freshen)
    }
  }, [path])
  return { ...(entry.state.value as Resource<T>), reload: () => void refresh(path) }
}
