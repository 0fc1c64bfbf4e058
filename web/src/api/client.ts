// Requests to the API. Reads are retried while the server cannot be reached; writes are not.
import { signal } from '@preact/signals'
import { urlOf } from '../base'
import { t } from '../i18n'
import type { Error as ErrorBody } from './schema'
import { me, sessionEnded } from './session'

/** Milliseconds. */
const timeLimit = 15_000
const readPauses = [300, 1000, 3000]
/** Waiting longer than this is left to the person. */
const longestPause = 5000
const longestPutOff = 10_000

/** The last request did not reach the server. */
export const unreachable = signal(false)

/** What the API answered in place of what was asked for; `status` is 0 if it did not answer. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  /** The JSON pointer of the value at fault in the body that was sent. */
  readonly field: string | undefined
  /** In a script: where the error is. */
  readonly line: number | undefined
  readonly column: number | undefined
  /** Seconds. */
  readonly retryAfter: number | undefined
  readonly requestId: string | undefined

  constructor(status: number, message: string, body: Partial<ErrorBody> = {}, headers?: Headers) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = body.code ?? 'unknown'
    this.field = body.field
    this.line = body.line
    this.column = body.column
    const seconds = Number(headers?.get('Retry-After') ?? NaN)
    this.retryAfter = Number.isFinite(seconds) ? seconds : undefined
    this.requestId = status >= 500 ? (headers?.get('X-Request-Id') ?? undefined) : undefined
  }

  get isOffline(): boolean {
    return this.status === 0
  }
}

export interface Answer<T> {
  data: T
  etag: string | null
  headers: Headers
}

interface Options {
  body?: unknown
  /** Write only if the resource is still the one with this ETag. */
  ifMatch?: string | null
  signal?: AbortSignal
  /** The page is being left: the request is finished without it. */
  keepalive?: boolean
  /** A write that the server puts off is sent once more after the time it asks for, at most ten seconds. */
  retryOnce?: boolean
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

async function attempt<T>(method: Method, path: string, options: Options): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (options.ifMatch) headers['If-Match'] = options.ifMatch
  const limit = AbortSignal.timeout(timeLimit)
  const signals = options.signal ? [limit, options.signal] : [limit]
  let response: Response
  let text: string
  try {
    response = await fetch(urlOf(path), {
      method,
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: AbortSignal.any(signals),
      keepalive: options.keepalive ?? false,
    })
    text = await response.text()
  } catch (error) {
    if (options.signal?.aborted) throw error
    unreachable.value = true
    throw new ApiError(0, t('error.offline.text'))
  }
  unreachable.value = false
  const body = parse(text)
  if (response.ok) return { data: body as T, etag: response.headers.get('ETag'), headers: response.headers }
  if (response.status === 401 && me.value) sessionEnded.value = true
  const known = (typeof body === 'object' && body !== null ? body : {}) as Partial<ErrorBody>
  throw new ApiError(response.status, known.error ?? t('error.status', { status: String(response.status) }), known, response.headers)
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}

const isPassing = (error: ApiError) => error.isOffline || [429, 502, 503].includes(error.status)

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Milliseconds until the next try of a request that has failed so often before; undefined for no further one. */
function pauseAfter(error: unknown, method: Method, tries: number, { retryOnce }: Options): number | undefined {
  if (!(error instanceof ApiError) || !isPassing(error)) return undefined
  const asked = (error.retryAfter ?? 0) * 1000
  if (method !== 'GET') return retryOnce && tries === 0 && asked > 0 ? Math.min(asked, longestPutOff) : undefined
  const pause = readPauses[tries]
  return pause === undefined || asked > longestPause ? undefined : Math.max(pause, asked)
}

async function request<T>(method: Method, path: string, options: Options = {}): Promise<Answer<T>> {
  for (let tries = 0; ; ++tries) {
    try {
      return await attempt<T>(method, path, options)
    } catch (error) {
      const pause = pauseAfter(error, method, tries, options)
      if (pause === undefined) throw error
      await sleep(pause)
      if (options.signal?.aborted) throw error
    }
  }
}

export const api = {
  get: <T>(path: string, options?: Options) => request<T>('GET', path, options),
  post: <T>(path: string, body?: unknown, options?: Options) => request<T>('POST', path, { ...options, body }),
  put: <T>(path: string, body: unknown, options?: Options) => request<T>('PUT', path, { ...options, body }),
  patch: <T>(path: string, body: unknown, options?: Options) => request<T>('PATCH', path, { ...options, body }),
  delete: (path: string, options?: Options) => request<null>('DELETE', path, options),
}
