// The environment variables are guildhall's, so that both are started alike.
const list = (text = '') => text.split(',').map((part) => part.trim()).filter(Boolean)

/** Sequelize's options and place of the database. */
export function readDatabaseConfig(env = process.env) {
  return {
    host: env.DB_HOST ?? '127.0.0.1',
    port: Number(env.DB_PORT ?? 3306),
    user: env.DB_USER ?? 'guildhall',
    password: env.DB_PASS ?? '',
    name: env.DB_NAME ?? 'guildhall',
  }
}

export function readConfig(env = process.env) {
  if (!/^[0-9a-f]{64}$/i.test(env.JWT_SECRET ?? '')) throw new Error('JWT_SECRET must be 64 hex digits.')
  return {
    host: env.HOST ?? '127.0.0.1',
    port: Number(env.PORT ?? 8080),
    logLevel: env.LOG_LEVEL ?? 'info',
    jwtSecret: Buffer.from(env.JWT_SECRET, 'hex'),
    adminUserIds: list(env.ADMIN_USER_IDS),
    database: readDatabaseConfig(env),
    discord: {
      apiUrl: env.DISCORD_API_URL ?? 'https://discord.com/api/v10',
      clientId: env.DISCORD_CLIENT_ID,
      clientSecret: env.DISCORD_CLIENT_SECRET,
      redirectUris: list(env.DISCORD_REDIRECT_URIS),
      botToken: env.DISCORD_BOT_TOKEN,
      requestsPerSecond: Number(env.DISCORD_REQUESTS_PER_SECOND ?? 50),
      shards: env.SHARDS === undefined || env.SHARDS === 'auto' ? 'auto' : Number(env.SHARDS),
      compressed: env.GATEWAY_COMPRESSION !== 'none',
    },
    scripts: {
      enabled: env.SCRIPTS !== 'off',
      inThreads: env.SCRIPTS_IN === 'threads',
      cpuMs: Number(env.SCRIPTS_CPU_MS ?? 100),
      wallMs: Number(env.SCRIPTS_WALL_MS ?? 5000),
      calls: Number(env.SCRIPTS_CALLS ?? 20),
    },
  }
}
