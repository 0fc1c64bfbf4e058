import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { CommandResponse } from '../api/schema'

export type Message = CommandResponse

/** What is wrong with a part of a command, by JSON pointer. */
export interface FieldError {
  pointer: string
  text: string
}

interface Named {
  id: string
  name: string
}

/** What can be chosen in a server. Empty where the API does not know. */
export interface Pickers {
  channels: Named[]
  roles: Named[]
  emojis: (Named & { animated: boolean })[]
}

export const Picking = createContext<Pickers>({ channels: [], roles: [], emojis: [] })
export const usePickers = () => useContext(Picking)
