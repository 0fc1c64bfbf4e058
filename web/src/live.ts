// The Socket.IO connection: whether there is one, the gateway's events and the log as they come.
import { signal } from '@preact/signals'
import type { Socket } from 'socket.io-client'
import { api, unreachable } from './api/client'
import { sessionEnded } from './api/session'
import type { Log } from './api/schema'
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

const maxEvents = 1000
const maxLines = 500
let socket: Socket | undefined
let lastKey = 0
let waiting: LiveEvent[] = []

/** Many events in one frame are one change of the page. */
function show(event: Omit<LiveEvent, 'key' | 'at'>): void {
  if (waiting.length === 0) {
    setTimeout(() => {
      events.value = [...events.value, ...waiting].slice(-maxEvents)
      waiting = []
    }, 50)
  }
  waiting.push({ ...event, key: ++lastKey, at: Date.now() })
}

/** When a session ends, the server closes the socket. One request tells whether that is why. */
function lost(): void {
  if (connection.value === 'off') return
  connection.value = 'off'
  setTimeout(() => connection.value === 'off' && void checkSession(), socket ? 1000 : 5000)
}

export async function connect(): Promise<void> {
  if (socket) return
  connection.value = 'connecting'
  const library = await import('socket.io-client').catch(() => null)
  if (socket || connection.value !== 'connecting') return
  if (!library) return lost()
  socket = library.io({ path: `${basePath}socket.io/`, reconnectionDelayMax: 5000, transports: ['websocket', 'polling'] })
  socket.on('connect', () => {
    connection.value = 'on'
    unreachable.value = false
  })
  socket.on('disconnect', lost)
  socket.on('connect_error', lost)
  socket.on('watching', ({ guildIds }: { guildIds: string[] }) => {
    watching.value = new Set(guildIds)
  })
  socket.on('event', show)
  socket.on('log', (line: Log) => {
    if (logLines.value.some(({ id }) => id === line.id)) return
    logLines.value = [...logLines.value, line].slice(-maxLines)
  })
}

export function disconnect(): void {
  socket?.close()
  socket = undefined
  connection.value = 'none'
}

/** Tries at once, where the next try would come later. */
export function reconnect(): void {
  if (socket) {
    if (!socket.connected) socket.connect()
  } else if (connection.value === 'off') {
    void connect()
  }
}

/** One request tells whether the session has ended; if not, the connection is tried again. */
export async function checkSession(): Promise<void> {
  await api.get('/api/users/me').catch(() => undefined)
  if (sessionEnded.value) disconnect()
  else reconnect()
}
