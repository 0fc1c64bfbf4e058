#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string_view>

namespace guildhall::discord {

/// Discord: interactions/receiving-and-responding, Interaction Callback Type.
enum class CallbackType : std::uint8_t {
  channel_message = 4,
  deferred_channel_message = 5,
  deferred_update_message = 6,
  update_message = 7,
};

// Discord: resources/message, Message Flags.
inline constexpr std::int64_t suppress_embeds_flag = 1 << 2;
inline constexpr std::int64_t ephemeral_flag = 1 << 6;
inline constexpr std::int64_t loading_flag = 1 << 7;

/// The body of the first response to an interaction.
[[nodiscard]] inline boost::json::object callback_body(CallbackType type, boost::json::object data = {}) {
  boost::json::object body{{"type", static_cast<int>(type)}};
  if (!data.empty()) body["data"] = std::move(data);
  return body;
}

/// A message that only the interaction's user sees, and that mentions nobody.
[[nodiscard]] inline boost::json::object ephemeral_message(std::string_view content) {
  return {{"content", content},
          {"flags", ephemeral_flag},
          {"allowed_mentions", boost::json::object{{"parse", boost::json::array{}}}}};
}

/// The flags of a message or a callback's data; 0 if it has none.
[[nodiscard]] inline std::int64_t flags_of(const boost::json::object& message) {
  const auto* const flags = message.if_contains("flags");
  return flags != nullptr && flags->is_int64() ? flags->get_int64() : 0;
}

}  // namespace guildhall::discord
