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
