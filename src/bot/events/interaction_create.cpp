#include "bot/commands/interactions.hpp"
#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"

namespace guildhall::bot {

void interaction_create(EventContext& context, const discord::Dispatch& dispatch) {
  const auto event = parse_event(dispatch);
  if (!event) return;
  auto interaction = discord::parse_slash_interaction(*event);
  if (interaction) context.interactions.on_slash_command(std::move(*interaction));
}

}  // namespace guildhall::bot
