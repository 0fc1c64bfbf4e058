// The message that is edited: its changes, undo and redo, what is wrong with it. What is shown beside the form follows when
// the browser has time, so that typing never waits for it.
import { signal, type Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { t, type Key, type Params } from '../i18n'
import { whenIdle } from '../idle'
import type { DiscordMessage } from '../preview/discord'
import { cloneJson, getAt, insertAt, moveAt, removeAt, setAt } from './draft'
import { record, redo, startHistory, undo, type History } from './history'
import { findProblems } from './limits'
import type { FieldError } from './message'

/** What is wrong, in the server's words or as a text of ours, which is translated when it is shown. */
type ProblemText = { text: string } | { key: Key; params: Params }
type Problems = ReadonlyMap<string, ProblemText>

const sameProblems = (a: Problems, b: Problems) =>
  a.size === b.size && [...a].every(([pointer, problem]) => JSON.stringify(b.get(pointer)) === JSON.stringify(problem))

export class MessageModel {
  readonly message: Signal<DiscordMessage>
  /** The message as the preview has it, a moment later. */
  readonly shown: Signal<DiscordMessage>
  /** What is wrong, by JSON pointer from the message. The map is another one only if something in it is. */
  readonly problems = signal<Problems>(new Map())
  /** Where the server has found an error: what it is in opens. */
  readonly revealed = signal('')
  readonly canUndo = signal(false)
  readonly canRedo = signal(false)
  /** For screen readers. */
  readonly announcement = signal('')
  onChange: (next: DiscordMessage) => void = () => {}

  private history: History<DiscordMessage>
  private serverErrors: readonly FieldError[] = []
  /** The message that the server's errors are about. */
  private validated: DiscordMessage | undefined
  private waiting = false

  constructor(value: DiscordMessage) {
    this.history = startHistory(value)
    this.message = signal(value)
    this.shown = signal(value)
    this.findProblems()
  }

  /** A message from outside, such as one that was loaded. It can be undone like any other change. */
  receive(value: DiscordMessage): void {
    if (value !== this.message.value) this.apply(record(this.history, value, '', Date.now()), false)
  }

  setServerErrors(errors: readonly FieldError[]): void {
    if (errors === this.serverErrors) return
    this.serverErrors = errors
    this.validated = this.message.value
    this.findProblems()
    this.revealed.value = errors[0]?.pointer ?? ''
  }

  replace(value: DiscordMessage, subject = ''): void {
    this.apply(record(this.history, value, subject, Date.now()))
  }

  set(at: string, value: unknown): void {
    this.replace(setAt(this.message.value, at, value), at)
  }

  insert(list: string, item: object, index = this.lengthOf(list)): void {
    this.replace(insertAt(this.message.value, list, index, item))
  }

  remove(list: string, index: number): void {
    const next = removeAt(this.message.value, list, index)
    // An embed has one field or more, or no list of them.
    const isEmptied = list.endsWith('/fields') && (getAt(next, list) as unknown[]).length === 0
    this.replace(isEmptied ? setAt(next, list, undefined) : next)
    this.announce(t('editor.announced.removed'))
  }

  move(list: string, from: number, to: number): void {
    const count = this.lengthOf(list)
    if (to < 0 || to >= count || from === to) return
    this.replace(moveAt(this.message.value, list, from, to))
    this.announce(t('editor.announced.moved', { position: to + 1, count }))
  }

  /** `change` may give the copy what has to be unique. */
  duplicate(list: string, index: number, change: (item: object) => void = () => {}): void {
    const copy = cloneJson(getAt(this.message.value, `${list}/${index}`)) as object
    change(copy)
    this.insert(list, copy, index + 1)
    this.announce(t('editor.announced.copied'))
  }

  undo = (): void => {
    if (this.canUndo.value) this.apply(undo(this.history))
  }

  redo = (): void => {
    if (this.canRedo.value) this.apply(redo(this.history))
  }

  announce(text: string): void {
    this.announcement.value = text
  }

  private lengthOf(list: string): number {
    const items = getAt(this.message.value, list)
    return Array.isArray(items) ? items.length : 0
  }

  private apply(history: History<DiscordMessage>, tell = true): void {
    if (history.present === this.history.present) return
    this.history = history
    this.message.value = history.present
    this.canUndo.value = history.past.length > 0
    this.canRedo.value = history.future.length > 0
    if (tell) this.onChange(history.present)
    this.showLater()
  }

  private showLater(): void {
    if (this.waiting) return
    this.waiting = true
    whenIdle(() => {
      this.waiting = false
      this.shown.value = this.message.value
      this.findProblems()
    })
  }

  private findProblems(): void {
    const message = this.message.value
    const found = new Map<string, ProblemText>()
    for (const { pointer, key, params = {} } of findProblems(message)) if (!found.has(pointer)) found.set(pointer, { key, params })
    for (const { pointer, text } of this.serverErrors) {
      // Once what the server did not like is changed, only the server can say whether it likes it now.
      if (this.validated && getAt(this.validated, pointer) === getAt(message, pointer)) found.set(pointer, { text })
    }
    if (!sameProblems(found, this.problems.value)) this.problems.value = found
  }
}

export const Editing = createContext<MessageModel>(new MessageModel({}))
export const useModel = () => useContext(Editing)

/** What is wrong at the first of these places that something is wrong with. */
export function useProblem(...places: string[]): string | undefined {
  const { value } = useModel().problems
  const problem = places.map((at) => value.get(at)).find((found) => found !== undefined)
  return problem && ('text' in problem ? problem.text : t(problem.key, problem.params))
}

/** How much is wrong at `at` and below. */
export function useProblemCount(at: string): number {
  let count = 0
  for (const pointer of useModel().problems.value.keys()) if (pointer === at || pointer.startsWith(`${at}/`)) ++count
  return count
}
