import { MessageFlags } from 'discord.js'
import { readCustomId } from './component_ids.mjs'
import { compile, failureWords, runScript } from './script.mjs'
import { scriptInteraction } from './script_interaction.mjs'
import { runInThread } from './script_thread.mjs'

const tell = (interaction, content) => {
  const message = { content, flags: MessageFlags.Ephemeral }
  return interaction.replied || interaction.deferred ? interaction.followUp(message) : interaction.reply(message)
}

/** Answers those who use components by running their command's script. */
export class Components {
  #book
  #logger
  #options
  #args
  /** Each script is compiled once: by command, as it is replaced when the command is. */
  #compiled = new WeakMap()

  constructor({ book, logger, args, options }) {
    this.#book = book
    this.#logger = logger
    this.#args = args
    this.#options = options
  }

  #compile(command) {
    let script = this.#compiled.get(command)
    if (!script) this.#compiled.set(command, (script = compile(command.interaction)))
    return script
  }

  #console(command) {
    const write = (...parts) => {
      if (!this.#logger.isLevelEnabled('debug')) return
      this.#logger.debug('Console', { source: 'scripts', command: command.id, text: parts.join(' ') })
    }
    return { log: write, info: write, warn: write, error: write, debug: write }
  }

  async answer(interaction) {
    const kind = interaction.isButton() ? 'button' : 'menu'
    const ids = readCustomId(interaction.customId)
    const command = this.#book.command(ids.commandId)
    if (!command || command.guildId !== interaction.guildId) {
      return tell(interaction, `The bot does not know this ${kind}.`)
    }
    if (!command.interaction) return tell(interaction, `The command of this ${kind} has nothing to run.`)
    if (!this.#options.enabled) return tell(interaction, 'The bot cannot run scripts just now. Try again later.')
    try {
      await this.#run(command, interaction, ids)
    } catch (error) {
      const fields = { source: 'scripts', guild: command.guildId, command: command.id, reason: error.message }
      this.#logger.warn('A script ended badly', fields)
      return tell(interaction, `The script of this ${kind} ${failureWords(error)}.`)
    }
    if (!interaction.replied && !interaction.deferred) await interaction.deferUpdate()
  }

  #run(command, interaction, ids) {
    const globals = {
      interaction: scriptInteraction(interaction, ids, this.#options.calls),
      args: this.#args.of(interaction.message.reference?.messageId),
      console: this.#console(command),
    }
    if (this.#options.inThreads) return runInThread(command.interaction, globals, this.#options)
    return runScript(this.#compile(command), globals, this.#options)
  }
}
