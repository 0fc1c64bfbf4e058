import { request } from './http.mjs'
import { application } from './simulator.mjs'

/** A request of the bot's to the API of `sim`; `body` goes as JSON. */
export function asBot(sim, method, path, { body, headers = {} } = {}) {
  return request(method, sim.api + path, {
    body,
    headers: { authorization: `Bot ${application.botToken}`, ...headers },
  })
}
