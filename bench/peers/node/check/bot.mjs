import { callCommand, componentsOf, newcomer, useComponent } from '../../../../tests/harness/scripts.mjs'
import { guilds, people } from '../../../../tests/harness/simulator.mjs'
import { mask } from './masks.mjs'

const button = { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }
const menu = { type: 1, components: [{ type: 3, custom_id: 'pick', options: [{ label: 'A', value: 'a' }] }] }

const commands = [
  { trigger: 'say', response: { content: '${1}, not ${2}: ${3}' } },
  { trigger: 'embed', response: { embeds: [{ title: '${1}', fields: [{ name: 'Who', value: '${2}' }] }] } },
]
const called = ['!say', '!say one two', '!say "one two" @everyone', '!say <@2000000000000000002> a b', '!embed a b']

/** Scripts, each with what the person then gets. */
const scripts = {
  reply: 'await interaction.reply(`${interaction.user} pressed ${interaction.customId} with ${args.join("|")}`)',
  private: 'await interaction.reply({ content: "psst", flags: "Ephemeral" })',
  update: 'await interaction.update({ content: "changed", components: [] })',
  edit: 'await interaction.deferReply(); await interaction.editReply("done")',
  silence: 'const answer = 42',
  failure: 'null.member',
  loop: 'for (;;);',
}

const labels = ({ components }) => components.map(({ type, label, options }) => ({ type, label, options }))

/** What of a message of the bot is to be the same: not the custom ids, in which each keeps what it needs. */
const essence = ({ content, embeds, components, message_reference, mentions, mention_everyone, flags }) =>
  mask({ content, embeds, rows: components.map(labels), message_reference, mentions, mention_everyone, flags })

async function workshop(contender) {
  await contender.sim.changeRateLimits({ lifted: true })
  const { token } = (await contender.login(people.ada)).body
  const save = (body) => contender.request('POST', `/api/guilds/${guilds.workshop}/commands`, { token, body })
  return { save, channel: await contender.sim.channelOf(guilds.workshop) }
}

/** What came of a click. */
const outcome = ({ responses, message, failed }) => ({
  types: responses.map(({ type }) => type),
  message: message && essence(message),
  failed,
})

export const observeBot = {
  'custom commands are answered': async (contender) => {
    const { save, channel } = await workshop(contender)
    for (const command of commands) await save(command)
    const answers = []
    for (const content of called) {
      const person = await newcomer(contender.sim, guilds.workshop)
      answers.push(essence(await callCommand(contender.sim, channel, person, content)))
    }
    return answers
  },

  'scripts answer those who use components': async (contender) => {
    const { sim } = contender
    const { save, channel } = await workshop(contender)
    const outcomes = {}
    for (const [trigger, interaction] of Object.entries(scripts)) {
      await save({ trigger, response: { content: 'Here', components: [button, menu] }, interaction })
      const person = await newcomer(sim, guilds.workshop, { username: trigger, id: undefined })
      const message = await callCommand(sim, channel, person, `!${trigger} one two`)
      const [component] = componentsOf(message)
      const used = await useComponent(sim, channel, person, message, component, {
        ready: ({ message: now, responses }) => (trigger === 'edit' ? now?.content === 'done' : responses.length > 0),
      })
      const text = JSON.stringify(outcome(used)).replaceAll(person.id, '<person>')
      outcomes[trigger] = JSON.parse(text)
    }
    return outcomes
  },
}
