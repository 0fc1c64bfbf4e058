import assert from 'node:assert/strict'
import { permissions } from './simulator.mjs'
import { until } from './wait.mjs'

const triesWhileBusy = 10 // Each waits 2 s for its turn.

/** A guild whose scripts are written and run over the API by its owner. */
export class ScriptedGuild {
  #made = 0

  constructor(hall, token, id) {
    this.hall = hall
    this.token = token
    this.id = id
    this.path = `/api/guilds/${id}/commands`
  }

  /** Saves a command. */
  async command(fields) {
    const body = { trigger: `command${++this.#made}`, response: { content: 'x' }, ...fields }
    const answer = await this.hall.post(this.path, { token: this.token, body })
    assert.equal(answer.status, 201, answer.text)
    return answer.body
  }

  /** The answer to a test of a script; `fields` are more of the request's body. `command` is one that there is. */
  async tested(script, { command, ...fields } = {}) {
    if (!command) this.subject ??= this.command({ interaction: 'return' })
    const { id } = command ?? (await this.subject)
    return this.hall.post(`${this.path}/${id}/test`, { token: this.token, body: { script, ...fields } })
  }

  /**
   * What becomes of a script: `{ending, error, calls, console, cpuMs, wallMs, memory}`. On a busy machine it may wait for
   * its turn too long: then it is tried again, as the answer says.
   */
  async run(script, fields) {
    for (let left = triesWhileBusy; ; --left) {
      const answer = await this.tested(script, fields)
      if (answer.status === 503 && left > 1) continue
      assert.equal(answer.status, 200, answer.text)
      return answer.body
    }
  }
}

/** A guild of the simulator's in which `person`, its owner, writes scripts. */
export async function scriptedGuild(hall, sim, guildId, person) {
  const token = await hall.login(sim, person)
  await until(async () => (await hall.get(`/api/guilds/${guildId}`, { token })).status === 200, 'the guild')
  return new ScriptedGuild(hall, token, guildId)
}

/** `person` says `content`; the bot's answer to it. */
export async function callCommand(sim, channel, person, content) {
  const { id } = await sim.say(channel, person, content)
  return until(async () => {
    const all = await sim.messages(channel)
    return all.find(({ message_reference }) => message_reference?.message_id === id)
  }, `an answer to ${content}`)
}

/** The components of a message, without their rows. */
export const componentsOf = ({ components }) => components.flatMap((row) => row.components)

/** `person` uses a component of a message; the interaction, once `ready`, at first when it is answered. */
export async function useComponent(
  sim,
  channel,
  person,
  message,
  component,
  { values, ready = ({ responses }) => responses.length > 0, limitMs } = {},
) {
  const fields = { type: 3, messageId: message.id, customId: component.custom_id, ...(values && { values }) }
  const { id } = await sim.interact(channel, person, fields)
  return until(
    async () => {
      const interaction = await sim.interaction(id)
      return ready(interaction) && interaction
    },
    `an answer to ${component.label ?? component.placeholder ?? component.custom_id}`,
    limitMs,
  )
}

/** Somebody new in a guild: how often people are answered is limited for each. */
export async function newcomer(sim, guildId, fields) {
  const person = await sim.person(fields)
  await sim.member(guildId, person, permissions.none)
  return person
}
