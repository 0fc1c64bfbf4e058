import { DatabaseError, ConnectionError, ConnectionAcquireTimeoutError } from 'sequelize'
import { ApiError, malformed, notFound, unavailable } from '../errors.mjs'

export function noSuchRoute() {
  throw notFound('There is no such route.')
}

/** What an error of a library means for who asked. */
function translate(error) {
  if (error instanceof ApiError) return error
  if (error.type === 'entity.parse.failed') return malformed('The body is not JSON.')
  if (error.type === 'entity.too.large') return new ApiError(413, 'too_large', 'The body is too large.')
  if (error instanceof ConnectionError || error instanceof ConnectionAcquireTimeoutError) {
    return unavailable('The database is away; try again shortly.')
  }
  if (error instanceof URIError) return malformed('The path is malformed.')
  return undefined
}

/** The one place where an error becomes an answer. */
export const answerErrors = (logger) => (error, request, response, next) => {
  if (response.headersSent) return next(error)
  const known = translate(error)
  if (!known) {
    const reason = error instanceof DatabaseError ? error.parent.message : error.message
    logger.error('A handler failed', { source: 'web', path: request.path, reason, stack: error.stack })
    return response.status(500).json({ error: 'Something went wrong here.', code: 'internal_error' })
  }
  if (known.status === 401) response.set('WWW-Authenticate', 'Bearer')
  if (known.status === 503) response.set('Retry-After', '5')
  response.status(known.status).json(known.body)
}
