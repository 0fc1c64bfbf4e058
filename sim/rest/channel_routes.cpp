#include "sim/rest/channel_routes.hpp"

#include <algorithm>
#include <utility>

#include "sim/answers.hpp"
#include "sim/objects/channel.hpp"
#include "sim/objects/guild.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/channel_form.hpp"
#include "sim/rest/form_reader.hpp"
#include "sim/rest/guild_change.hpp"

namespace guildhall::sim {
namespace {

DiscordError invalid_recipients() { return {400, 50033, "Invalid Recipient(s)"}; }

boost::json::object shown_channel(const Simulation& sim, const Channel& channel) {
  auto response = channel_response(sim.world, channel);
  const auto& messages = sim.messages.of(channel.id);
  if (!messages.empty()) response["last_message_id"] = messages.back().id.to_string();
  if (channel.thread && channel.thread->members.contains(sim.world.application.bot_user_id())) {
    response["member"] = thread_response(sim.world, channel).at("member");
  }
  return response;
}

/// The channel of a guild in the path, for what direct messages do not have.
BotChannel open_guild_channel(const ApiCall& call, Permissions needed) {
  const auto in = open_channel(call, needed);
  if (in.guild == nullptr) throw DiscordError{400, 50003, "Cannot execute action on a DM channel"};
  return in;
}

/// Whether an archived thread may not be changed but by opening it.
void check_open(const Thread& thread, bool archived) {
  if (thread.archived && archived) throw DiscordError{400, 50083, "Thread is archived"};
}

void read_thread_change(FormReader& form, const ApiCall& call, const BotChannel& in, Channel& changed) {
  Thread& thread = *changed.thread;
  const bool manager = in.permissions.has(manage_threads);
  const bool own = thread.owner == call.sim.world.application.bot_user_id();
  const bool archived = form.boolean("archived", thread.archived);
  const bool locked = form.boolean("locked", thread.locked);
  check_open(thread, archived);
  const bool opens = thread.archived && !archived;
  if (!manager && !own && !(opens && !thread.locked && in.permissions.has(send_messages))) throw missing_permissions();
  if (locked != thread.locked && !manager) throw missing_permissions();
  if (opens && thread.locked && !manager) throw missing_permissions();
  if (archived != thread.archived) thread.archive_changed = call.sim.clock().now();
  thread.archived = archived;
  thread.locked = locked;
  if (auto name = form.text("name", {1, 100})) changed.name = std::move(*name);
  read_thread_settings(form, changed);
}

}  // namespace

net::Response get_channel(const ApiCall& call) {
  return json_answer(200, shown_channel(call.sim, *open_channel(call).channel));
}

net::Response trigger_typing(const ApiCall& call) {
  call.sim.feed.typing_started(*open_channel(call, send_messages).channel, call.sim.world.application.bot_user_id(),
                               call.sim.clock().now());
  return no_content();
}

net::Response create_direct_message(const ApiCall& call) {
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  form.require("recipient_id");
  const auto recipient = form.snowflake<UserId>("recipient_id");
  problems.throw_if_any();
  const auto opened = call.sim.world.open_direct_message(*recipient);
  if (!opened) throw invalid_recipients();
  return json_answer(200, shown_channel(call.sim, *call.sim.world.find_channel(*opened)));
}

net::Response change_channel(const ApiCall& call) {
  const bool thread = open_channel(call).channel->thread.has_value();
  const auto in = open_guild_channel(call, thread ? Permissions{} : manage_channels);
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  Channel changed = *in.channel;
  if (thread) {
    read_thread_change(form, call, in, changed);
  } else {
    if (form.mentions("permission_overwrites") && !in.permissions.has(manage_roles)) throw missing_permissions();
    read_channel(form, call.sim, *in.guild, changed);
  }
  problems.throw_if_any();
  const Guild& after = change_guild(call.sim, in.guild->id, [&](Guild& guild) {
    (thread ? guild.threads : guild.channels).at(changed.id) = changed;
  });
  return json_answer(200, shown_channel(call.sim, *after.find_channel(changed.id)));
}

net::Response delete_channel(const ApiCall& call) {
  const auto visible = open_channel(call);
  // "Deleting" a direct message closes it, and it can be opened again.
  if (visible.guild == nullptr) return json_answer(200, shown_channel(call.sim, *visible.channel));
  const auto in = open_guild_channel(call, visible.channel->thread ? manage_threads : manage_channels);
  const auto response = shown_channel(call.sim, *in.channel);
  if (!in.channel->thread && in.guild->channels.size() == 1) {
    throw DiscordError{400, 50074, "Cannot delete a channel required for Community guilds"};
  }
  change_guild(call.sim, in.guild->id, [id = in.channel->id](Guild& guild) {
    guild.channels.erase(id);
    guild.threads.erase(id);
  });
  return json_answer(200, response);
}

net::Response create_channel(const ApiCall& call) {
  constexpr std::size_t channels_per_guild = 500;
  const Guild& guild = open_guild(call, manage_channels);
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  Channel channel;
  form.require("name");
  for (const auto& [id, other] : guild.channels) channel.position = std::max(channel.position, other.position + 1);
  read_channel(form, call.sim, guild, channel);
  // Without overwrites of its own a channel takes those of its category.
  if (channel.parent && form.find("permission_overwrites") == nullptr && guild.channels.contains(*channel.parent)) {
    channel.overwrites = guild.channels.at(*channel.parent).overwrites;
  }
  problems.throw_if_any();
  if (guild.channels.size() >= channels_per_guild) {
    throw DiscordError{400, 30013, "Maximum number of guild channels reached (500)"};
  }
  channel.id = ChannelId{call.sim.new_snowflake()};
  const Guild& after =
      change_guild(call.sim, guild.id, [&](Guild& changed) { changed.channels.emplace(channel.id, channel); });
  return json_answer(201, shown_channel(call.sim, after.channels.at(channel.id)));
}

net::Response move_channels(const ApiCall& call) {
  const Guild& guild = open_guild(call, manage_channels);
  change_guild_by_list(call, guild, [](Guild& after, FormReader& form) {
    form.require("id");
    const auto id = form.snowflake<ChannelId>("id");
    if (!id) return;
    const auto found = after.channels.find(*id);
    if (found == after.channels.end()) throw unknown_channel();
    Channel& channel = found->second;
    if (const auto position = form.integer("position", {0, INT32_MAX})) {
      channel.position = static_cast<int>(*position);
    }
    if (!form.mentions("parent_id")) return;
    channel.parent = form.snowflake<ChannelId>("parent_id");
    const bool synced = form.boolean("lock_permissions", false);
    if (synced && channel.parent && after.channels.contains(*channel.parent)) {
      channel.overwrites = after.channels.at(*channel.parent).overwrites;
    }
  });
  return no_content();
}

net::Response put_overwrite(const ApiCall& call) {
  const auto in = open_guild_channel(call, manage_roles);
  if (in.channel->thread) throw DiscordError{400, 50024, "Cannot execute action on this channel type"};
  const auto id = path_id<base::Id<struct OverwriteTag>>(call, "overwrite_id");
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  const auto known = in.channel->overwrites.find(id.value());
  Overwrite overwrite = known == in.channel->overwrites.end() ? Overwrite{} : known->second;
  const bool role = in.guild->roles.contains(RoleId{id.value()});
  overwrite.of_member = form.integer("type", {0, 1}).value_or(role ? 0 : 1) == 1;
  read_overwrite(form, *in.guild, overwrite);
  problems.throw_if_any();
  if (!overwrite.of_member && !role) throw DiscordError{404, 10009, "Unknown Overwrite"};
  change_guild(call.sim, in.guild->id, [&, channel = in.channel->id](Guild& guild) {
    guild.channels.at(channel).overwrites[id.value()] = overwrite;
  });
  return no_content();
}

net::Response delete_overwrite(const ApiCall& call) {
  const auto in = open_guild_channel(call, manage_roles);
  const auto id = path_id<base::Id<struct OverwriteTag>>(call, "overwrite_id");
  if (!in.channel->overwrites.contains(id.value())) throw DiscordError{404, 10009, "Unknown Overwrite"};
  change_guild(call.sim, in.guild->id, [&, channel = in.channel->id](Guild& guild) {
    guild.channels.at(channel).overwrites.erase(id.value());
  });
  return no_content();
}

}  // namespace guildhall::sim
