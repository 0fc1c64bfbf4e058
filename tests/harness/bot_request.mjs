import { request } from './http.mjs'
import { application } from './simulator.mjs'

/** Sends a request to the API of `sim` as the bot, with `body` as JSON. */
export function asBot(sim, method, path, { body, headers = {} } = {}) {
  return request(method, sim.api + path, {
    body,
    headers: { authorization: `Bot ${application.botToken}`, ...headers },
  })
}
