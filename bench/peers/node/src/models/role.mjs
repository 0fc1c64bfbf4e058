import { DataTypes } from 'sequelize'
import { serial } from './columns.mjs'

export function defineRole(sequelize) {
  const columns = { id: serial(), name: { type: DataTypes.STRING(64), allowNull: false, unique: true } }
  return sequelize.define('Role', columns, { tableName: 'roles', timestamps: false })
}
