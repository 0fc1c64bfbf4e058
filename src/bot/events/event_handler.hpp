#pragma once

#include <string_view>

#include "discord/cache/guild_cache.hpp"
#include "discord/gateway/dispatch.hpp"
#include "discord/model/event_reader.hpp"

namespace guildhall::bot {

class ComponentInteractions;
class GuildTable;
class MessageCommands;
class Readiness;
class SlashCommands;

/// What event handlers use.
struct EventContext {
  discord::EventReader& reader;
  discord::GuildCache& cache;
  GuildTable& guilds;
  MessageCommands& messages;
  ComponentInteractions& components;
  SlashCommands& slash_commands;
  Readiness& readiness;
};

/// Handles a gateway event. Runs on the bot's event loop, must be quick, ignores data that it does not understand, and
/// does not throw because of it.
struct EventHandler {
  std::string_view name;  ///< `MESSAGE_CREATE`
  void (*handle)(EventContext& context, const discord::Dispatch& dispatch);
};

}  // namespace guildhall::bot
