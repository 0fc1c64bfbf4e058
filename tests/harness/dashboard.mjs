import { once } from 'node:events'
import { io } from 'socket.io-client'
import { until, within } from './wait.mjs'

/** A dashboard that keeps the events it receives; it is closed at the end of `scope`. */
export async function openDashboard(scope, hall, token) {
  const socket = io(hall.url, { forceNew: true, reconnection: false, transports: ['websocket'], auth: { token } })
  scope.after(() => socket.close())
  const events = []
  socket.on('event', (event) => events.push(event))
  await within(once(socket, 'ready'), 'the event ready')
  return {
    events,
    /** The first event of that name, so far or later, whose data `matches`. */
    event: (name, matches = () => true) =>
      until(() => events.find((event) => event.name === name && matches(event.data)), `an event ${name}`),
  }
}
