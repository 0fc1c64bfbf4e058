import { DataTypes } from 'sequelize'
import { serial } from './columns.mjs'

export function defineLog(sequelize) {
  const columns = {
    id: serial(),
    level: { type: DataTypes.STRING(16), allowNull: false },
    source: { type: DataTypes.STRING(64), allowNull: false, defaultValue: '' },
    message: { type: DataTypes.TEXT('medium'), allowNull: false },
    timestamp: { type: DataTypes.DATE(3), allowNull: false },
    stacktrace: DataTypes.TEXT('medium'),
  }
  const indexes = [{ fields: ['level', 'id'] }, { fields: ['source', 'level', 'id'] }]
  return sequelize.define('Log', columns, { tableName: 'logs', timestamps: false, indexes })
}

const types = { error: 'error', warn: 'warning', info: 'info' }

export function logJson(log) {
  const timestamp = log.timestamp.toISOString()
  return {
    id: Number(log.id),
    level: log.level,
    source: log.source,
    message: log.message,
    timestamp,
    ...(log.stacktrace && { stacktrace: log.stacktrace }),
    log_type: types[log.level] ?? 'default',
    log_time: timestamp.replace('T', ' ').replace('Z', ''),
  }
}
