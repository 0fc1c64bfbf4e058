#include "bot/events/registry.hpp"
#include "bot/run/message_commands.hpp"

namespace guildhall::bot {

void message_create(EventContext& context, const discord::Dispatch& dispatch) {
  if (const auto message = context.reader.message(dispatch.data))
    context.messages.on_message(*message, dispatch.position());
}

/// Also sent when Discord adds a preview of a link; then nobody has edited the message.
void message_update(EventContext& context, const discord::Dispatch& dispatch) {
  const auto edited = context.reader.edited_at(dispatch.data);
  if (!edited) return;
  if (const auto message = context.reader.message(dispatch.data))
    context.messages.on_edit(*message, *edited, dispatch.position());
}

}  // namespace guildhall::bot
