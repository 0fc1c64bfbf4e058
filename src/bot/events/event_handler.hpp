#pragma once

#include <string_view>

#include "discord/cache/guild_cache.hpp"
#include "discord/gateway/dispatch.hpp"
#include "discord/model/event_reader.hpp"

namespace guildhall::bot {

class Components;
class CustomCommands;
class GuildTable;
class Interactions;
class Session;

/// What handlers of events work with.
struct EventContext {
  discord::EventReader& reader;
  discord::GuildCache& cache;
  GuildTable& guilds;
  CustomCommands& custom;
  Components& components;
  Interactions& interactions;
  Session& session;
};

/// What is done about an event of the gateway. Runs on the bot's event loop, must be quick and must not throw for what
/// Discord sends; data that is no such event is passed over.
struct EventHandler {
  std::string_view name;  ///< `MESSAGE_CREATE`
  void (*handle)(EventContext& context, const discord::Dispatch& dispatch);
};

}  // namespace guildhall::bot
