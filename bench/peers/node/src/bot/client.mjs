import { Client, GatewayIntentBits, SimpleShardingStrategy } from 'discord.js'

/** discord.js compresses whenever zlib-sync is there; this is how it is told not to. */
function buildUncompressed(manager) {
  manager.options.compression = null
  return new SimpleShardingStrategy(manager)
}

export function makeClient({ apiUrl, requestsPerSecond, shards, compressed }) {
  return new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
    // discord.js adds the version itself.
    rest: { api: apiUrl.replace(/\/v\d+$/, ''), globalRequestsPerSecond: requestsPerSecond },
    shards: shards === 'auto' ? 'auto' : Array.from({ length: shards }, (_, shard) => shard),
    ...(shards !== 'auto' && { shardCount: shards }),
    ws: compressed ? {} : { buildStrategy: buildUncompressed },
    allowedMentions: { parse: [], repliedUser: false },
    failIfNotExists: false,
  })
}
