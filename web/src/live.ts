// The Socket.IO connection: whether there is one, the gateway's events and the log as they come.
import { signal } from '@preact/signals'
import type { Socket } from 'socket.io-client'
import { unreachable } from './api/client'
import type { Log } from './api/types'
import { basePath } from './base'

export interface LiveEvent {
  /** Rises. */
  key: number
  at: number
  name: string
  shard: number
  guildId: string | null
  data: unknown
  withheld?: boolean
}

export const connection = signal<'none' | 'connecting' | 'on' | 'off'>('none')
/** The guilds whose events come. */
export const watching = signal<ReadonlySet<string>>(new Set())
/** Oldest first. */
export const events = signal<readonly LiveEvent[]>([])
export const logLines = signal<readonly Log[]>([])

const mostEvents = 1000
const mostLines = 500
let socket: Socket | undefined
let lastKey = 0
let waiting: LiveEvent[] = []

/** Many events in one frame are one change of the page. */
function show(event: Omit<LiveEvent, 'key' | 'at'>): void {
  if (waiting.length === 0) {
    setTimeout(() => {
      events.value = [...events.value, ...waiting].slice(-mostEvents)
      waiting = []
    }, 50)
  }
  waiting.push({ ...event, key: ++lastKey, at: Date.now() })
}

export async function connect(): Promise<void> {
  if (socket) return
  connection.value = 'connecting'
  const { io } = await import('socket.io-client')
  if (socket) return
  socket = io({ path: `${basePath}socket.io/`, reconnectionDelayMax: 5000, transports: ['websocket', 'polling'] })
  socket.on('connect', () => {
    connection.value = 'on'
    unreachable.value = false
  })
  socket.on('disconnect', () => {
    connection.value = 'off'
  })
  socket.on('connect_error', () => {
    connection.value = 'off'
  })
  socket.on('watching', ({ guildIds }: { guildIds: string[] }) => {
    watching.value = new Set(guildIds)
  })
  socket.on('event', show)
  socket.on('log', (line: Log) => {
    if (logLines.value.some(({ id }) => id === line.id)) return
    logLines.value = [...logLines.value, line].slice(-mostLines)
  })
}

export function disconnect(): void {
  socket?.close()
  socket = undefined
  connection.value = 'none'
}

/** Tries at once, where the next try would come later. */
export function reconnect(): void {
  if (socket && !socket.connected) socket.connect()
}
