import type { CommandResponse } from '../api/types'

export type Message = CommandResponse

/** What is wrong with a part of a command, by JSON pointer. */
export interface FieldError {
  pointer: string
  text: string
}

export interface Named {
  id: string
  name: string
}

/** What can be chosen in a server. Empty where the API does not know. */
export interface Pickers {
  channels: Named[]
  roles: Named[]
  emojis: (Named & { animated: boolean })[]
}
