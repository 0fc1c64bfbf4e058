// What was typed and not saved. It stays on this device until it is saved or thrown away.
import { signal } from '@preact/signals'
import type { CommandInput } from './api/schema'

export interface Draft {
  input: CommandInput
  /** The command as it was when the work began; null for a new one. */
  base: CommandInput | null
  etag: string | null
  at: number
}

const keyOf = (guildId: string, commandId: string) => `guildhall.draft.${guildId}.${commandId}`

export function loadDraft(guildId: string, commandId: string): Draft | null {
  try {
    const stored = localStorage.getItem(keyOf(guildId, commandId))
    return stored ? (JSON.parse(stored) as Draft) : null
  } catch {
    return null
  }
}

export function saveDraft(guildId: string, commandId: string, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(guildId, commandId), JSON.stringify(draft))
  } catch {
    // Without storage it lasts until the page is left, before which the browser warns.
  }
}

export function dropDraft(guildId: string, commandId: string): void {
  try {
    localStorage.removeItem(keyOf(guildId, commandId))
  } catch {
    // There was none.
  }
}

/** Rises when the draft of a new command is replaced from outside of its editor, which then opens anew. */
export const draftsReplaced = signal(0)

export function replaceNewDraft(guildId: string, draft: Draft): void {
  saveDraft(guildId, 'new', draft)
  ++draftsReplaced.value
}

/** The commands of a guild that have a draft. */
export function draftsOf(guildId: string): Set<string> {
  const prefix = keyOf(guildId, '')
  try {
    return new Set(Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)))
  } catch {
    return new Set()
  }
}
