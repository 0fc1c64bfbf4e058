import { Router } from 'express'

const up = { state: 'up', reason: null }

/** Whether the program is alive and ready, and what it has counted. */
export function serviceRoutes({ bot, counters, database: { sequelize } }) {
  async function databaseHealth() {
    try {
      await sequelize.authenticate()
      return up
    } catch {
      return { state: 'down', reason: 'The database does not answer.' }
    }
  }

  const router = Router()
  router.get('/healthz', (_, response) => response.json({ status: 'ok' }))
  router.get('/readyz', async (_, response) => {
    const health = { database: await databaseHealth(), bot: bot.health() }
    const ready = health.database.state !== 'down' && health.bot.state !== 'down'
    if (!ready) response.set('Retry-After', '5')
    response.status(ready ? 200 : 503).json(health)
  })
  router.get('/metrics', (_, response) => response.type('text/plain; version=0.0.4').send(counters.text()))
  return router
}
