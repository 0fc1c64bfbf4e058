#include "sim/rest/message_routes.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "sim/answers.hpp"
#include "sim/objects/message.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/message_page.hpp"
#include "sim/rest/message_writer.hpp"

namespace guildhall::sim {
namespace {

/// Discord remembers a nonce for "a few minutes".
constexpr std::chrono::minutes nonce_memory{5};

net::Response message_answer(const ApiCall& call, const Message& message) {
  return json_answer(200, message_response(call.sim.world, call.sim.messages, message));
}

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
  FormProblems problems;
  auto form = read_message_create(parse_form_body(call.request.body), problems);
  problems.throw_if_any();
  if (!form.shows_something()) throw empty_message();
  if (form.reference) call.sim.gateway.floods.answered(form.reference->message, now);
  if (form.enforce_nonce && !form.nonce.is_null()) {
    const Message* known = find_by_nonce(call.sim, in.channel->id, form.nonce);
    if (known != nullptr) return message_answer(call, *known);
  }
  check_reference(call, in, form);
  auto message = compose_message(call.sim, *in.channel, in.permissions, std::move(form));
  if (message.content.empty() && message.embeds.empty() && message.components.empty()) throw empty_message();
  return message_answer(call, post_message(call.sim, std::move(message)));
}

net::Response get_message(const ApiCall& call) {
  const auto in = open_channel(call, read_message_history);
  return message_answer(call, find_message(call, in));
}

net::Response change_message(const ApiCall& call) {
  const auto in = open_channel(call);
  Message& message = find_message(call, in);
  if (!by_bot(call, message)) {
    throw DiscordError{403, 50005, "Cannot edit a message authored by another user"};
  }
  FormProblems problems;
  auto form = read_message_edit(parse_form_body(call.request.body), problems);
  problems.throw_if_any();
  edit_message(call.sim, message, in.permissions, std::move(form));
  return message_answer(call, message);
}

net::Response delete_message(const ApiCall& call) {
  const auto in = open_channel(call);
  Message& message = find_message(call, in);
  if (!by_bot(call, message) && !in.permissions.has(manage_messages)) throw missing_permissions();
  remove_message(call.sim, message);
  return no_content();
}

}  // namespace guildhall::sim
