// Switching commands on and off: shown at once, and told to the server one after the other, so that the last word counts.
import { api } from './api/client'
import type { Command, Guild } from './api/schema'
import { commandPath, guildPath } from './commands_api'
import { t } from './i18n'
import { patch, refresh, store } from './resource'
import { showError, toast } from './ui'

interface Change {
  guildId: string
  id: string
  enabled: boolean
}

/** What the server is yet to be told. */
const unsent: Change[] = []
let sending = false

function show(guildId: string, ids: string[], enabled: boolean): void {
  const changed = new Set(ids)
  patch<Guild>(guildPath(guildId), (guild) => ({
    ...guild,
    commands: guild.commands.map((command) => (changed.has(command.id) ? { ...command, enabled } : command)),
  }))
}

async function sendAll(): Promise<void> {
  const guildIds = new Set<string>()
  let reason: unknown
  sending = true
  for (let change = unsent.shift(); change; change = unsent.shift()) {
    const { guildId, id, enabled } = change
    const path = commandPath(guildId, id)
    guildIds.add(guildId)
    try {
      store(path, await api.patch<Command>(path, { enabled }, { retryOnce: true }))
    } catch (error) {
      reason = error
      show(guildId, [id], !enabled)
    }
  }
  sending = false
  if (reason) showError(reason)
  for (const guildId of guildIds) void refresh(guildPath(guildId))
}

/** `ids`: of commands that are not so yet. */
export function switchCommands(guildId: string, ids: string[], enabled: boolean): void {
  show(guildId, ids, enabled)
  unsent.push(...ids.map((id) => ({ guildId, id, enabled })))
  if (!sending) void sendAll()
}

/** The same, with a word about it and Undo. */
export function switchMany(guildId: string, ids: string[], enabled: boolean): void {
  switchCommands(guildId, ids, enabled)
  toast(t(enabled ? 'commands.switchedOn' : 'commands.switchedOff', { count: ids.length }), {
    undo: () => switchCommands(guildId, ids, !enabled),
  })
}

addEventListener('pagehide', () => {
  for (const { guildId, id, enabled } of unsent.splice(0)) {
    void api.patch(commandPath(guildId, id), { enabled }, { keepalive: true }).catch(() => undefined)
  }
})
