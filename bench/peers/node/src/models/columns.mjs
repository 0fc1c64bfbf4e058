import { DataTypes } from 'sequelize'

/** An id of Discord's; a string in JavaScript, as it has 64 bits. */
export const snowflake = () => ({ type: DataTypes.BIGINT.UNSIGNED, primaryKey: true, autoIncrement: false })

export const serial = () => ({ type: DataTypes.BIGINT.UNSIGNED, primaryKey: true, autoIncrement: true })

/** The columns that Sequelize keeps itself, with milliseconds. */
export const timestamps = () => ({ createdAt: DataTypes.DATE(3), updatedAt: DataTypes.DATE(3) })
