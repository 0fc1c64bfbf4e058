// Messages from elsewhere: Discohook's share and backup, the body of a webhook or of an interaction's callback, an embed or a
// list of embeds, a message as Discord's API shows it. The server takes them as well; the form needs them in one form at once.
import { isObject, type JsonObject } from '../json'
import { readMessage, type DiscordMessage } from '../preview/discord'

const messageParts = ['content', 'embeds', 'components', 'embed', 'onlyCaller', 'expiresAfter']
const embedParts = ['title', 'description', 'fields', 'image', 'thumbnail', 'footer', 'author', 'color']
const hasAny = (object: JsonObject, names: string[]) => names.some((name) => name in object)

/** What people want to know of when it cannot be taken over. */
const lost = ['poll', 'files', 'attachments', 'sticker_ids', 'stickers', 'username', 'avatar_url', 'thread_name', 'tts', 'allowed_mentions']
const isSomething = (value: unknown) => Boolean(value) && !(Array.isArray(value) && value.length === 0)

export type Pasted =
  | { ok: true; message: DiscordMessage; lost: string[] }
  /** `line` and `column` from 1. */
  | { ok: false; reason: 'syntax'; line: number; column: number }
  | { ok: false; reason: 'shape' | 'several' | 'empty' }

export function parseMessage(text: string): Pasted {
  let value: unknown
  try {
    value = JSON.parse(sharedData(text.trim()) ?? text)
  } catch {
    return { ok: false, reason: 'syntax', ...placeOf(text) }
  }
  const found = unwrap(value)
  if (typeof found === 'string') return { ok: false, reason: found }
  const message = readMessage(found)
  if (!message.content && !message.embeds?.length && !message.components?.length) return { ok: false, reason: 'empty' }
  return { ok: true, message, lost: lost.filter((name) => isSomething(found[name])) }
}

/** The JSON in the address of a page of Discohook: `?data=` and base64url. */
function sharedData(text: string): string | undefined {
  const data = /^https?:\/\/\S*[?&#]data=([\w\-+/%]+)/.exec(text)?.[1]
  if (data === undefined) return undefined
  const bytes = atob(decodeURIComponent(data).replaceAll('-', '+').replaceAll('_', '/'))
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
}

function unwrap(value: unknown): JsonObject | 'shape' | 'several' {
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((item) => isObject(item) && hasAny(item, embedParts)) ? { embeds: value } : 'shape'
  }
  if (!isObject(value)) return 'shape'
  if (hasAny(value, messageParts)) return 'embed' in value && !('embeds' in value) ? { ...value, embeds: [value.embed] } : value
  if (Array.isArray(value.messages) && value.messages.length > 0) {
    return value.messages.length === 1 ? unwrap(value.messages[0]) : 'several'
  }
  for (const name of ['data', 'message', 'response']) if (isObject(value[name])) return unwrap(value[name])
  return hasAny(value, [...embedParts, 'plainText']) ? { content: value.plainText, embeds: hasAny(value, embedParts) ? [value] : [] } : 'shape'
}

function placeOf(text: string): { line: number; column: number } {
  const before = text.slice(0, endOfJson(text)).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const jsonToken = /\s*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y

/** Where a text stops to be JSON. Browsers tell it in words of their own, if at all. */
function endOfJson(text: string): number {
  const open: string[] = []
  /** What may come: a value, a member's name, what follows a value. */
  let expected: 'value' | 'first' | 'name' | 'colon' | 'next' = 'value'
  let at = 0
  for (;;) {
    jsonToken.lastIndex = at
    const found = jsonToken.exec(text)
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0)
    if (!found || (expected === 'next' && open.length === 0)) return start
    const [, mark, string] = found
    const isClose = mark === '}' || mark === ']'
    if (isClose) {
      if ((expected !== 'next' && expected !== 'first') || open.pop() !== mark) return start
      expected = 'next'
    } else if (expected === 'colon') {
      if (mark !== ':') return start
      expected = 'value'
    } else if (expected === 'next') {
      if (mark !== ',') return start
      expected = open.at(-1) === '}' ? 'name' : 'value'
    } else if (expected === 'name' || (expected === 'first' && open.at(-1) === '}')) {
      if (!string) return start
      expected = 'colon'
    } else if (mark === '{' || mark === '[') {
      open.push(mark === '{' ? '}' : ']')
      expected = 'first'
    } else if (mark) {
      return start
    } else {
      expected = 'next'
    }
    at = jsonToken.lastIndex
  }
}

/** As the JSON view shows a message: what it has, without nulls and empty lists. */
export function formatMessage(message: DiscordMessage): string {
  const shown = Object.entries(message).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
  return JSON.stringify(Object.fromEntries(shown), null, 2)
}
