#include "bot/events/registry.hpp"
#include "bot/run/message_commands.hpp"

namespace guildhall::bot {

void message_create(EventContext& context, const discord::Dispatch& dispatch) {
  if (const auto message = context.reader.message(dispatch.data))
    context.messages.on_message(*message, dispatch.position());
}

}  // namespace guildhall::bot
