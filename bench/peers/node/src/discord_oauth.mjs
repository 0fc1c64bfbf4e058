import { badUpstream, refused, unauthenticated, unavailable } from './errors.mjs'

/** What is asked of Discord on behalf of people who log in. */
export class DiscordOAuth {
  #config

  constructor(config) {
    this.#config = config
  }

  async #ask(path, options) {
    const signal = AbortSignal.timeout(10_000)
    try {
      return await fetch(this.#config.apiUrl + path, { ...options, signal })
    } catch {
      throw unavailable('Discord is away; try again shortly.')
    }
  }

  /** The grant that a code stands for. */
  async exchange(code, redirectUri) {
    const { clientId, clientSecret } = this.#config
    const answer = await this.#ask('/oauth2/token', {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    })
    if (answer.ok) return answer.json()
    const { error } = await answer.json().catch(() => ({}))
    if (error === 'invalid_grant') throw refused('Discord refused the code.')
    throw badUpstream('Discord did not answer as it should.')
  }

  async #get(path, accessToken) {
    const answer = await this.#ask(path, { headers: { authorization: `Bearer ${accessToken}` } })
    if (answer.ok) return answer.json()
    if (answer.status === 401) throw unauthenticated('Discord no longer accepts this session; log in again.')
    if (answer.status === 429) throw unavailable('Discord asks us to wait; try again shortly.')
    throw badUpstream('Discord did not answer as it should.')
  }

  user(accessToken) {
    return this.#get('/users/@me', accessToken)
  }

  guilds(accessToken) {
    return this.#get('/users/@me/guilds', accessToken)
  }
}
