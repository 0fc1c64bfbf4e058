// What was read from the API: shown at once when it is asked for again, and then refreshed.
import { signal, type Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { api, type Answer } from './api/client'

export interface Resource<T> {
  data: T | undefined
  etag: string | null
  headers: Headers | undefined
  /** Why the last read failed; what was read before is still there. */
  error: unknown
  loading: boolean
}

interface Entry {
  state: Signal<Resource<unknown>>
  read: number
}

const entries = new Map<string, Entry>()
const fresh = 2000
const most = 50

function entryOf(path: string): Entry {
  let entry = entries.get(path)
  if (!entry) {
    const empty = { data: undefined, etag: null, headers: undefined, error: undefined, loading: true }
    entry = { state: signal<Resource<unknown>>(empty), read: 0 }
    entries.set(path, entry)
    const oldest = entries.keys().next().value
    if (entries.size > most && oldest !== undefined) entries.delete(oldest)
  }
  return entry
}

export async function refresh(path: string): Promise<void> {
  const entry = entryOf(path)
  entry.read = Date.now()
  entry.state.value = { ...entry.state.value, loading: true }
  try {
    const { data, etag, headers } = await api.get<unknown>(path)
    entry.state.value = { data, etag, headers, error: undefined, loading: false }
  } catch (error) {
    entry.state.value = { ...entry.state.value, error, loading: false }
  }
}

/** What a write has answered replaces what was read. */
export function store<T>(path: string, answer: Answer<T>): void {
  const entry = entryOf(path)
  entry.read = Date.now()
  entry.state.value = { ...answer, error: undefined, loading: false }
}

/** Changes what is shown without asking the server. */
export function patch<T>(path: string, change: (data: T) => T): void {
  const entry = entries.get(path)
  if (entry?.state.value.data === undefined) return
  entry.state.value = { ...entry.state.value, data: change(entry.state.value.data as T) }
}

export function forgetAll(): void {
  entries.clear()
}

/** The answer of a path of the API; read when the component appears, and when the window gets the focus again. */
export function useResource<T>(path: string): Resource<T> & { reload: () => void } {
  const entry = entryOf(path)
  useEffect(() => {
    const freshen = () => {
      if (Date.now() - entryOf(path).read > fresh) void refresh(path)
    }
    freshen()
    addEventListener('focus', freshen)
    addEventListener('online', freshen)
    return () => {
      removeEventListener('focus', freshen)
      removeEventListener('online', freshen)
    }
  }, [path])
  return { ...(entry.state.value as Resource<T>), reload: () => void refresh(path) }
}
