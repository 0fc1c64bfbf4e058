#include "sim/rest/reaction_routes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>

#include "net/form.hpp"
#include "sim/answers.hpp"
#include "sim/objects/user.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {
namespace {

using boost::json::object;

constexpr std::size_t reactions_per_message = 20;
constexpr std::size_t users_per_page = 100;

/// The message in the path, which the bot may see.
Message& open_reacted_message(const ApiCall& call, Permissions needed) {
  const auto in = open_channel(call, needed);
  Message* message = call.sim.messages.find(in.channel->id, path_id<MessageId>(call, "message_id"));
  if (message == nullptr || message->ephemeral()) throw unknown_message();
  return *message;
}

object emoji_in_path(const ApiCall& call) {
  return find_emoji(call.sim.world, net::decode_component(call.params["emoji"]).value_or(""));
}

/// Two emojis are the same by id, or by name where they have none: an emoji may have got another name.
auto find_reaction(Message& message, const object& emoji) {
  return std::find_if(message.reactions.begin(), message.reactions.end(), [&](const Reaction& one) {
    return one.emoji.at("id") == emoji.at("id") &&
           (!emoji.at("id").is_null() || one.emoji.at("name") == emoji.at("name"));
  });
}

object reaction_data(UserId user, const object& emoji) {
  return {{"user_id", user.to_string()}, {"emoji", emoji}, {"burst", false}, {"type", 0}};
}

}  // namespace

object find_emoji(const World& world, std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) {
    const bool unicode = std::any_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) < 0; });
    if (!unicode) throw unknown_emoji();
    return {{"id", nullptr}, {"name", text}};
  }
  const auto id = EmojiId::parse(text.substr(colon + 1));
  for (const Guild* guild : world.guilds_of_bot()) {
    const auto found = id ? guild->emojis.find(*id) : guild->emojis.end();
    if (found == guild->emojis.end()) continue;
    object emoji{{"id", id->to_string()}, {"name", found->second.name}};
    if (found->second.animated) emoji["animated"] = true;
    return emoji;
  }
  throw unknown_emoji();
}

bool react(Simulation& sim, Message& message, const object& emoji, UserId user) {
  auto reaction = find_reaction(message, emoji);
  if (reaction == message.reactions.end()) {
    if (message.reactions.size() >= reactions_per_message) {
      throw DiscordError{400, 30010, "Maximum number of reactions reached (20)"};
    }
    message.reactions.push_back({emoji, {}});
    reaction = message.reactions.end() - 1;
  }
  auto& users = reaction->users;
  if (std::find(users.begin(), users.end(), user) != users.end()) return false;
  users.push_back(user);
  sim.feed.reactions_changed("MESSAGE_REACTION_ADD", message, reaction_data(user, emoji));
  return true;
}

bool take_reaction_back(Simulation& sim, Message& message, const object& emoji, UserId user) {
  const auto reaction = find_reaction(message, emoji);
  if (reaction == message.reactions.end() || std::erase(reaction->users, user) == 0) return false;
  if (reaction->users.empty()) message.reactions.erase(reaction);
  sim.feed.reactions_changed("MESSAGE_REACTION_REMOVE", message, reaction_data(user, emoji));
  return true;
}

net::Response add_own_reaction(const ApiCall& call) {
  Message& message = open_reacted_message(call, read_message_history);
  const auto emoji = emoji_in_path(call);
  // Anybody may join those who have reacted.
  const bool fresh = find_reaction(message, emoji) == message.reactions.end();
  if (fresh) (void)open_channel(call, add_reactions);
  react(call.sim, message, emoji, call.sim.world.application.bot_user_id());
  return no_content();
}

net::Response remove_own_reaction(const ApiCall& call) {
  Message& message = open_reacted_message(call, {});
  take_reaction_back(call.sim, message, emoji_in_path(call), call.sim.world.application.bot_user_id());
  return no_content();
}

net::Response remove_reaction(const ApiCall& call) {
  const auto user = path_id<UserId>(call, "user_id");
  const bool own = user == call.sim.world.application.bot_user_id();
  Message& message = open_reacted_message(call, own ? Permissions{} : manage_messages);
  take_reaction_back(call.sim, message, emoji_in_path(call), user);
  return no_content();
}

net::Response list_reactions(const ApiCall& call) {
  Message& message = open_reacted_message(call, {});
  const auto emoji = emoji_in_path(call);
  const auto limit = parse_limit(call.query, 25, users_per_page);
  const auto after = parse_snowflake<UserId>(call.query, "after").value_or(UserId{0});
  boost::json::array list;
  const auto reaction = find_reaction(message, emoji);
  if (reaction == message.reactions.end() || net::find_field(call.query, "type") == "1") return json_answer(200, list);
  auto users = reaction->users;
  std::sort(users.begin(), users.end());
  for (const UserId user : users) {
    if (user > after && list.size() < limit) list.push_back(user_response(call.sim.world, user));
  }
  return json_answer(200, list);
}

net::Response clear_reactions(const ApiCall& call) {
  Message& message = open_reacted_message(call, manage_messages);
  message.reactions.clear();
  call.sim.feed.reactions_changed("MESSAGE_REACTION_REMOVE_ALL", message, {});
  return no_content();
}

net::Response clear_emoji_reactions(const ApiCall& call) {
  Message& message = open_reacted_message(call, manage_messages);
  const auto emoji = emoji_in_path(call);
  const auto reaction = find_reaction(message, emoji);
  if (reaction != message.reactions.end()) message.reactions.erase(reaction);
  call.sim.feed.reactions_changed("MESSAGE_REACTION_REMOVE_EMOJI", message, {{"emoji", emoji}});
  return no_content();
}

}  // namespace guildhall::sim
