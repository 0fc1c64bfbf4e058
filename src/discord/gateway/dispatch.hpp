#pragma once

#include <cstdint>
#include <string_view>

namespace guildhall::discord {

/// An event of the gateway (opcode 0), as Discord sent it.
struct Dispatch {
  std::string_view name;  ///< `MESSAGE_CREATE`
  unsigned shard = 0;
  std::uint64_t sequence = 0;
  /// JSON: the event's `d`, not yet checked. Valid during the call. At least 64 readable bytes follow, so that simdjson
  /// reads it where it is.
  std::string_view data;
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
};

}  // namespace guildhall::discord
