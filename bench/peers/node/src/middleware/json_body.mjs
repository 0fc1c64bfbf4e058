import express from 'express'
import { ApiError } from '../errors.mjs'

const parse = express.json({ limit: '1mb', strict: false })

/** Reads a body of JSON; anything else is refused. */
export function jsonBody(request, response, next) {
  if (!request.is('application/json')) {
    throw new ApiError(415, 'unsupported_media_type', 'The body must be application/json.')
  }
  parse(request, response, next)
}

/** For a route's other methods. */
export function allowOnly(...methods) {
  const allow = methods.join(', ')
  return (_, response) => {
    response.status(405).set('Allow', allow).json({ error: 'This path has no such method.', code: 'method_not_allowed' })
  }
}
