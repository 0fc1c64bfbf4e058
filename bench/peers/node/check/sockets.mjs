import { once } from 'node:events'
import { io } from 'socket.io-client'
import { guilds, people } from '../../../../tests/harness/simulator.mjs'
import { until, within } from '../../../../tests/harness/wait.mjs'
import { mask } from './masks.mjs'

const connect = (contender, auth) =>
  io(contender.url, { forceNew: true, reconnection: false, transports: ['websocket'], auth })

/** A client that keeps what it got. */
async function follow(contender, person) {
  const { token } = (await contender.login(person)).body
  const socket = connect(contender, { token })
  const got = { ready: [], event: [], log: [] }
  for (const [name, list] of Object.entries(got)) socket.on(name, (data) => list.push(data))
  await within(once(socket, 'connect'), 'a connection')
  return { socket, got }
}

export const observeSockets = {
  'who may not connect': async (contender) => {
    const socket = connect(contender, { token: 'nonsense' })
    const [error] = await within(once(socket, 'connect_error'), 'a refusal')
    socket.close()
    return error.message
  },

  'what dashboards are shown': async (contender) => {
    const { sim } = contender
    const viewers = {}
    for (const name of ['ada', 'grace', 'mallory']) viewers[name] = await follow(contender, people[name])
    await until(() => viewers.ada.got.log.length > 0 && viewers.grace.got.ready.length > 0, 'the first of the log')

    // Said in both guilds until each has seen its own: rooms are joined when Discord has told who may see what.
    const spoken = ({ name, data }) => name === 'MESSAGE_CREATE' && data.content === 'Anybody?'
    const [workshop, harbour] = await Promise.all([guilds.workshop, guilds.harbour].map((id) => sim.channelOf(id)))
    await until(async () => {
      await sim.say(workshop, people.ada, 'Anybody?')
      await sim.say(harbour, people.grace, 'Anybody?')
      const guildsOf = ({ got }) => new Set(got.event.filter(spoken).map(({ guildId }) => guildId)).size
      return guildsOf(viewers.ada) === 2 && guildsOf(viewers.grace) === 2
    }, 'the events')

    const shown = Object.fromEntries(
      Object.entries(viewers).map(([name, { socket, got }]) => {
        socket.close()
        const events = got.event.filter(spoken)
        const seen = new Map(events.map((event) => [event.guildId, mask(event)]))
        return [
          name,
          {
            ready: mask(got.ready[0]),
            guilds: [...seen.keys()].sort(),
            event: seen.get(guilds.harbour),
            log: got.log.length > 0 && Object.keys(got.log[0]).filter((key) => key !== 'stacktrace'),
          },
        ]
      }),
    )
    return shown
  },
}
