#include "discord/gateway/presence.hpp"

#include <boost/json/array.hpp>
#include <string_view>

namespace guildhall::discord {
namespace {

constexpr std::size_t most_text = 128;

std::string_view name_of(Presence::Status status) {
  switch (status) {
    case Presence::Status::online: return "online";
    case Presence::Status::dnd: return "dnd";
    case Presence::Status::idle: return "idle";
    case Presence::Status::invisible: return "invisible";
  }
  return "online";
}

/// At most `most_text` bytes, and no part of a character.
std::string_view cut(std::string_view text) {
  if (text.size() <= most_text) return text;
  std::size_t end = most_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

boost::json::object to_json(const Presence& presence) {
  boost::json::array activities;
  if (!presence.text.empty()) {
    const auto text = cut(presence.text);
    boost::json::object activity;
    activity["type"] = static_cast<unsigned>(presence.activity);
    if (presence.activity == Presence::Activity::custom) {
      activity["name"] = "Custom Status";  // not shown, but wanted
      activity["state"] = text;
    } else {
      activity["name"] = text;
    }
    activities.push_back(std::move(activity));
  }
  boost::json::object json;
  json["since"] = nullptr;
  json["activities"] = std::move(activities);
  json["status"] = name_of(presence.status);
  json["afk"] = false;
  return json;
}

}  // namespace guildhall::discord
