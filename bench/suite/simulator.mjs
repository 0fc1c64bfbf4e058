// discord-sim with any number of guilds, all owned by one person.
import { Program } from './processes.mjs'

export const ada = '2000000000000000001'
export const application = {
  id: '1150000000000000000',
  secret: 'demo-client-secret',
  botToken: 'MTE1MDAwMDAwMDAwMDAwMDAwMA.demo.bot-token',
}
export const redirectUri = 'http://localhost:3000/callback'

/** A guild of the demo's world with the bot, and its first channel. */
export const workshop = '3000000000000000001'

export class Simulator {
  static async start(bin, core, directory, { guilds = 0, roles = 3, channels = 3 } = {}) {
    const sim = new Simulator()
    sim.program = new Program(core, `${bin}/discord-sim`, ['--port', '0', '--data', directory], { cwd: directory })
    sim.url = await sim.program.says(/^discord-sim ready http=(\S+)/)
    sim.api = `${sim.url}/api/v10`
    await sim.control('PATCH', '/rate-limits', { lifted: true })
    // The next contender's bot must not wait for five seconds after the previous IDENTIFY.
    await sim.control('PATCH', '/gateway', { guildsPerShard: Math.max(2 * guilds, 1000), identifyPeriod: 0 })
    sim.guilds =
      guilds === 0
        ? []
        : (await sim.control('POST', '/guilds/bulk', { count: guilds, ownerId: ada, roles, channels })).ids
    const world = await sim.control('GET', '/world')
    sim.firstChannels = new Map(world.guilds.map((guild) => [guild.id, guild.channels[0].id]))
    /** Guilds with the bot, including the demo's own. */
    sim.guildsOfBot = world.guilds.filter(({ bot }) => bot).length
    return sim
  }

  async control(method, path, body) {
    const answer = await fetch(`${this.url}/sim${path}`, { method, body: body && JSON.stringify(body) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} /sim${path}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  async identifies() {
    return (await this.control('GET', '/gateway')).counts.identifies
  }

  async authorize() {
    return (await this.control('POST', '/authorize', { personId: ada, redirectUri })).code
  }

  /**
   * Sends messages to the first channels of these guilds in turn, until `endFlood`: `rate` a second, or as fast as they
   * are read.
   */
  flood(content, guilds, rate) {
    const channelIds = guilds.map((id) => this.firstChannels.get(id))
    const flood = { name: 'MESSAGE_CREATE', count: 100_000_000, rate, authorId: ada, content, channelIds }
    return this.control('POST', '/gateway/flood', flood)
  }

  endFlood() {
    return this.control('DELETE', '/gateway/flood')
  }

  /** Resets the state for the next bot. */
  forgetSessions() {
    return this.control('POST', '/gateway/harm', { action: 'forgetSessions' })
  }

  cpu() {
    return this.program.cpu()
  }

  stop() {
    return this.program.stop()
  }
}
