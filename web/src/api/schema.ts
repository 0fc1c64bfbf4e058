// Generated from /docs/openapi.json by generate-types.mjs.

export type ActionButton = {
  type: 2
  id?: number | null
  style: 1 | 2 | 3 | 4
  label?: string | null
  emoji?: Emoji | null
  custom_id: string
  disabled?: boolean | null
  onlyCaller?: boolean | null
  expiresAfter?: number | null
}

export type ActionRow = {
  type: 1
  id?: number | null
  components: RowComponent[]
}

export type Alive = {
  status: "ok"
}

export type BotProfile = {
  id: string
  name: string | null
  avatar: string | null
  guilds: number
  inviteUrl: string
}

export type Button = ActionButton | LinkButton

export type ChannelSelect = {
  type: 8
  id?: number | null
  custom_id: string
  channel_types?: (0 | 1 | 2 | 3 | 4 | 5 | 10 | 11 | 12 | 13 | 14 | 15 | 16)[] | null
  placeholder?: string | null
  required?: unknown
  min_values?: number | null
  max_values?: number | null
  default_values?: {
    id: string
    type: "channel"
  }[] | null
  disabled?: boolean | null
  onlyCaller?: boolean | null
  expiresAfter?: number | null
}

export type Command = {
  id: string
  guildId: string
  trigger: string
  caseSensitive: boolean
  enabled: boolean
  response: CommandResponse
  interaction: string | null
  createdAt: string
  updatedAt: string
}

export type CommandInput = {
  trigger: string
  caseSensitive?: boolean
  enabled?: boolean
  response: CommandResponse
  interaction?: string | null
}

export type CommandPage = {
  commands: Command[]
  next: string | null
}

export type CommandPatch = {
  trigger?: string
  caseSensitive?: boolean
  enabled?: boolean
  response?: CommandResponse
  interaction?: string | null
}

export type CommandResponse = {
  flags?: number | null
  content?: string | null
  embeds?: Embed[] | null
  components?: ActionRow[] | null
  onlyCaller?: boolean | null
  expiresAfter?: number | null
  tts?: null | false | 0 | "" | [] | {}
  attachments?: null | false | 0 | "" | [] | {}
  files?: null | false | 0 | "" | [] | {}
  sticker_ids?: null | false | 0 | "" | [] | {}
  sticker_items?: null | false | 0 | "" | [] | {}
  stickers?: null | false | 0 | "" | [] | {}
  poll?: null | false | 0 | "" | [] | {}
  message_snapshots?: null | false | 0 | "" | [] | {}
  activity?: null | false | 0 | "" | [] | {}
  username?: null | false | 0 | "" | [] | {}
  avatar_url?: null | false | 0 | "" | [] | {}
  avatarURL?: null | false | 0 | "" | [] | {}
  thread_name?: null | false | 0 | "" | [] | {}
  applied_tags?: null | false | 0 | "" | [] | {}
  allowed_mentions?: null | false | 0 | "" | [] | {}
  allowedMentions?: null | false | 0 | "" | [] | {}
  id?: unknown
  channel_id?: unknown
  guild_id?: unknown
  author?: unknown
  member?: unknown
  timestamp?: unknown
  edited_timestamp?: unknown
  mention_everyone?: unknown
  mentions?: unknown
  mention_roles?: unknown
  mention_channels?: unknown
  reactions?: unknown
  nonce?: unknown
  pinned?: unknown
  webhook_id?: unknown
  type?: unknown
  application?: unknown
  application_id?: unknown
  message_reference?: unknown
  referenced_message?: unknown
  interaction?: unknown
  interaction_metadata?: unknown
  thread?: unknown
  position?: unknown
  channel_type?: unknown
  resolved?: unknown
  call?: unknown
  role_subscription_data?: unknown
  enforce_nonce?: unknown
  reference?: unknown
  messages?: null | false | 0 | "" | [] | {}
}

export type CommandSummary = {
  id: string
  guildId: string
  trigger: string
  caseSensitive: boolean
  enabled: boolean
  response: CommandResponse
  hasScript: boolean
  hasInteraction: boolean
  createdAt: string
  updatedAt: string
}

export type CommandUse = {
  commandId: string
  uses: number
  failures: number
  lastFailureAt: string | null
  lastFailure: string | null
}

export type DatabaseStatus = {
  dialect: "sqlite" | "mariadb" | "mysql"
  state: "up" | "down" | "off"
  reason: string | null
}

export type DayUse = {
  day: string
  uses: number
  failures: number
}

export type DryRunRequest = {
  interaction?: {
    customId?: string
    values?: string[]
    componentType?: 2 | 3 | 5 | 6 | 7 | 8
    user?: {
      id?: string
      username?: string
      globalName?: string | null
    }
    message?: {
      content?: string
    }
  }
  script?: string | null
  args?: string[]
}

export type Embed = {
  title?: string | null
  description?: string | null
  url?: string | null
  timestamp?: string | null
  color?: number | string | null
  footer?: EmbedFooter | null
  image?: EmbedImage | null
  thumbnail?: EmbedImage | null
  author?: EmbedAuthor | null
  fields?: EmbedField[] | null
  type?: string | null
  provider?: unknown
  video?: unknown
  flags?: unknown
  reference_id?: unknown
  content_scan_version?: unknown
  id?: unknown
}

export type EmbedAuthor = {
  name: string
  url?: string | null
  icon_url?: string | null
  proxy_icon_url?: unknown
}

export type EmbedField = {
  name: string
  value: string
  inline?: boolean | null
  id?: unknown
}

export type EmbedFooter = {
  text: string
  icon_url?: string | null
  proxy_icon_url?: unknown
}

export type EmbedImage = {
  url: string
  proxy_url?: unknown
  width?: unknown
  height?: unknown
  content_type?: unknown
  placeholder?: unknown
  placeholder_version?: unknown
  description?: unknown
  flags?: unknown
  content_scan_version?: unknown
  id?: unknown
  size?: unknown
  filename?: unknown
}

export type Emoji = {
  id?: string | null
  name?: string | null
  animated?: boolean | null
}

export type Error = {
  error: string
  code: string
  field?: string
  line?: number
  column?: number
}

export type Guild = {
  id: string
  name: string
  icon: string | null
  prefix: string
  language: string
  createdAt: string
  updatedAt: string
  commands: (CommandSummary | Command)[]
  next?: string | null
}

export type GuildChannel = {
  id: string
  type: number
  name: string
  parentId: string | null
  position: number
}

export type GuildEmoji = {
  id: string
  name: string
  animated: boolean
  available: boolean
}

export type GuildMember = {
  id: string
  username: string
  globalName: string | null
  nick: string | null
  avatar: string | null
}

export type GuildRole = {
  id: string
  name: string
  color: number
  position: number
  managed: boolean
  mentionable: boolean
}

export type GuildStats = {
  timeZone: string
  days: DayUse[]
  commands: CommandUse[]
}

export type GuildUpdate = {
  prefix?: string
  language?: string
}

export type LinkButton = {
  type: 2
  id?: number | null
  style: 5
  label?: string | null
  emoji?: Emoji | null
  url: string
  disabled?: boolean | null
}

export type ListedUser = {
  id: string
  username: string
  globalName: string | null
  avatar: string | null
  roles: Role[]
  createdAt: string
  lastSeenAt: string | null
}

export type Log = {
  id: number
  level: "error" | "warn" | "info" | "http" | "debug"
  source: string
  message: string
  timestamp: string
  stacktrace?: string
  log_type: "error" | "warning" | "info" | "default"
  log_time: string
}

export type LogPage = {
  logs: Log[]
  next: number | null
}

export type MentionableSelect = {
  type: 7
  id?: number | null
  custom_id: string
  placeholder?: string | null
  required?: unknown
  min_values?: number | null
  max_values?: number | null
  default_values?: ({
    id: string
    type: "user" | "role"
  })[] | null
  disabled?: boolean | null
  onlyCaller?: boolean | null
  expiresAfter?: number | null
}

export type NodeStatus = {
  version: string
  startedAt: string
  uptimeSeconds: number
  memoryBytes: number
  database: DatabaseStatus
  bot: PartHealth
  shards: ShardStatus[]
  identifyBudget: {
    used: number
  } | null
  scriptHost: ScriptHostStatus
}

export type PartHealth = {
  state: "up" | "down" | "off"
  reason: string | null
}

export type Readiness = {
  database: PartHealth
  bot: PartHealth
}

export type Role = {
  id: string
  name: string
}

export type RoleSelect = {
  type: 6
  id?: number | null
  custom_id: string
  placeholder?: string | null
  required?: unknown
  min_values?: number | null
  max_values?: number | null
  default_values?: {
    id: string
    type: "role"
  }[] | null
  disabled?: boolean | null
  onlyCaller?: boolean | null
  expiresAfter?: number | null
}

export type RowComponent = Button | StringSelect | UserSelect | RoleSelect | MentionableSelect | ChannelSelect

export type ScriptHostStatus = {
  state: "up" | "down" | "off"
  reason: string | null
  running: number
  idle: number
  waiting: number
}

export type ScriptTrialResult = {
  ending: "completed" | "syntax" | "exception" | "cpu" | "memory" | "wall" | "calls" | "call_size" | "forbidden" | "crashed" | "protocol"
  error: {
    name: string
    message: string
    line: number | null
    column: number | null
    stack: string
  } | null
  calls: ({
    method: "reply" | "update" | "deferReply" | "deferUpdate" | "editReply" | "followUp" | "deleteReply" | "fetchReply"
    data: Record<string, unknown> | null
    message?: string
    error?: string
  })[]
  console: ({
    level: "debug" | "log" | "info" | "warn" | "error"
    text: string
  })[]
  cpuMs: number
  wallMs: number
  memory: number
}

export type SelectOption = {
  label: string
  value: string
  description?: string | null
  emoji?: Emoji | null
  default?: boolean | null
}

export type Session = {
  id: string
  browser: string
  createdAt: string
  lastSeenAt: string
  expiresAt: string
  current: boolean
}

export type ShardStatus = {
  id: number
  state: "waiting" | "queued" | "connecting" | "identifying" | "resuming" | "ready" | "failed" | "stopped"
  latencyMs: number | null
}

export type StringSelect = {
  type: 3
  id?: number | null
  custom_id: string
  options: SelectOption[]
  placeholder?: string | null
  required?: unknown
  min_values?: number | null
  max_values?: number | null
  disabled?: boolean | null
  onlyCaller?: boolean | null
  expiresAfter?: number | null
}

export type Token = {
  token: string
}

export type TokenRequest = {
  code: string
  redirect_uri: string
}

export type User = {
  id: string
  username: string
  globalName: string | null
  avatar: string | null
  email: string | null
  roles: Role[]
  createdAt: string
  updatedAt: string
}

export type UserGuild = {
  id: string
  name: string
  icon: string | null
  owner: boolean
  permissions: string
  manageable: boolean
  botInGuild: boolean
  prefix?: string
  language?: string
}

export type UserPage = {
  users: ListedUser[]
  next: string | null
}

export type UserSelect = {
  type: 5
  id?: number | null
  custom_id: string
  placeholder?: string | null
  required?: unknown
  min_values?: number | null
  max_values?: number | null
  default_values?: {
    id: string
    type: "user"
  }[] | null
  disabled?: boolean | null
  onlyCaller?: boolean | null
  expiresAfter?: number | null
}
