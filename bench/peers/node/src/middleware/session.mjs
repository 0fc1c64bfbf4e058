import { forbidden, notFound, unauthenticated } from '../errors.mjs'

/** Lets through who bears a token of ours, with its claims as `request.session`. */
export const authenticate = (tokens) => async (request, _, next) => {
  const [scheme, token] = (request.get('authorization') ?? '').split(' ')
  const session = scheme.toLowerCase() === 'bearer' && token && (await tokens.read(token))
  if (!session) throw unauthenticated()
  request.session = session
  next()
}

/** Lets through who may manage the guild that the path names, in which the bot is. */
export const guildManager = (book, rights) => async (request, _, next) => {
  const { id } = request.params
  if (!book.has(id)) throw notFound('The bot is in no such guild.')
  if (!(await rights.mayManage(request.session, id))) {
    throw forbidden('Only who may manage this guild may do that.')
  }
  next()
}

export const admin = (rights) => async (request, _, next) => {
  if (!(await rights.isAdmin(request.session.id))) throw forbidden('Only an ADMIN may do that.')
  next()
}
