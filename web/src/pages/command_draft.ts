// A command while it is edited. Signals hold it, so that what is saved is what is in the fields at that moment, and not what
// was there at the last render.
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals'
import { api, type Answer } from '../api/client'
import type { Command, CommandInput } from '../api/schema'
import { commandPath, commandsPath, inputOf } from '../commands_api'
import { draftsReplaced, dropDraft, loadDraft, saveDraft, type Draft } from '../drafts'
import { sameInput } from '../merge'

export const emptyInput: CommandInput = { trigger: '', caseSensitive: false, enabled: true, response: { content: '' }, interaction: null }

export class CommandDraft {
  readonly input: Signal<CommandInput>
  /** The command as it was when the work began; null for a new one. */
  readonly base: Signal<CommandInput | null>
  /** The version of `base`. */
  readonly etag: Signal<string | null>
  readonly dirty: ReadonlySignal<boolean>
  readonly saving = signal(false)
  /** When what was found on this device was typed; null if nothing was found, or it is saved or thrown away. */
  readonly restoredAt: Signal<number | null>
  private readonly replaced = draftsReplaced.peek()
  private closed = false

  /** `command`: null for a new one. */
  constructor(private readonly guildId: string, private readonly command: Command | null, etag: string | null) {
    const stored = loadDraft(guildId, this.id)
    const base = stored?.base ?? (command && inputOf(command))
    this.base = signal(base)
    this.etag = signal(stored?.etag ?? etag)
    this.input = signal(stored?.input ?? base ?? emptyInput)
    this.dirty = computed(() => !sameInput(this.base.value ?? emptyInput, this.input.value))
    this.restoredAt = signal(stored && command ? stored.at : null)
  }

  private get id(): string {
    return this.command?.id ?? 'new'
  }

  change(next: Partial<CommandInput>): void {
    this.input.value = { ...this.input.peek(), ...next }
  }

  /** The command as the server has it now takes the place of `base`; `input` is what is edited from here. */
  rebase(base: CommandInput | null, etag: string | null, input: CommandInput): void {
    batch(() => {
      this.base.value = base
      this.etag.value = etag
      this.input.value = input
    })
  }

  /** Keeps on this device what is typed and not saved. Nothing is kept once another draft has taken this one's place. */
  keep(): void {
    if (this.closed || (!this.command && this.replaced !== draftsReplaced.peek())) return
    if (this.dirty.peek()) saveDraft(this.guildId, this.id, this.snapshot())
    else dropDraft(this.guildId, this.id)
  }

  snapshot(): Draft {
    return { input: this.input.peek(), base: this.base.peek(), etag: this.etag.peek(), at: Date.now() }
  }

  /** Throws away what is typed. `current` is the command as the server has it now. Returns what takes it back. */
  discard(current: CommandInput | null, etag: string | null): () => void {
    const before = this.snapshot()
    this.rebase(current, etag, current ?? emptyInput)
    this.restoredAt.value = null
    this.keep()
    return () => {
      this.rebase(before.base, before.etag, before.input)
      this.keep()
    }
  }

  /** Saves what is typed now. What is typed while the server answers stays, and is not saved. */
  async save(wanted = this.input.peek(), ifMatch = this.etag.peek()): Promise<Answer<Command>> {
    this.saving.value = true
    try {
      const answer = this.command
        ? await api.put<Command>(commandPath(this.guildId, this.id), wanted, { ifMatch })
        : await api.post<Command>(commandsPath(this.guildId), wanted)
      const saved = inputOf(answer.data)
      // An object that is equal is not replaced: the editor would take it for another message, and close what is open in it.
      const isCurrent = this.input.peek() === wanted && !sameInput(wanted, saved)
      this.rebase(saved, answer.etag, isCurrent ? saved : this.input.peek())
      this.restoredAt.value = null
      if (this.command) this.keep()
      else this.becomes(answer.data.id)
      return answer
    } finally {
      this.saving.value = false
    }
  }

  /** The new command is there; its editor is another one, and goes on with what has been typed since. */
  private becomes(id: string): void {
    if (this.dirty.peek()) saveDraft(this.guildId, id, this.snapshot())
    dropDraft(this.guildId, 'new')
    this.closed = true
  }
}
