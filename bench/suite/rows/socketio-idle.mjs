// The cost of a connected idle client, in a fresh server.
import { startSocketIo } from '../socketio.mjs'

const clients = 10_000

export default {
  name: 'socketio-idle',
  rounds: 1,
  slow: true,
  figures: [
    {
      key: 'bytes',
      title: `Socket.IO: memory for each of ${clients.toLocaleString('en')} idle clients, with the kernel's`,
      unit: 'bytes',
      better: 'less',
      goals: [{ atMost: 6 * 1024 }],
    },
    {
      key: 'resident',
      title: 'of it in the server',
      unit: 'bytes',
      better: 'less',
      goals: [],
      short: 'memory of an idle Socket.IO client',
    },
  ],
  async measure(contender, context) {
    const load = await startSocketIo(contender, context)
    const rest = context.quick ? 3 : 8
    const [resident, kernel] = await load(clients, rest, 'idle')
    return { bytes: resident + kernel, resident, details: { 'bytes of the kernel': kernel } }
  },
}
