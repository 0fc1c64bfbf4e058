import { Router } from 'express'
import { UniqueConstraintError } from 'sequelize'
import { conflict, invalid, notFound } from '../errors.mjs'
import { allowOnly } from '../middleware/allow_only.mjs'
import { jsonBody } from '../middleware/json_body.mjs'
import { commandJson } from '../models/command.mjs'
import { parseCommand, parseCommandPatch } from '../validation/inputs.mjs'

/** Of one guild. */
const mostCommands = 1000

/** `manager` lets through who may manage the guild. */
export function commandRoutes({ book, database: { Command } }, manager) {
  function checkTrigger(guildId, trigger) {
    if (trigger?.startsWith(book.prefix(guildId))) {
      throw invalid('/trigger', "A trigger must not start with the guild's prefix.")
    }
  }

  /** Saves a new or changed command, and tells the bot of it. */
  async function save(command) {
    try {
      await command.save()
    } catch (error) {
      if (!(error instanceof UniqueConstraintError)) throw error
      throw conflict('The guild has a command with this trigger.', '/trigger')
    }
    book.put(command)
  }

  async function find({ params: { id: guildId, commandId } }) {
    const command = /^\d{1,19}$/.test(commandId) && (await Command.findOne({ where: { id: commandId, guildId } }))
    if (!command) throw notFound('This guild has no such command.')
    return command
  }

  async function list(request, response) {
    const where = { guildId: request.params.id }
    const commands = await Command.findAll({ where, order: ['id'], raw: true })
    response.json(commands.map(commandJson))
  }

  async function create(request, response) {
    const { id: guildId } = request.params
    const fields = parseCommand(request.body)
    checkTrigger(guildId, fields.trigger)
    if (book.count(guildId) >= mostCommands) {
      throw conflict(`The guild has ${mostCommands} commands, and more are not allowed: delete one first.`)
    }
    const command = Command.build({ guildId, ...fields })
    await save(command)
    response.status(201).location(`/api/guilds/${guildId}/commands/${command.id}`).json(commandJson(command))
  }

  async function show(request, response) {
    response.json(commandJson(await find(request)))
  }

  const update = (parse) => async (request, response) => {
    const fields = parse(request.body)
    const command = await find(request)
    checkTrigger(request.params.id, fields.trigger)
    await save(command.set(fields))
    response.json(commandJson(command))
  }

  async function remove(request, response) {
    const command = await find(request)
    await command.destroy()
    book.remove(String(command.id))
    response.status(204).end()
  }

  const router = Router({ mergeParams: true })
  router
    .route('/')
    .get(manager, list)
    .post(manager, jsonBody, create)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router
    .route('/:commandId')
    .get(manager, show)
    .put(manager, jsonBody, update(parseCommand))
    .patch(manager, jsonBody, update(parseCommandPatch))
    .delete(manager, remove)
    .all(allowOnly('GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'))
  return router
}
