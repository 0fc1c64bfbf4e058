#include "bot/commands/slash_commands.hpp"
#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"
#include "bot/run/component_interactions.hpp"
#include "discord/model/interaction.hpp"

namespace guildhall::bot {

void interaction_create(EventContext& context, const discord::Dispatch& dispatch) {
  auto event = parse_event(dispatch);
  if (!event) return;
  if (auto slash = discord::parse_slash_interaction(*event)) {
    context.slash_commands.on_slash_command(std::move(*slash));
  } else if (auto component = discord::parse_component_interaction(std::move(*event))) {
    context.components.on_component(std::move(*component), dispatch.position());
  }
}

}  // namespace guildhall::bot
