/** For the methods of a path that no handler is for. */
export function allowOnly(...methods) {
  const allow = [...methods, 'OPTIONS'].join(', ')
  return (request, response) => {
    response.set('Allow', allow)
    if (request.method === 'OPTIONS') return response.status(204).end()
    response.status(405).json({ error: 'This path has no such method.', code: 'method_not_allowed' })
  }
}
