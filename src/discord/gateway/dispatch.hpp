#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace guildhall::discord {

/// The position of an event in its shard; sequences start again with each session.
struct EventPosition {
  unsigned shard = 0;
  std::uint64_t sequence = 0;

  friend auto operator<=>(const EventPosition&, const EventPosition&) = default;
};

/// An event of the gateway (opcode 0), as Discord sent it.
struct Dispatch {
  std::string_view name;  ///< `MESSAGE_CREATE`
  unsigned shard = 0;
  std::uint64_t sequence = 0;
  /// The event's `d` as JSON, not validated. Valid during the call. At least 64 readable bytes follow, so that simdjson
  /// can parse it in place.
  std::string_view data;

  [[nodiscard]] EventPosition position() const { return {shard, sequence}; }
};

/// Receives the gateway's events. Called on the gateway's event loop; must be quick and must not throw.
class GatewayListener {
 public:
  virtual ~GatewayListener() = default;

  /// Each event once and in its shard's order, READY and RESUMED included. After a crash of the program, the events of
  /// the last seconds before it are received again.
  virtual void on_dispatch(const Dispatch& dispatch) = 0;

  /// Called each time all shards have become ready.
  virtual void on_shards_ready(unsigned shards) { static_cast<void>(shards); }

  /// The sequence of the shard's first event that is still being handled, if there is one: the next run of the program
  /// receives it again.
  [[nodiscard]] virtual std::optional<std::uint64_t> first_unhandled(unsigned shard) const {
    static_cast<void>(shard);
    return std::nullopt;
  }
};

}  // namespace guildhall::discord
