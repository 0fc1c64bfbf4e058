#include "sim/rest/thread_routes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <functional>
#include <utility>
#include <vector>

#include "sim/answers.hpp"
#include "sim/gateway/address.hpp"
#include "sim/objects/channel.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/message.hpp"
#include "sim/objects/user.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/channel_form.hpp"
#include "sim/rest/guild_change.hpp"
#include "sim/rest/hierarchy.hpp"
#include "sim/rest/message_writer.hpp"
#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {
namespace {

constexpr Bounds thread_name_length{1, 100};
constexpr std::size_t threads_per_page = 100;

DiscordError wrong_channel_type() { return {400, 50024, "Cannot execute action on this channel type"}; }

/// A channel of a guild that may have threads.
BotChannel open_parent(const ApiCall& call, Permissions needed) {
  const auto in = open_channel(call, needed);
  const bool has_threads =
      in.guild != nullptr && (in.channel->type == ChannelType::guild_text ||
                              in.channel->type == ChannelType::guild_announcement || holds_posts(in.channel->type));
  if (!has_threads) throw wrong_channel_type();
  return in;
}

/// A thread of this channel, with the bot in it.
Channel new_thread(const ApiCall& call, const Channel& parent, ChannelType type) {
  const auto now = call.sim.clock().now();
  const UserId bot = call.sim.world.application.bot_user_id();
  Channel thread;
  thread.guild = parent.guild;
  thread.parent = parent.id;
  thread.type = type;
  thread.thread = Thread{.owner = bot, .archive_changed = now, .created = now, .members = {{bot, now}}};
  if (const auto* minutes = parent.settings.if_contains("default_auto_archive_duration")) {
    thread.thread->auto_archive_duration = static_cast<int>(minutes->as_int64());
  }
  return thread;
}

ChannelType public_thread_of(const Channel& parent) {
  return parent.type == ChannelType::guild_announcement ? ChannelType::announcement_thread : ChannelType::public_thread;
}

void place_thread(Simulation& sim, const Channel& thread) {
  change_guild(sim, *thread.guild, [&](Guild& guild) { guild.threads.emplace(thread.id, thread); });
}

/// A message that Discord itself writes for the bot.
Message system_message(const ApiCall& call, MessageType type, ChannelId channel, GuildId guild) {
  Message message;
  message.id = MessageId{call.sim.new_snowflake()};
  message.channel = channel;
  message.guild = guild;
  message.author = call.sim.world.application.bot_user_id();
  message.type = type;
  message.created = call.sim.clock().now();
  return message;
}

/// A thread in the path, which is not archived.
BotChannel open_thread(const ApiCall& call, Permissions needed = {}) {
  const auto in = open_channel(call, needed);
  if (!in.channel->thread) throw wrong_channel_type();
  return in;
}

void check_not_archived(const BotChannel& in) {
  if (in.channel->thread->archived) throw DiscordError{400, 50083, "Thread is archived"};
}

net::Response change_members(const ApiCall& call, const BotChannel& in, UserId user, bool joins) {
  const auto now = call.sim.clock().now();
  change_guild(call.sim, in.guild->id, [&, id = in.channel->id](Guild& guild) {
    auto& members = guild.threads.at(id).thread->members;
    if (joins) {
      members.emplace(user, now);
    } else {
      members.erase(user);
    }
  });
  return no_content();
}

template <class Wanted>
net::Response archived_threads(const ApiCall& call, const BotChannel& in, Wanted wanted, bool by_id) {
  const auto limit = parse_limit(call.query, threads_per_page / 2, threads_per_page);
  std::optional<base::Timestamp> before_time;
  std::optional<ChannelId> before_id;
  if (by_id) {
    before_id = parse_snowflake<ChannelId>(call.query, "before");
  } else if (const auto text = net::find_field(call.query, "before")) {
    before_time = parse_discord_time(*text);
    if (!before_time) throw invalid_form("before", "DATE_TIME_TYPE_PARSE", "Could not parse the time.");
  }
  std::vector<const Channel*> found;
  for (const auto& [id, thread] : in.guild->threads) {
    const bool here = thread.parent == in.channel->id && thread.thread->archived && wanted(thread);
    if (!here || (before_id && id >= *before_id)) continue;
    if (before_time && thread.thread->archive_changed >= *before_time) continue;
    found.push_back(&thread);
  }
  std::sort(found.begin(), found.end(), [by_id](const Channel* a, const Channel* b) {
    if (by_id || a->thread->archive_changed == b->thread->archive_changed) return a->id > b->id;
    return a->thread->archive_changed > b->thread->archive_changed;
  });
  const bool more = found.size() > limit;
  if (more) found.resize(limit);
  boost::json::array threads;
  boost::json::array members;
  for (const Channel* thread : found) {
    threads.push_back(thread_response(call.sim.world, *thread));
    if (const auto* member = threads.back().as_object().if_contains("member")) members.push_back(*member);
  }
  return json_answer(200, {{"threads", std::move(threads)}, {"members", std::move(members)}, {"has_more", more}});
}

bool is_private(const Channel& thread) { return thread.type == ChannelType::private_thread; }

net::Response create_forum_post(const ApiCall& call, const BotChannel& in) {
  auto body = read_body(call);
  FormProblems problems;
  FormReader form(body.fields, problems);
  auto thread = new_thread(call, *in.channel, ChannelType::public_thread);
  thread.name = form.required_text("name", thread_name_length);
  read_thread_settings(form, thread);
  form.require("message");
  static const boost::json::object none;
  const auto* given = form.find("message");
  const auto& fields = given != nullptr && given->is_object() ? given->get_object() : none;
  auto message_form = read_message_create(fields, problems, {"message"});
  problems.throw_if_any();
  message_form.files.uploads = std::move(body.uploads);
  message_form.files.origin = origin_of(call.request);
  auto message = compose_message(call.sim, *in.channel, in.permissions, std::move(message_form));
  check_shows_something(message);
  const Message& posted = create_post(call.sim, *in.channel, std::move(thread), std::move(message));
  auto response = thread_response(call.sim.world, *call.sim.world.find_channel(posted.channel));
  response["message"] = message_response(call.sim.world, call.sim.messages, posted);
  return json_answer(201, response);
}

}  // namespace

const Message& create_post(Simulation& sim, const Channel& forum, Channel&& thread, Message&& message) {
  thread.id = ChannelId{message.id.value()};
  thread.parent = forum.id;
  message.channel = thread.id;
  place_thread(sim, thread);
  return post_message(sim, std::move(message));
}

net::Response create_thread_from_message(const ApiCall& call) {
  const auto in = open_parent(call, create_public_threads);
  const auto id = path_id<MessageId>(call, "message_id");
  const Message* found = call.sim.messages.find(in.channel->id, id);
  if (found == nullptr || found->ephemeral()) throw unknown_message();
  if ((found->flags & has_thread_flag) != 0) {
    throw DiscordError{400, 160004, "A thread has already been created for this message"};
  }
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  auto thread = new_thread(call, *in.channel, public_thread_of(*in.channel));
  thread.id = ChannelId{id.value()};
  thread.name = form.required_text("name", thread_name_length);
  read_thread_settings(form, thread);
  problems.throw_if_any();
  place_thread(call.sim, thread);
  Message& starter = *call.sim.messages.find(*thread.parent, id);
  starter.flags |= has_thread_flag;
  call.sim.feed.message_updated(starter);
  auto first = system_message(call, MessageType::thread_starter_message, thread.id, *thread.guild);
  first.reference = MessageReference{id, *thread.parent, thread.guild};
  post_message(call.sim, std::move(first));
  return json_answer(201, thread_response(call.sim.world, *call.sim.world.find_channel(thread.id)));
}

net::Response create_thread(const ApiCall& call) {
  const auto in = open_parent(call, {});
  if (holds_posts(in.channel->type)) return create_forum_post(call, open_parent(call, send_messages));
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  const auto type = form.integer("type", {10, 12}).value_or(12);
  auto thread = new_thread(call, *in.channel, static_cast<ChannelType>(type));
  thread.name = form.required_text("name", thread_name_length);
  read_thread_settings(form, thread);
  problems.throw_if_any();
  if (!is_private(thread) && thread.type != public_thread_of(*in.channel)) throw wrong_channel_type();
  if (!in.permissions.has(is_private(thread) ? create_private_threads : create_public_threads)) {
    throw missing_permissions();
  }
  thread.id = ChannelId{call.sim.new_snowflake()};
  place_thread(call.sim, thread);
  if (!is_private(thread)) {
    auto told = system_message(call, MessageType::thread_created, *thread.parent, *thread.guild);
    told.content = thread.name;
    told.reference = MessageReference{std::nullopt, thread.id, thread.guild};
    post_message(call.sim, std::move(told));
  }
  return json_answer(201, thread_response(call.sim.world, *call.sim.world.find_channel(thread.id)));
}

net::Response join_thread(const ApiCall& call) {
  const auto in = open_thread(call);
  check_not_archived(in);
  return change_members(call, in, call.sim.world.application.bot_user_id(), true);
}

net::Response leave_thread(const ApiCall& call) {
  const auto in = open_thread(call);
  check_not_archived(in);
  return change_members(call, in, call.sim.world.application.bot_user_id(), false);
}

net::Response add_thread_member(const ApiCall& call) {
  const auto in = open_thread(call, send_messages);
  check_not_archived(in);
  const auto user = path_id<UserId>(call, "user_id");
  if (find_member(call.sim.world, *in.guild, user) == nullptr) throw unknown_member();
  return change_members(call, in, user, true);
}

net::Response remove_thread_member(const ApiCall& call) {
  const auto in = open_thread(call);
  check_not_archived(in);
  const bool own = is_private(*in.channel) && in.channel->thread->owner == call.sim.world.application.bot_user_id();
  if (!own && !in.permissions.has(manage_threads)) throw missing_permissions();
  return change_members(call, in, path_id<UserId>(call, "user_id"), false);
}

net::Response get_thread_member(const ApiCall& call) {
  const auto in = open_thread(call);
  const bool own = call.params["user_id"] == "@me";
  const auto user = own ? call.sim.world.application.bot_user_id() : path_id<UserId>(call, "user_id");
  if (!in.channel->thread->members.contains(user)) throw unknown_member();
  const Guild* guild = parse_flag(call.query, "with_member") ? in.guild : nullptr;
  return json_answer(200, thread_member_response(call.sim.world, *in.channel, user, guild));
}

net::Response list_thread_members(const ApiCall& call) {
  const auto in = open_thread(call);
  const Guild* guild = parse_flag(call.query, "with_member") ? in.guild : nullptr;
  const auto limit = parse_limit(call.query, threads_per_page, threads_per_page);
  const auto after = parse_snowflake<UserId>(call.query, "after").value_or(UserId{0});
  boost::json::array members;
  for (const auto& [user, joined] : in.channel->thread->members) {
    if (user <= after || (guild != nullptr && members.size() == limit)) continue;
    members.push_back(thread_member_response(call.sim.world, *in.channel, user, guild));
  }
  return json_answer(200, members);
}

net::Response list_public_archived_threads(const ApiCall& call) {
  return archived_threads(call, open_parent(call, read_message_history), std::not_fn(is_private), false);
}

net::Response list_private_archived_threads(const ApiCall& call) {
  return archived_threads(call, open_parent(call, read_message_history | manage_threads), is_private, false);
}

net::Response list_joined_archived_threads(const ApiCall& call) {
  const UserId bot = call.sim.world.application.bot_user_id();
  const auto joined = [bot](const Channel& thread) {
    return is_private(thread) && thread.thread->members.contains(bot);
  };
  return archived_threads(call, open_parent(call, read_message_history), joined, true);
}

}  // namespace guildhall::sim
