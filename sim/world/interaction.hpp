#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "sim/world/ids.hpp"

namespace guildhall::sim {

/// Discord's interaction types of which the simulator makes these.
enum class InteractionType : std::uint8_t { command = 2, component = 3, autocomplete = 4, modal = 5 };

/// A user's interaction with the bot, and its responses.
struct Interaction {
  InteractionId id;
  std::string token;
  InteractionType type = InteractionType::command;
  UserId user;
  ChannelId channel;
  std::optional<GuildId> guild;
  std::optional<MessageId> message;      ///< Whose component was used.
  boost::json::object data;              ///< As Discord sends it: `{id, name, type, options}` or `{custom_id, ...}`.
  std::optional<InteractionId> trigger;  ///< What opened the modal that was submitted.
  std::optional<boost::json::object> modal;  ///< That the bot opened as its response.
  base::Timestamp created{};
  std::chrono::steady_clock::time_point began{};  ///< The same, to the microsecond.

  std::vector<boost::json::object> responses;               ///< Bodies of the callbacks that were accepted.
  std::optional<std::chrono::microseconds> answered_after;  ///< When the first of them arrived.
  std::optional<MessageId> original;                        ///< `@original`.
  std::vector<MessageId> follow_ups;
};

/// The last 10,000 interactions, oldest first. Used by one thread at a time.
class InteractionLog {
 public:
  static constexpr std::size_t kept = 10'000;

  /// Its id is higher than all others'. Valid until the next one is added.
  Interaction& add(Interaction interaction);
  [[nodiscard]] Interaction* find(InteractionId id);
  [[nodiscard]] Interaction* find_by_token(std::string_view token);
  [[nodiscard]] const std::deque<Interaction>& all() const { return interactions_; }
  void clear() { interactions_.clear(); }

 private:
  std::deque<Interaction> interactions_;
};

}  // namespace guildhall::sim
