#include "server/socket/event_scope.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "discord/model/fields.hpp"

namespace guildhall::server {
namespace {

namespace json = boost::json;
using discord::ChannelId;
using Kind = EventScope::Kind;

/// Events whose `id` is the channel's or thread's.
constexpr std::array<std::string_view, 9> channel_events{
    "CHANNEL_CREATE",       "CHANNEL_UPDATE",        "CHANNEL_DELETE",
    "THREAD_CREATE",        "THREAD_UPDATE",         "THREAD_DELETE",
    "THREAD_MEMBER_UPDATE", "THREAD_MEMBERS_UPDATE", "VOICE_CHANNEL_STATUS_UPDATE"};

/// Events that may be about channels which they do not name in `channel_id`.
constexpr std::array<std::string_view, 4> opaque_events{"THREAD_LIST_SYNC", "GUILD_AUDIT_LOG_ENTRY_CREATE",
                                                        "AUTO_MODERATION_ACTION_EXECUTION", "VOICE_STATE_UPDATE"};

constexpr std::array<std::string_view, 5> plain_ids{"id", "guild_id", "channel_id", "message_id", "channelId"};

constexpr std::array<std::string_view, 5> channel_lists{"channels", "threads", "voice_states", "stage_instances",
                                                        "guild_scheduled_events"};

bool contains(const auto& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

}  // namespace

EventScope scope_of(std::string_view name, const json::object& data) {
  if (name == "GUILD_CREATE") return {Kind::state};
  for (const std::string_view key : {contains(channel_events, name) ? "id" : "channel_id", "channelId"}) {
    if (const auto channel = discord::id_field<ChannelId>(data, key)) return {Kind::channel, *channel};
  }
  return {contains(opaque_events, name) ? Kind::content : Kind::guild};
}

json::object without_content(const json::object& event) {
  auto reduced = event;
  json::object ids;
  if (const auto* data = discord::object_field(event, "data")) {
    for (const auto& [key, value] : *data) {
      if (contains(plain_ids, key) && (value.is_string() || value.is_int64())) ids.emplace(key, value);
    }
  }
  reduced["data"] = std::move(ids);
  reduced["withheld"] = true;
  return reduced;
}

json::object without_channels(const json::object& event) {
  auto reduced = event;
  if (auto* data = reduced["data"].if_object()) {
    for (const auto list : channel_lists) {
      if (data->contains(list)) (*data)[list] = json::array();
    }
  }
  reduced["withheld"] = true;
  return reduced;
}

}  // namespace guildhall::server
