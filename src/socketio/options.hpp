#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "socketio/engine/options.hpp"

namespace guildhall::socketio {

/// Connection state recovery: a client whose connection broke gets its id, its rooms and the packets that it missed
/// when it comes back in time. Packets then carry an offset as their last argument, which clients keep.
struct RecoveryOptions {
  std::chrono::milliseconds max_disconnection_duration{120'000};
  bool skip_middlewares = true;              ///< Do not ask the middlewares about a client that comes back.
  std::size_t max_bytes = 16 * 1024 * 1024;  ///< Of packets and sessions that each namespace keeps.
};

/// Defaults are those of the official server.
struct Options {
  engine::Options engine{};
  std::chrono::milliseconds connect_timeout{45'000};  ///< For a client to join its first namespace.
  std::size_t max_attachments = 10;                   ///< Binary attachments of one packet.
  std::size_t max_pending_acks = 1'000;               ///< Acknowledgements that one socket may be waited on for.
  std::optional<RecoveryOptions> recovery{};
};

}  // namespace guildhall::socketio
