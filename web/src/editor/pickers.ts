import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Pickers } from './message'

export const noPickers: Pickers = { channels: [], roles: [], emojis: [] }
export const Picking = createContext<Pickers>(noPickers)
export const usePickers = () => useContext(Picking)
