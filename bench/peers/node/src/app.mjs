import express from 'express'
import { answerErrors, noSuchRoute } from './middleware/answer_errors.mjs'
import { logRequests } from './middleware/log_requests.mjs'
import { securityHeaders } from './middleware/security_headers.mjs'
import { authRoutes } from './routes/auth.mjs'
import { guildRoutes } from './routes/guilds.mjs'
import { logRoutes } from './routes/logs.mjs'
import { serviceRoutes } from './routes/service.mjs'
import { userRoutes } from './routes/users.mjs'

export function makeApp(services) {
  const { logger } = services
  const app = express()
  app.disable('x-powered-by')
  // Nothing is stored by browsers, so there is nothing to compare.
  app.disable('etag')
  app.use(securityHeaders)
  if (logger.isLevelEnabled('http')) app.use(logRequests(logger))
  app.use('/api/auth', authRoutes(services))
  app.use('/api/users', userRoutes(services))
  app.use('/api/guilds', guildRoutes(services))
  app.use('/api/logs', logRoutes(services))
  app.use(serviceRoutes(services))
  app.use(noSuchRoute)
  app.use(answerErrors(logger))
  return app
}
