import { observeBot } from './bot.mjs'
import { observeHttp } from './http.mjs'
import { observeSockets } from './sockets.mjs'

const scenario = { ...observeHttp, ...observeSockets, ...observeBot }

export const parts = Object.keys(scenario)

/** Goes through all parts, in order; what was seen in each. */
export async function observe(contender) {
  const seen = {}
  for (const part of parts) seen[part] = await scenario[part](contender)
  return seen
}
