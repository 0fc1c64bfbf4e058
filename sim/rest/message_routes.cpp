#include "sim/rest/message_routes.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "sim/answers.hpp"
#include "sim/objects/message.hpp"
#include "sim/objects/user.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/message_page.hpp"
#include "sim/rest/message_writer.hpp"
#include "sim/rest/thread_activity.hpp"

namespace guildhall::sim {
namespace {

/// Discord remembers a nonce for "a few minutes".
constexpr std::chrono::minutes nonce_memory{5};

/// The message in the path, if it is visible to the bot.
Message& find_message(const ApiCall& call, const BotChannel& in) {
  Message* message = call.sim.messages.find(in.channel->id, path_id<MessageId>(call, "message_id"));
  if (message == nullptr || message->ephemeral()) throw unknown_message();
  return *message;
}

/// A recent message of the bot with this nonce.
const Message* find_by_nonce(const Simulation& sim, ChannelId channel, const boost::json::value& nonce) {
  const auto& messages = sim.messages.of(channel);
  const auto since = sim.clock().now() - nonce_memory;
  for (auto at = messages.rbegin(); at != messages.rend() && at->created >= since; ++at) {
    if (at->author == sim.world.application.bot_user_id() && at->nonce == nonce) return &*at;
  }
  return nullptr;
}

/// Throws where nobody, or not the bot, can write.
void check_writable(const BotChannel& in) {
  const ChannelType type = in.channel->type;
  if (holds_posts(type) || type == ChannelType::guild_category) {
    throw DiscordError{400, 50008, "Cannot send messages in a non-text channel"};
  }
  const auto& thread = in.channel->thread;
  if (thread && thread->archived && thread->locked && !in.permissions.has(manage_threads)) {
    throw DiscordError{400, 50083, "Thread is archived"};
  }
}

/// Removes a reference to a missing message, or throws if `fail_if_not_exists` is set.
void check_reference(const ApiCall& call, const BotChannel& in, MessageForm& form) {
  if (!form.reference) return;
  if (!in.permissions.has(read_message_history)) {
    throw DiscordError{403, 160002, "Cannot reply without permission to read message history"};
  }
  const ReferenceForm& reference = *form.reference;
  const Message* original = call.sim.messages.find(reference.channel.value_or(in.channel->id), reference.message);
  if (original != nullptr && original->channel == in.channel->id && !original->ephemeral()) return;
  // Messages of a flood are not stored.
  if (call.sim.gateway.floods.has_sent(reference.message)) return;
  if (!reference.fail_if_not_exists) {
    form.reference.reset();
    return;
  }
  throw invalid_form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
}

bool by_bot(const ApiCall& call, const Message& message) {
  return message.author == call.sim.world.application.bot_user_id() && !message.webhook;
}

}  // namespace

net::Response message_answer(const ApiCall& call, const Message& message) {
  return json_answer(200, message_response(call.sim.world, call.sim.messages, message));
}

net::Response list_messages(const ApiCall& call) {
  const auto in = open_channel(call);
  const auto page = parse_message_page(call.query);
  boost::json::array list;
  // Without READ_MESSAGE_HISTORY the list is empty.
  if (in.permissions.has(read_message_history)) {
    for (const Message* message : select(call.sim.messages.of(in.channel->id), page)) {
      list.push_back(message_response(call.sim.world, call.sim.messages, *message));
    }
  }
  return json_answer(200, list);
}

net::Response create_message(const ApiCall& call) {
  const auto now = std::chrono::steady_clock::now();
  const auto in = open_channel(call, send_messages);
  check_writable(in);
  auto form = read_message_create(call);
  if (!form.shows_something()) throw empty_message();
  if (form.embeds && !form.embeds->empty() && !in.permissions.has(embed_links)) throw missing_permissions();
  if (form.reference) call.sim.gateway.floods.answered(form.reference->message, now);
  if (form.enforce_nonce && !form.nonce.is_null()) {
    const Message* known = find_by_nonce(call.sim, in.channel->id, form.nonce);
    if (known != nullptr) return message_answer(call, *known);
  }
  check_reference(call, in, form);
  auto message = compose_message(call.sim, *in.channel, in.permissions, std::move(form));
  check_shows_something(message);
  return message_answer(call, post_message(call.sim, std::move(message)));
}

net::Response get_message(const ApiCall& call) {
  const auto in = open_channel(call, read_message_history);
  return message_answer(call, find_message(call, in));
}

net::Response change_message(const ApiCall& call) {
  const auto in = open_channel(call);
  Message& message = find_message(call, in);
  if (!by_bot(call, message) || message.type == MessageType::pinned_message) {
    throw DiscordError{403, 50005, "Cannot edit a message authored by another user"};
  }
  edit_message(call.sim, message, in.permissions, read_message_edit(call, message));
  return message_answer(call, message);
}

net::Response delete_messages(const ApiCall& call) {
  constexpr std::chrono::hours max_age{14 * 24};
  constexpr Bounds count{2, 100};
  const auto in = open_channel(call, manage_messages);
  if (in.guild == nullptr) throw DiscordError{400, 50003, "Cannot execute action on a DM channel"};
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  form.require("messages");
  const auto ids = form.snowflakes<MessageId>("messages", count);
  problems.throw_if_any();
  const auto oldest = call.sim.clock().now() - max_age;
  for (const MessageId id : ids) {
    if (time_of(id.value()) < oldest) {
      throw DiscordError{400, 50034, "You can only bulk delete messages that are under 14 days old."};
    }
  }
  std::vector<Message> gone;
  for (const MessageId id : ids) {
    const Message* message = call.sim.messages.find(in.channel->id, id);
    if (message == nullptr || message->ephemeral()) continue;
    gone.push_back(*message);
    call.sim.messages.remove(in.channel->id, id);
  }
  note_messages_removed(call.sim, in.channel->id, static_cast<int>(gone.size()));
  call.sim.feed.messages_deleted(gone);
  return no_content();
}

net::Response delete_message(const ApiCall& call) {
  const auto in = open_channel(call);
  Message& message = find_message(call, in);
  if (!by_bot(call, message) && !in.permissions.has(manage_messages)) throw missing_permissions();
  remove_message(call.sim, message);
  return no_content();
}

}  // namespace guildhall::sim
