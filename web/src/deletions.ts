// Deleting with Undo: commands disappear at once, and the server is told when nobody can want them back any more. What is left
// to tell when a page is left stays on this device until the server has answered, because such requests can get lost.
import { signal } from '@preact/signals'
import { ApiError, api } from './api/client'
import type { Guild } from './api/schema'
import { commandPath, guildPath } from './commands_api'
import { dropDraft } from './drafts'
import { t } from './i18n'
import { patch, refresh } from './resource'
import { showError, toast, undoTime } from './ui'

interface Deletion {
  guildId: string
  ids: string[]
}

const storageKey = 'guildhall.deletions'
/** Deletions of this page that the server has not answered, and the timers of those that it is yet to be told of. */
const unfinished = new Map<Deletion, ReturnType<typeof setTimeout>>()
/** Ids of commands that are not shown any more. */
export const deleted = signal<ReadonlySet<string>>(new Set())

function show(ids: string[], gone: boolean): void {
  const next = new Set(deleted.value)
  for (const id of ids) {
    if (gone) next.add(id)
    else next.delete(id)
  }
  deleted.value = next
}

async function remove(guildId: string, id: string): Promise<void> {
  try {
    await api.delete(commandPath(guildId, id), { retryOnce: true })
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error
  }
  dropDraft(guildId, id)
}

async function send(deletion: Deletion): Promise<void> {
  const { guildId, ids } = deletion
  const gone = new Set<string>()
  let reason: unknown
  for (const id of ids) {
    try {
      await remove(guildId, id)
      gone.add(id)
    } catch (error) {
      reason = error
    }
  }
  unfinished.delete(deletion)
  patch<Guild>(guildPath(guildId), (guild) => ({ ...guild, commands: guild.commands.filter(({ id }) => !gone.has(id)) }))
  show(ids, false)
  if (gone.size < ids.length) showError(reason)
  void refresh(guildPath(guildId))
}

export function deleteCommands(guildId: string, ids: string[]): void {
  const deletion = { guildId, ids }
  let isSent = false
  show(ids, true)
  unfinished.set(deletion, setTimeout(() => {
    isSent = true
    void send(deletion)
  }, undoTime))
  toast(t('commands.deleted', { count: ids.length }), {
    undo: () => {
      if (isSent) return
      clearTimeout(unfinished.get(deletion))
      if (unfinished.delete(deletion)) show(ids, false)
    },
  })
}

/** Tells the server of what was deleted on a page that was left. Call it once somebody is signed in. */
export async function finishDeletions(): Promise<void> {
  const left = stored()
  for (const { ids } of left) show(ids, true)
  for (const deletion of left) await send(deletion)
  if (left.length > 0) store(stored().filter(({ ids }) => !left.some((done) => done.ids.join() === ids.join())))
}

function stored(): Deletion[] {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? '[]') as Deletion[]
  } catch {
    return []
  }
}

function store(deletions: Deletion[]): void {
  try {
    if (deletions.length > 0) localStorage.setItem(storageKey, JSON.stringify(deletions))
    else localStorage.removeItem(storageKey)
  } catch {
    // Without storage there is one try.
  }
}

addEventListener('pagehide', () => {
  store([...stored(), ...unfinished.keys()])
  for (const [{ guildId, ids }, timer] of unfinished) {
    clearTimeout(timer)
    for (const id of ids) {
      void api.delete(commandPath(guildId, id), { keepalive: true }).catch(() => undefined)
      dropDraft(guildId, id)
    }
  }
  unfinished.clear()
})
// The page comes back as it was left.
addEventListener('pageshow', (event) => {
  if (event.persisted) void finishDeletions()
})
