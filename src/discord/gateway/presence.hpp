#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>

namespace guildhall::discord {

/// How the bot shows itself (Discord: Gateway Events, Update Presence).
struct Presence {
  enum class Status : std::uint8_t { online, dnd, idle, invisible };
  /// Discord: Gateway Events, Activity Types; those that a bot may set without further fields.
  enum class Activity : std::uint8_t { playing = 0, listening = 2, watching = 3, custom = 4, competing = 5 };

  Status status = Status::online;
  Activity activity = Activity::custom;
  std::string text{};  ///< Of the activity, UTF-8; beyond 128 bytes it is cut. Empty: no activity.
};

/// The `d` of Update Presence.
[[nodiscard]] boost::json::object to_json(const Presence& presence);

}  // namespace guildhall::discord
