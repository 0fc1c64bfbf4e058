import assert from 'node:assert/strict'
import { permissions } from './simulator.mjs'
import { until } from './wait.mjs'

const triesWhileBusy = 10 // Each waits up to 2 s in the queue.

/** A guild whose owner saves and runs scripts over the API. */
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

  /** The response to a dry run of a script, of an existing `command` or a new one. `fields` are added to the body. */
  async tested(script, { command, ...fields } = {}) {
    if (!command) this.subject ??= this.command({ interaction: 'return' })
    const { id } = command ?? (await this.subject)
    return this.hall.post(`${this.path}/${id}/test`, { token: this.token, body: { script, ...fields } })
  }

  /**
   * The result of a script: `{ending, error, calls, console, cpuMs, wallMs, memory}`. On a busy machine a run may wait too
   * long in the queue; it is then tried again, as the response says.
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

/** A guild of the simulator whose owner `person` saves and runs scripts. */
export async function scriptedGuild(hall, sim, guildId, person) {
  const token = await hall.login(sim, person)
  await hall.knowsGuild(guildId, token)
  return new ScriptedGuild(hall, token, guildId)
}

/** Sends `content` as `person` and returns the bot's response. */
export async function callCommand(sim, channel, person, content) {
  const { id } = await sim.say(channel, person, content)
  return until(async () => {
    const all = await sim.messages(channel)
    return all.find(({ message_reference }) => message_reference?.message_id === id)
  }, `an answer to ${content}`)
}

/** The components of a message, without their action rows. */
export const componentsOf = ({ components }) => components.flatMap((row) => row.components)

/** Uses a component of a message as `person` and returns the interaction once `ready`, by default when it has a response. */
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

/** Adds a new person to a guild, because each person's interactions are rate limited. */
export async function newcomer(sim, guildId, fields) {
  const person = await sim.person(fields)
  await sim.member(guildId, person, permissions.none)
  return person
}
