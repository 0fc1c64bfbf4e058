// The API's types under the names that the dashboard uses.
export type {
  BotProfile,
  Command, CommandInput, CommandPatch, CommandPage, CommandResponse, CommandSummary, DryRunRequest, Embed, Guild, GuildUpdate, Log,
  LogPage, Readiness, ScriptTrialResult as DryRunResult, User, UserGuild,
} from './schema'
