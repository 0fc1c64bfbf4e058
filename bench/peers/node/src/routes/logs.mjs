import { Router } from 'express'
import { Op } from 'sequelize'
import { admin, authenticate } from '../middleware/session.mjs'
import { logJson } from '../models/log.mjs'
import { parseLogQuery } from '../validation/inputs.mjs'

export function logRoutes({ database: { Log }, rights, tokens }) {
  const router = Router()
  router.get('/', authenticate(tokens), admin(rights), async (request, response) => {
    const { levels, source, before, limit } = parseLogQuery(request.query)
    const where = {
      ...(levels && { level: levels }),
      ...(source && { source }),
      ...(before !== undefined && { id: { [Op.lt]: before } }),
    }
    // One more tells whether there is another page.
    const rows = await Log.findAll({ where, order: [['id', 'DESC']], limit: limit + 1, raw: true })
    const logs = rows.slice(0, limit).map(logJson)
    response.json({ logs, next: rows.length > limit ? logs.at(-1).id : null })
  })
  return router
}
