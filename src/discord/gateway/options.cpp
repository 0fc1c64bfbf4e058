#include "discord/gateway/options.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <string_view>
#include <utility>

namespace guildhall::discord {
namespace {

constexpr std::size_t max_property = 128;

constexpr std::array<std::string_view, 4> status_names{"online", "dnd", "idle", "invisible"};  // by Presence::Status

/// At most `max_property` bytes, without a part of a character.
std::string_view cut(std::string_view text) {
  if (text.size() <= max_property) return text;
  std::size_t end = max_property;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

std::string privileged_names(Intents intents) {
  static constexpr std::array<std::pair<Intents, std::string_view>, 3> privileged{{
      {Intents::guild_presences, "Presence Intent"},
      {Intents::guild_members, "Server Members Intent"},
      {Intents::message_content, "Message Content Intent"},
  }};
  std::string names;
  for (const auto& [intent, name] : privileged) {
    if (!contains(intents, intent)) continue;
    if (!names.empty()) names.append(" and ");
    names.append(name);
  }
  return names;
}

boost::json::object to_json(const Presence& presence) {
  boost::json::array activities;
  if (!presence.text.empty()) {
    const auto text = cut(presence.text);
    boost::json::object activity;
    activity["type"] = static_cast<unsigned>(presence.activity);
    if (presence.activity == Presence::Activity::custom) {
      activity["name"] = "Custom Status";  // required, not shown
      activity["state"] = text;
    } else {
      activity["name"] = text;
    }
    activities.push_back(std::move(activity));
  }
  boost::json::object json;
  json["since"] = nullptr;
  json["activities"] = std::move(activities);
  json["status"] = status_names.at(static_cast<std::size_t>(presence.status));
  json["afk"] = false;
  return json;
}

}  // namespace guildhall::discord
