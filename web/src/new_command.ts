import type { CommandInput, Guild } from './api/schema'
import { freeTrigger } from './commands_api'
import { loadDraft, replaceNewDraft } from './drafts'
import { t } from './i18n'
import { navigate } from './router'
import { toast } from './ui'

/** Opens the editor with a new command that is not saved yet. One that was begun before can be had back. */
export function beginCommand(guild: Guild, input: CommandInput): void {
  const trigger = freeTrigger(input.trigger, guild.commands.map((command) => command.trigger))
  const previous = loadDraft(guild.id, 'new')
  const open = () => navigate(`/guilds/${guild.id}/commands/new`)
  replaceNewDraft(guild.id, { input: { ...input, trigger }, base: null, etag: null, at: Date.now() })
  open()
  if (!previous) return
  toast(t('commands.draftReplaced'), {
    undo: () => {
      replaceNewDraft(guild.id, previous)
      open()
    },
  })
}
