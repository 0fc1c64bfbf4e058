// Deleting with Undo: commands disappear at once, and the server is told when nobody can want them back any more.
import { signal } from '@preact/signals'
import { ApiError, api, type Answer } from './api/client'
import type { Guild } from './api/types'
import { commandPath } from './commands_api'
import { dropDraft } from './drafts'
import { t } from './i18n'
import { showError } from './pages/form_errors'
import { guildPath } from './pages/guild'
import { patch, refresh } from './resource'
import { toast } from './ui'

interface Pending {
  guildId: string
  ids: string[]
  timer: ReturnType<typeof setTimeout>
}

const grace = 8000
const pending = new Set<Pending>()
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

async function send({ guildId, ids }: Pending, keepalive: boolean): Promise<void> {
  const failed: string[] = []
  let reason: unknown
  for (const id of ids) {
    try {
      await withPatience(() => api.delete(commandPath(guildId, id), { keepalive }))
      dropDraft(guildId, id)
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) continue
      failed.push(id)
      reason = error
    }
  }
  const gone = new Set(ids.filter((id) => !failed.includes(id)))
  patch<Guild>(guildPath(guildId), (guild) => ({ ...guild, commands: guild.commands.filter(({ id }) => !gone.has(id)) }))
  show(ids, false)
  if (failed.length > 0) showError(reason)
  void refresh(guildPath(guildId))
}

/** Waits when the server asks to, once. */
export async function withPatience<T>(run: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof ApiError) || ![429, 503].includes(error.status) || !error.retryAfter) throw error
    await new Promise((resolve) => setTimeout(resolve, Math.min(error.retryAfter ?? 1, 10) * 1000))
    return run()
  }
}

export function deleteCommands(guildId: string, ids: string[]): void {
  show(ids, true)
  const entry: Pending = {
    guildId,
    ids,
    timer: setTimeout(() => {
      pending.delete(entry)
      void send(entry, false)
    }, grace),
  }
  pending.add(entry)
  toast(t('commands.deleted', { count: ids.length }), {
    time: grace,
    undo: () => {
      clearTimeout(entry.timer)
      pending.delete(entry)
      show(ids, false)
    },
  })
}

addEventListener('pagehide', () => {
  for (const entry of pending) {
    clearTimeout(entry.timer)
    for (const id of entry.ids) void api.delete(commandPath(entry.guildId, id), { keepalive: true }).catch(() => undefined)
  }
  pending.clear()
})
