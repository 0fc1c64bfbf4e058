#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <utility>

#include "sim/gateway/feed.hpp"
#include "sim/objects/channel.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/user.hpp"

namespace guildhall::sim {
namespace {

using boost::json::object;

/// Compares two maps and calls back for each entry that was added, changed or removed.
template <class Map, class Added, class Changed, class Removed>
void each_difference(const Map& before, const Map& after, Added added, Changed changed, Removed removed) {
  for (const auto& [id, value] : before) {
    if (!after.contains(id)) removed(id, value);
  }
  for (const auto& [id, value] : after) {
    const auto old = before.find(id);
    if (old == before.end()) {
      added(id, value);
    } else if (!(old->second == value)) {
      changed(id, value);
    }
  }
}

}  // namespace

void Feed::guild_changed(const Guild* before, const Guild* after) const {
  world_changed();
  if (!sink_.has_listeners()) return;
  const bool was_seen = before != nullptr && before->visible_to_bot();
  const bool is_seen = after != nullptr && after->visible_to_bot();
  const bool is_in = after != nullptr && after->bot;
  if (was_seen && is_seen) return guild_parts_changed(*before, *after);
  if (is_seen) return raw("GUILD_CREATE", guild_create_data(world_, *after), after->id);
  const bool was_in = before != nullptr && before->bot;
  if (!was_in || (is_in && !was_seen)) return;
  object data{{"id", before->id.to_string()}};
  if (is_in) data["unavailable"] = true;
  raw("GUILD_DELETE", data, before->id);
}

void Feed::guild_parts_changed(const Guild& before, const Guild& after) const {
  roles_changed(before, after);
  channels_changed(before, after);
  threads_changed(before, after);
  members_changed(before, after);
  bans_changed(before, after);
  webhooks_changed(before, after);
  emojis_changed(before, after);
  invites_changed(before, after);
  if (before.name != after.name || before.icon != after.icon || before.owner_id != after.owner_id ||
      before.settings != after.settings) {
    raw("GUILD_UPDATE", guild_response(world_, after), after.id);
  }
}

void Feed::roles_changed(const Guild& before, const Guild& after) const {
  const std::string guild = after.id.to_string();
  const auto told = [&](std::string name) {
    return [this, &guild, &after, name = std::move(name)](RoleId, const Role& role) {
      raw(name, object{{"guild_id", guild}, {"role", role_response(world_.application, role)}}, after.id);
    };
  };
  each_difference(before.roles, after.roles, told("GUILD_ROLE_CREATE"), told("GUILD_ROLE_UPDATE"),
                  [&](RoleId id, const Role&) {
                    raw("GUILD_ROLE_DELETE", object{{"guild_id", guild}, {"role_id", id.to_string()}}, after.id);
                  });
}

void Feed::channels_changed(const Guild& before, const Guild& after) const {
  const auto told = [&](std::string name) {
    return [this, &after, name = std::move(name)](ChannelId, const Channel& channel) {
      raw(name, channel_response(world_, channel), after.id);
    };
  };
  each_difference(before.channels, after.channels, told("CHANNEL_CREATE"), told("CHANNEL_UPDATE"),
                  told("CHANNEL_DELETE"));
}

void Feed::members_changed(const Guild& before, const Guild& after) const {
  const auto told = [&](std::string name) {
    return [this, &after, name = std::move(name)](UserId id, const Member& member) {
      auto data = member_response(world_, after, id, member);
      data["guild_id"] = after.id.to_string();
      raw(name, data, after.id);
    };
  };
  each_difference(before.members, after.members, told("GUILD_MEMBER_ADD"), told("GUILD_MEMBER_UPDATE"),
                  [&](UserId id, const Member&) {
                    const object data{{"guild_id", after.id.to_string()}, {"user", user_response(world_, id)}};
                    raw("GUILD_MEMBER_REMOVE", data, after.id);
                  });
  if (before.bot_member == after.bot_member) return;
  auto data = member_response(world_, after, world_.application.bot_user_id(), after.bot_member);
  data["guild_id"] = after.id.to_string();
  // Needs no intent: it is about the bot itself.
  sink_.publish(
      {.name = "GUILD_MEMBER_UPDATE", .intents = {}, .guild = after.id, .data = boost::json::serialize(data)});
}

void Feed::threads_changed(const Guild& before, const Guild& after) const {
  const UserId bot = world_.application.bot_user_id();
  // Clients drop the threads of a channel that was deleted by themselves.
  const auto removed = [&](ChannelId id, const Channel& thread) {
    if (!after.channels.contains(*thread.parent)) return;
    raw("THREAD_DELETE",
        object{{"id", id.to_string()},
               {"guild_id", after.id.to_string()},
               {"parent_id", thread.parent->to_string()},
               {"type", static_cast<int>(thread.type)}},
        after.id);
  };
  const auto added = [&](ChannelId, const Channel& thread) {
    auto data = thread_response(world_, thread);
    data["newly_created"] = true;
    raw("THREAD_CREATE", data, after.id);
  };
  const auto changed = [&](ChannelId id, const Channel& thread) {
    const Channel& old = before.threads.at(id);
    const auto& [was, is] = std::pair(old.thread->members, thread.thread->members);
    if (was != is) {
      boost::json::array joined;
      boost::json::array left;
      each_difference(
          was, is,
          [&](UserId user, base::Timestamp) {
            auto member = thread_member_response(world_, thread, user, &after);
            member["presence"] = nullptr;
            joined.push_back(std::move(member));
          },
          [](UserId, base::Timestamp) {}, [&](UserId user, base::Timestamp) { left.emplace_back(user.to_string()); });
      // One who has joined an archived thread of theirs is told of the thread, too.
      if (is.contains(bot) && !was.contains(bot)) raw("THREAD_CREATE", thread_response(world_, thread), after.id);
      object data{
          {"id", id.to_string()}, {"guild_id", after.id.to_string()}, {"member_count", thread.thread->members.size()}};
      if (!joined.empty()) data["added_members"] = std::move(joined);
      if (!left.empty()) data["removed_member_ids"] = std::move(left);
      raw("THREAD_MEMBERS_UPDATE", data, after.id);
    }
    Channel rest = thread;
    rest.thread->members = was;
    rest.thread->message_count = old.thread->message_count;
    rest.thread->total_message_sent = old.thread->total_message_sent;
    if (rest != old) raw("THREAD_UPDATE", thread_response(world_, thread), after.id);
  };
  each_difference(before.threads, after.threads, added, changed, removed);
}

void Feed::bans_changed(const Guild& before, const Guild& after) const {
  const auto told = [&](std::string name) {
    return [this, &after, name = std::move(name)](UserId id, const std::optional<std::string>&) {
      raw(name, object{{"guild_id", after.id.to_string()}, {"user", user_response(world_, id)}}, after.id);
    };
  };
  each_difference(
      before.bans, after.bans, told("GUILD_BAN_ADD"), [](UserId, const auto&) {}, told("GUILD_BAN_REMOVE"));
}

void Feed::webhooks_changed(const Guild& before, const Guild& after) const {
  std::set<ChannelId> channels;
  const auto note = [&](WebhookId, const Webhook& webhook) { channels.insert(webhook.channel); };
  each_difference(before.webhooks, after.webhooks, note, note, note);
  for (const ChannelId id : channels) {
    if (!after.channels.contains(id)) continue;
    raw("WEBHOOKS_UPDATE", object{{"guild_id", after.id.to_string()}, {"channel_id", id.to_string()}}, after.id);
  }
}

void Feed::emojis_changed(const Guild& before, const Guild& after) const {
  if (before.emojis == after.emojis) return;
  raw("GUILD_EMOJIS_UPDATE",
      object{{"guild_id", after.id.to_string()}, {"emojis", guild_response(world_, after).at("emojis")}}, after.id);
}

void Feed::invites_changed(const Guild& before, const Guild& after) const {
  const auto added = [&](const std::string&, const Invite& invite) {
    auto data = invite_response(world_, after, invite);
    data["channel_id"] = invite.channel.to_string();
    raw("INVITE_CREATE", data, after.id);
  };
  const auto removed = [&](const std::string& code, const Invite& invite) {
    raw("INVITE_DELETE",
        object{{"code", code}, {"channel_id", invite.channel.to_string()}, {"guild_id", after.id.to_string()}},
        after.id);
  };
  each_difference(
      before.invites, after.invites, added, [](const std::string&, const Invite&) {}, removed);
}

}  // namespace guildhall::sim
