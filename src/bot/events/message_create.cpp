#include "bot/custom/custom_commands.hpp"
#include "bot/events/registry.hpp"

namespace guildhall::bot {

void message_create(EventContext& context, const discord::Dispatch& dispatch) {
  if (const auto message = context.reader.message(dispatch.data)) context.custom.on_message(*message, dispatch.place());
}

}  // namespace guildhall::bot
