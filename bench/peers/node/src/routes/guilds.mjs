import { Router } from 'express'
import { invalid, notFound } from '../errors.mjs'
import { allowOnly } from '../middleware/allow_only.mjs'
import { jsonBody } from '../middleware/json_body.mjs'
import { authenticate, guildManager } from '../middleware/session.mjs'
import { guildJson } from '../models/guild.mjs'
import { parseGuildUpdate } from '../validation/inputs.mjs'
import { commandRoutes } from './commands.mjs'

export function guildRoutes(services) {
  const { book, database, rights, tokens } = services
  const { Guild, Command } = database

  async function show(request, response) {
    const include = { model: Command, as: 'commands' }
    const order = [[{ model: Command, as: 'commands' }, 'id']]
    const guild = await Guild.findByPk(request.params.id, { include, order })
    if (!guild) throw notFound('The bot is in no such guild.')
    response.json(guildJson(guild))
  }

  async function change(request, response) {
    const { id } = request.params
    const update = parseGuildUpdate(request.body)
    if (update.prefix && update.prefix !== book.prefix(id) && book.hasTriggerWith(id, update.prefix)) {
      throw invalid('/prefix', 'A command of this guild has a trigger that starts with this prefix.')
    }
    await Guild.update(update, { where: { id } })
    if (update.prefix) book.join(id, update.prefix)
    await show(request, response)
  }

  const router = Router()
  const manager = [authenticate(tokens), guildManager(book, rights)]
  router
    .route('/:id')
    .get(manager, show)
    .put(manager, jsonBody, change)
    .patch(manager, jsonBody, change)
    .all(allowOnly('GET', 'HEAD', 'PUT', 'PATCH'))
  router.use('/:id/commands', commandRoutes(services, manager))
  return router
}
