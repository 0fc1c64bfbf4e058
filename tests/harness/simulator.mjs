import assert from 'node:assert/strict'
import { onEnd } from './cleanup.mjs'
import { request } from './http.mjs'
import { freshDirectory, simulatorBinary } from './paths.mjs'
import { Program, withoutLeaks } from './program.mjs'

/** The application in the simulator's own world. */
export const application = {
  id: '1150000000000000000',
  secret: 'demo-client-secret',
  botToken: 'MTE1MDAwMDAwMDAwMDAwMDAwMA.demo.bot-token',
}

export const people = {
  ada: { id: '2000000000000000001', username: 'ada' },
  grace: { id: '2000000000000000002', username: 'grace' },
  linus: { id: '2000000000000000003', username: 'linus' },
  mallory: { id: '2000000000000000004', username: 'mallory' },
}

/** Guilds of the simulator's own world: the bot is in the first two. */
export const guilds = {
  workshop: '3000000000000000001',
  harbour: '3000000000000000002',
  quietCorner: '3000000000000000003',
}

export const permissions = { none: '0', administrator: '8', manageGuild: '32' }

export const redirectUri = 'http://localhost:3000/callback'

const readyLine = /^discord-sim ready http=(?<http>\S+)(?: https=(?<https>\S+) ca=(?<ca>\S+))?/

/** A running discord-sim. */
class Simulator {
  #made = 0

  constructor(program, { http, https, ca }) {
    this.program = program
    this.url = http
    this.httpsUrl = https
    this.ca = ca
    this.gatewayUrl = `${http.replace('http', 'ws')}/gateway`
    this.api = `${http}/api/v10`
  }

  async #control(method, path, body) {
    const answer = await request(method, `${this.url}/sim${path}`, { body })
    assert.ok(answer.status < 300, `${method} /sim${path}: ${answer.status} ${answer.text}`)
    return answer.text === '' ? undefined : answer.body
  }

  world() {
    return this.#control('GET', '/world')
  }

  person(fields = {}) {
    return this.#control('POST', '/people', { username: `person${++this.#made}`, ...fields })
  }

  changePerson(id, fields) {
    return this.#control('PATCH', `/people/${id}`, fields)
  }

  /** A guild with the bot in it, unless `fields` say otherwise. */
  guild({ owner = people.ada, ...fields } = {}) {
    return this.#control('POST', '/guilds', {
      name: `Guild ${++this.#made}`,
      ownerId: owner.id,
      members: [],
      ...fields,
    })
  }

  async guilds(count, fields) {
    const made = []
    while (made.length < count) made.push(await this.guild(fields))
    return made
  }

  changeGuild(id, fields) {
    return this.#control('PATCH', `/guilds/${id}`, fields)
  }

  removeGuild(id) {
    return this.#control('DELETE', `/guilds/${id}`)
  }

  /** Makes `person` a member with these permissions. */
  member(guildId, person, granted) {
    return this.#control('PUT', `/guilds/${guildId}/members/${person.id}`, { permissions: granted })
  }

  removeMember(guildId, person) {
    return this.#control('DELETE', `/guilds/${guildId}/members/${person.id}`)
  }

  /** `count` guilds owned by `owner`, made in one go; their ids. */
  async manyGuilds(count, { owner = people.ada, ...fields } = {}) {
    return (await this.#control('POST', '/guilds/bulk', { count, ownerId: owner.id, ...fields })).ids
  }

  /** The id of a guild's first channel. */
  async channelOf(guildId) {
    const { guilds } = await this.world()
    return guilds.find(({ id }) => id === guildId).channels[0].id
  }

  role(guildId, fields = {}) {
    return this.#control('POST', `/guilds/${guildId}/roles`, { name: `role${++this.#made}`, ...fields })
  }

  changeRole(guildId, id, fields) {
    return this.#control('PATCH', `/guilds/${guildId}/roles/${id}`, fields)
  }

  removeRole(guildId, id) {
    return this.#control('DELETE', `/guilds/${guildId}/roles/${id}`)
  }

  channel(guildId, fields = {}) {
    return this.#control('POST', `/guilds/${guildId}/channels`, { name: `channel${++this.#made}`, ...fields })
  }

  changeChannel(guildId, id, fields) {
    return this.#control('PATCH', `/guilds/${guildId}/channels/${id}`, fields)
  }

  removeChannel(guildId, id) {
    return this.#control('DELETE', `/guilds/${guildId}/channels/${id}`)
  }

  /** Sets what a member has: `{roles, nick, permissions}`. */
  changeMember(guildId, person, fields) {
    return this.#control('PUT', `/guilds/${guildId}/members/${person.id}`, fields)
  }

  /** `person` says something in a channel; returns the message as Discord shows it. */
  say(channelId, person, content, fields = {}) {
    return this.#control('POST', `/channels/${channelId}/messages`, { authorId: person.id, content, ...fields })
  }

  /** All messages of a channel, oldest first. */
  async messages(channelId) {
    return (await this.#control('GET', `/channels/${channelId}/messages`)).messages
  }

  editMessage(channelId, id, content) {
    return this.#control('PATCH', `/channels/${channelId}/messages/${id}`, { content })
  }

  deleteMessage(channelId, id) {
    return this.#control('DELETE', `/channels/${channelId}/messages/${id}`)
  }

  /** `person` reacts with a Unicode emoji or `name:id`. */
  react(channelId, messageId, person, emoji) {
    return this.#control('PUT', `/channels/${channelId}/messages/${messageId}/reactions`, { userId: person.id, emoji })
  }

  takeReactionBack(channelId, messageId, person, emoji) {
    return this.#control('DELETE', `/channels/${channelId}/messages/${messageId}/reactions`, { userId: person.id, emoji })
  }

  /** The channel in which `person` and the bot talk. */
  directMessages(person) {
    return this.#control('POST', `/people/${person.id}/channel`)
  }

  /**
   * `person` calls a command (`{name, options}` or `{commandType, name, targetId}`), uses a component (`{type: 3, messageId,
   * customId, values}`), types into an option (`{type: 4, name, options, focused}`) or submits a modal (`{type: 5,
   * interactionId, fields}`).
   */
  interact(channelId, person, fields) {
    return this.#control('POST', '/interactions', { userId: person.id, channelId, ...fields })
  }

  /** What became of an interaction. */
  interaction(id) {
    return this.#control('GET', `/interactions/${id}`)
  }

  /** Changes the limits of the API that are named, as a world file has them; `{lifted: true}` is none at all. */
  changeRateLimits(fields) {
    return this.#control('PATCH', '/rate-limits', fields)
  }

  /** What Discord does beyond its documentation: `{guildsPerPage, commandMembers, refused, ...}`. */
  behave(fields) {
    return this.#control('PATCH', '/behaviour', fields)
  }

  /** Registers a global command as another program would, or as Discord itself does. */
  registerCommand(fields) {
    return this.#control('POST', '/commands', fields)
  }

  /** Sessions, counts, settings and harms of the gateway. */
  gateway() {
    return this.#control('GET', '/gateway')
  }

  changeGateway(settings) {
    return this.#control('PATCH', '/gateway', settings)
  }

  /** `drop`, `close` `{code}`, `reconnect`, `invalidSession`, ...; on all connections or those of a `shard`. */
  harm(action, fields = {}) {
    return this.#control('POST', '/gateway/harm', { action, ...fields })
  }

  clearHarm() {
    return this.#control('DELETE', '/gateway/harm')
  }

  /** Sends a dispatch to whoever hears events of that name. */
  dispatch(name, data, fields = {}) {
    return this.#control('POST', '/gateway/events', { name, data, ...fields })
  }

  /** Begins to send many events: `{name, count, rate?, authorId, content, channelIds?}` or `{name, count, data}`. */
  flood(fields) {
    return this.#control('POST', '/gateway/flood', fields)
  }

  async floods() {
    return (await this.#control('GET', '/gateway/flood')).floods
  }

  stopFloods() {
    return this.#control('DELETE', '/gateway/flood')
  }

  reset() {
    return this.#control('POST', '/reset')
  }

  /** What goes wrong with the next `count` requests of a route. */
  fault(fault) {
    return this.#control('POST', '/faults', fault)
  }

  /** The faults that still wait for requests; one that is being met is none of them. */
  async faults() {
    return (await this.#control('GET', '/faults')).faults
  }

  clearFaults() {
    return this.#control('DELETE', '/faults')
  }

  /** What was asked of a route and has been answered, oldest first. */
  async requests(route, method) {
    const query = new URLSearchParams({ ...(route && { route }), ...(method && { method }) })
    return (await this.#control('GET', `/requests?${query}`)).requests
  }

  forgetRequests() {
    return this.#control('DELETE', '/requests')
  }

  /** Approves a login: `{code, location}`. */
  authorize(person, fields = {}) {
    return this.#control('POST', '/authorize', { personId: person.id, redirectUri, ...fields })
  }

  /** `{accessTokenLength, refreshTokenLength}` of the tokens that are issued from now on; `{redirectUris}`. */
  changeOauth(fields) {
    return this.#control('PATCH', '/oauth', fields)
  }

  stop() {
    return this.program.stop()
  }
}

/**
 * Starts a discord-sim of one's own; it ends with `scope`. At Discord a bot may identify once in an `identifyPeriod` of
 * 5,000 ms; each guildhall after the first would wait for that.
 */
export async function startSimulator(scope, { tls = false, args = [], identifyPeriod = 0 } = {}) {
  const data = await freshDirectory(scope)
  const tlsArguments = tls ? ['--tls-port', '0'] : []
  // Its unit tests look for leaks; doing that at each end takes a third of a short run's processor time.
  const options = { cwd: data, env: withoutLeaks }
  const program = new Program(simulatorBinary, ['--port', '0', '--data', data, ...tlsArguments, ...args], options)
  onEnd(scope, () => program.stop())
  const sim = new Simulator(program, await program.line((line) => readyLine.exec(line)?.groups, 'the ready line'))
  await sim.changeGateway({ identifyPeriod })
  return sim
}
