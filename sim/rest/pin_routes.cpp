#include "sim/rest/pin_routes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>
#include <vector>

#include "sim/answers.hpp"
#include "sim/objects/message.hpp"
#include "sim/objects/user.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/message_writer.hpp"
#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t pins_per_channel = 250;
constexpr std::size_t pins_per_page = 50;

/// Newest pin first.
std::vector<const Message*> pins_of(const Simulation& sim, ChannelId channel) {
  std::vector<const Message*> pins;
  for (const Message& message : sim.messages.of(channel)) {
    if (message.pinned) pins.push_back(&message);
  }
  std::sort(pins.begin(), pins.end(), [](const Message* a, const Message* b) {
    return std::pair(*a->pinned, a->id) > std::pair(*b->pinned, b->id);
  });
  return pins;
}

/// Without READ_MESSAGE_HISTORY the list is empty.
std::vector<const Message*> visible_pins(const ApiCall& call) {
  const auto in = open_channel(call);
  if (!in.permissions.has(read_message_history)) return {};
  return pins_of(call.sim, in.channel->id);
}

Message& open_pin(const ApiCall& call) {
  const auto in = open_channel(call, pin_messages);
  Message* message = call.sim.messages.find(in.channel->id, path_id<MessageId>(call, "message_id"));
  if (message == nullptr || message->ephemeral()) throw unknown_message();
  return *message;
}

void publish_pin_change(Simulation& sim, const Message& message) {
  sim.feed.message_updated(message);
  const auto pins = pins_of(sim, message.channel);
  const auto last = pins.empty() ? std::nullopt : pins.front()->pinned;
  sim.feed.pins_changed(*sim.world.find_channel(message.channel), last);
}

}  // namespace

net::Response list_pins(const ApiCall& call) {
  const auto limit = parse_limit(call.query, pins_per_page, pins_per_page);
  std::optional<base::Timestamp> before;
  if (const auto text = net::find_field(call.query, "before")) {
    before = parse_discord_time(*text);
    if (!before) throw invalid_form("before", "DATE_TIME_TYPE_PARSE", "Could not parse the time.");
  }
  boost::json::array items;
  bool more = false;
  for (const Message* message : visible_pins(call)) {
    if (before && *message->pinned >= *before) continue;
    more = items.size() == limit;
    if (more) break;
    items.push_back({{"pinned_at", to_discord_time(*message->pinned)},
                     {"message", message_response(call.sim.world, call.sim.messages, *message)}});
  }
  return json_answer(200, {{"items", std::move(items)}, {"has_more", more}});
}

net::Response list_pinned_messages(const ApiCall& call) {
  boost::json::array messages;
  for (const Message* message : visible_pins(call)) {
    if (messages.size() == pins_per_page) break;
    messages.push_back(message_response(call.sim.world, call.sim.messages, *message));
  }
  return json_answer(200, messages);
}

net::Response pin_message(const ApiCall& call) {
  Message& message = open_pin(call);
  if (message.pinned) return no_content();
  if (pins_of(call.sim, message.channel).size() >= pins_per_channel) {
    throw DiscordError{400, 30003, "Maximum number of pins reached (250)"};
  }
  message.pinned = call.sim.clock().now();
  publish_pin_change(call.sim, message);
  Message told;
  told.id = MessageId{call.sim.new_snowflake()};
  told.channel = message.channel;
  told.guild = message.guild;
  told.author = call.sim.world.application.bot_user_id();
  told.type = MessageType::pinned_message;
  told.reference = MessageReference{message.id, message.channel, message.guild};
  told.created = call.sim.clock().now();
  post_message(call.sim, std::move(told));
  return no_content();
}

net::Response unpin_message(const ApiCall& call) {
  Message& message = open_pin(call);
  if (!message.pinned) return no_content();
  message.pinned.reset();
  publish_pin_change(call.sim, message);
  return no_content();
}

}  // namespace guildhall::sim
