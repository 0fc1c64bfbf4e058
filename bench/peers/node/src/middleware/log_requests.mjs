let requests = 0

/** A line for each request, at level http. */
export const logRequests = (logger) => (request, response, next) => {
  const begun = process.hrtime.bigint()
  const fields = { source: 'web', request: ++requests, client: request.ip, method: request.method, path: request.path }
  response.on('finish', () => {
    const micros = Number((process.hrtime.bigint() - begun) / 1000n)
    logger.http('Answered', { ...fields, status: response.statusCode, micros })
  })
  next()
}
