import { DataTypes } from 'sequelize'
import { snowflake, timestamps } from './columns.mjs'

export function defineUser(sequelize) {
  const columns = {
    id: snowflake(),
    username: { type: DataTypes.STRING(100), allowNull: false },
    globalName: DataTypes.STRING(100),
    avatar: DataTypes.STRING(100),
    email: DataTypes.STRING(320),
    refreshToken: DataTypes.TEXT('medium'),
    ...timestamps(),
  }
  return sequelize.define('User', columns, { tableName: 'users' })
}

export const userJson = (user) => ({
  id: String(user.id),
  username: user.username,
  globalName: user.globalName,
  avatar: user.avatar,
  email: user.email,
  roles: user.roles.map(({ id, name }) => ({ id: String(id), name })),
  createdAt: user.createdAt,
  updatedAt: user.updatedAt,
})
