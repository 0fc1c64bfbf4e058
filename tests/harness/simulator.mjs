import assert from 'node:assert/strict'
import { onEnd } from './cleanup.mjs'
import { request } from './http.mjs'
import { freshDirectory, simulatorBinary } from './paths.mjs'
import { Program } from './program.mjs'

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

  stop() {
    return this.program.stop()
  }
}

/** Starts a discord-sim of one's own; it ends with `scope`. */
export async function startSimulator(scope, { tls = false, args = [] } = {}) {
  const data = await freshDirectory(scope)
  const tlsArguments = tls ? ['--tls-port', '0'] : []
  const program = new Program(simulatorBinary, ['--port', '0', '--data', data, ...tlsArguments, ...args], { cwd: data })
  onEnd(scope, () => program.stop())
  return new Simulator(program, await program.line((line) => readyLine.exec(line)?.groups, 'the ready line'))
}
