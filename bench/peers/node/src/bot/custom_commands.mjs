import { splitArguments } from './arguments.mjs'
import { render } from './render.mjs'

/** Answers messages that ask for a custom command. */
export class CustomCommands {
  #book
  #logger
  #counters
  #args

  constructor({ book, logger, counters, args }) {
    this.#book = book
    this.#logger = logger
    this.#counters = counters
    this.#args = args
  }

  async answer(message) {
    this.#counters.messages += 1
    if (message.author.bot || message.webhookId || !message.guildId) return
    const match = this.#book.match(message.guildId, message.content)
    if (!match) return
    this.#counters.matched += 1
    const args = splitArguments(match.text)
    const answer = render(match.command, args)
    const where = { source: 'command', guild: message.guildId, channel: message.channelId }
    if (!answer) {
      this.#logger.warn('A custom command had nothing to say', { ...where, command: match.command.trigger })
      return
    }
    if (match.command.interaction && args.length > 0) this.#args.keep(message.id, args)
    try {
      await message.reply(answer)
    } catch (error) {
      this.#logger.warn('A custom command could not be answered', { ...where, reason: error.message })
    }
  }
}
