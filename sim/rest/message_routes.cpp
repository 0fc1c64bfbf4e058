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

/// For how long Discord remembers a nonce: "a few minutes".
constexpr std::chrono::minutes nonce_memory{5};

net::Response message_answer(const ApiCall& call, const Message& message) {
  return json_answer(200, message_response(call.sim.world, call.sim.messages, message));
}

/// The message that the path names, if the bot may see it.
DiscordResult<Message*> find_message(const ApiCall& call, const BotChannel& in) {
  const auto id = path_id<MessageId>(call, "message_id");
  if (!id) return id.error();
  Message* message = call.sim.messages.find(in.channel->id, *id);
  if (message == nullptr || message->ephemeral()) return unknown_message();
  return message;
}

/// A message of the bot that was created with this nonce a short while ago.
const Message* find_by_nonce(const Simulation& sim, ChannelId channel, const boost::json::value& nonce) {
  const auto& messages = sim.messages.of(channel);
  const auto since = sim.clock().now() - nonce_memory;
  for (auto at = messages.rbegin(); at != messages.rend() && at->created >= since; ++at) {
    if (at->author == sim.world.application.bot_user_id() && at->nonce == nonce) return &*at;
  }
  return nullptr;
}

/// Takes the reference off where its message is gone and the bot does not insist; refuses it where it does.
DiscordResult<void> check_reference(const ApiCall& call, const BotChannel& in, MessageForm& form) {
  if (!form.reference) return {};
  if (!in.permissions.has(read_message_history)) {
    return DiscordError{403, 160002, "Cannot reply without permission to read message history"};
  }
  const ReferenceForm& reference = *form.reference;
  const Message* original = call.sim.messages.find(reference.channel.value_or(in.channel->id), reference.message);
  if (original != nullptr && original->channel == in.channel->id && !original->ephemeral()) return {};
  // No channel keeps these, but they were said.
  if (call.sim.gateway.floods.has_sent(reference.message)) return {};
  if (!reference.fail_if_not_exists) {
    form.reference.reset();
    return {};
  }
  return invalid_form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
}

bool by_bot(const ApiCall& call, const Message& message) {
  return message.author == call.sim.world.application.bot_user_id() && !message.webhook;
}

}  // namespace

net::Response list_messages(const ApiCall& call) {
  const auto in = open_channel(call);
  if (!in) return answer(in.error());
  const auto page = parse_message_page(call.query);
  if (!page) return answer(page.error());
  boost::json::array list;
  // Without the right to read what was, there is nothing to read.
  if (in->permissions.has(read_message_history)) {
    for (const Message* message : select(call.sim.messages.of(in->channel->id), *page)) {
      list.push_back(message_response(call.sim.world, call.sim.messages, *message));
    }
  }
  return json_answer(200, list);
}

net::Response create_message(const ApiCall& call) {
  const auto now = std::chrono::steady_clock::now();
  const auto in = open_channel(call, send_messages);
  if (!in) return answer(in.error());
  const auto body = parse_form_body(call.request.body);
  if (!body) return answer(body.error());
  FormProblems problems;
  auto form = read_message_create(*body, problems);
  if (!problems.empty()) return answer(problems.error());
  if (!form.shows_something()) return answer(empty_message());
  if (form.reference) call.sim.gateway.floods.answered(form.reference->message, now);
  if (form.enforce_nonce && !form.nonce.is_null()) {
    const Message* known = find_by_nonce(call.sim, in->channel->id, form.nonce);
    if (known != nullptr) return message_answer(call, *known);
  }
  if (const auto sound = check_reference(call, *in, form); !sound) return answer(sound.error());
  auto message = compose_message(call.sim, *in->channel, in->permissions, std::move(form));
  if (message.content.empty() && message.embeds.empty() && message.components.empty()) return answer(empty_message());
  return message_answer(call, post_message(call.sim, std::move(message)));
}

net::Response get_message(const ApiCall& call) {
  const auto in = open_channel(call, read_message_history);
  if (!in) return answer(in.error());
  const auto message = find_message(call, *in);
  if (!message) return answer(message.error());
  return message_answer(call, **message);
}

net::Response change_message(const ApiCall& call) {
  const auto in = open_channel(call);
  if (!in) return answer(in.error());
  const auto message = find_message(call, *in);
  if (!message) return answer(message.error());
  if (!by_bot(call, **message)) {
    return answer(DiscordError{403, 50005, "Cannot edit a message authored by another user"});
  }
  const auto body = parse_form_body(call.request.body);
  if (!body) return answer(body.error());
  FormProblems problems;
  auto form = read_message_edit(*body, problems);
  if (!problems.empty()) return answer(problems.error());
  const auto edited = edit_message(call.sim, **message, in->permissions, std::move(form));
  if (!edited) return answer(edited.error());
  return message_answer(call, **message);
}

net::Response delete_message(const ApiCall& call) {
  const auto in = open_channel(call);
  if (!in) return answer(in.error());
  const auto message = find_message(call, *in);
  if (!message) return answer(message.error());
  if (!by_bot(call, **message) && !in->permissions.has(manage_messages)) return answer(missing_permissions());
  remove_message(call.sim, **message);
  return no_content();
}

}  // namespace guildhall::sim
