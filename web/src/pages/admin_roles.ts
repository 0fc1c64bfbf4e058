// The role that people grant and revoke.
import type { ListedUser, Role } from '../api/schema'

export const holdsAdmin = ({ roles }: { roles: Role[] }) => roles.some(({ name }) => name === 'ADMIN')

/** The person with the role, as it is among `known`, or without it. Roles are in the order of their ids. */
export function withAdmin(user: ListedUser, held: boolean, known: Role[]): ListedUser {
  const others = user.roles.filter(({ name }) => name !== 'ADMIN')
  const added = held ? known.filter(({ name }) => name === 'ADMIN') : []
  return { ...user, roles: [...others, ...added].sort((a, b) => Number(a.id) - Number(b.id)) }
}
