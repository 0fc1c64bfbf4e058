/** What a request did wrong: answered as `{error, code, field}`. */
export class ApiError extends Error {
  constructor(status, code, message, field) {
    super(message)
    this.status = status
    this.body = { error: message, code, ...(field !== undefined && { field }) }
  }
}

export const malformed = (message) => new ApiError(400, 'malformed', message)
export const refused = (message) => new ApiError(400, 'refused', message)
export const unauthenticated = (message = 'A valid session token is needed.') =>
  new ApiError(401, 'unauthenticated', message)
export const forbidden = (message) => new ApiError(403, 'forbidden', message)
export const notFound = (message) => new ApiError(404, 'not_found', message)
export const conflict = (message, field) => new ApiError(409, 'conflict', message, field)
export const invalid = (field, message) => new ApiError(422, 'invalid', message, field)
export const badUpstream = (message) => new ApiError(502, 'bad_upstream', message)
export const unavailable = (message) => new ApiError(503, 'unavailable', message)
