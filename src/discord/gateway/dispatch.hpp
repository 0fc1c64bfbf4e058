#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace guildhall::discord {

/// Where an event stands: each shard counts its own, anew in each session.
struct EventPlace {
  unsigned shard = 0;
  std::uint64_t sequence = 0;

  friend auto operator<=>(const EventPlace&, const EventPlace&) = default;
};

/// An event of the gateway (opcode 0), as Discord sent it.
struct Dispatch {
  std::string_view name;  ///< `MESSAGE_CREATE`
  unsigned shard = 0;
  std::uint64_t sequence = 0;
  /// JSON: the event's `d`, not yet checked. Valid during the call. At least 64 readable bytes follow, so that simdjson
  /// reads it where it is.
  std::string_view data;

  [[nodiscard]] EventPlace place() const { return {shard, sequence}; }
};

/// Who is told of the gateway's events. Called on the gateway's event loop; must be quick and must not throw.
class GatewayListener {
 public:
  virtual ~GatewayListener() = default;

  /// Each event once and in its shard's order, READY and RESUMED included. After a crash of the program, those of the
  /// last seconds before it come again.
  virtual void on_dispatch(const Dispatch& dispatch) = 0;

  /// All shards are ready; again each time they have become so.
  virtual void on_shards_ready(unsigned shards) { static_cast<void>(shards); }

  /// The sequence of the shard's first event that is still being acted upon, if there is one: the next run of the
  /// program is to get it again.
  [[nodiscard]] virtual std::optional<std::uint64_t> first_unhandled(unsigned shard) const {
    static_cast<void>(shard);
    return std::nullopt;
  }
};

}  // namespace guildhall::discord
