import { useState } from 'preact/hooks'
import { ApiError, api } from '../api/client'
import type { Command, CommandInput, Guild } from '../api/schema'
import { commandPath, guildPath } from '../commands_api'
import { t } from '../i18n'
import { patch, store } from '../resource'
import { showError, toast } from '../ui'
import type { CommandDraft } from './command_draft'

interface Handlers {
  onSaved: (saved: Command) => void
  /** The server refused something in it. */
  onRefused: (error: ApiError) => void
}

/** Saves a draft. `theirs` is the command as somebody else has saved it meanwhile. */
export function useSave(guild: Guild, command: Command | null, draft: CommandDraft, { onSaved, onRefused }: Handlers) {
  const [theirs, setTheirs] = useState<{ command: Command; etag: string | null } | null>(null)

  const showTheirs = async () => {
    if (!command) return
    try {
      const answer = await api.get<Command>(commandPath(guild.id, command.id))
      setTheirs({ command: answer.data, etag: answer.etag })
    } catch (error) {
      showError(error)
    }
  }
  const save = async (wanted?: CommandInput, ifMatch?: string | null) => {
    if (draft.saving.peek() || !(wanted || draft.dirty.peek())) return
    try {
      const answer = await draft.save(wanted, ifMatch)
      setTheirs(null)
      patch<Guild>(guildPath(guild.id), (guild) => ({
        ...guild,
        commands: [...guild.commands.filter((other) => other.id !== answer.data.id), answer.data],
      }))
      store(commandPath(guild.id, answer.data.id), answer)
      toast(t('state.saved'))
      onSaved(answer.data)
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) await showTheirs()
      else if (error instanceof ApiError && (error.field !== undefined || error.status === 409)) onRefused(error)
      else if (!(error instanceof ApiError && error.status === 401)) showError(error)
    }
  }
  return { save, theirs, showTheirs, setTheirs }
}
