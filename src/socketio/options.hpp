#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "socketio/engine/options.hpp"

namespace guildhall::socketio {

/// Connection state recovery: a client that reconnects in time after its connection broke gets its id, its rooms and
/// the packets that it missed. Packets then carry an offset as their last argument, which clients remember.
struct RecoveryOptions {
  std::chrono::milliseconds max_disconnection_duration{120'000};
  bool skip_middlewares = true;              ///< Run no middlewares for recovered clients.
  std::size_t max_bytes = 16 * 1024 * 1024;  ///< Of the packets and sockets that each namespace keeps.
};

/// Defaults are the official server's, except that clients have smaller limits until they have joined a namespace.
struct Options {
  engine::Options engine{.unadmitted = engine::UnadmittedLimits{}};
  std::chrono::milliseconds connect_timeout{45'000};  ///< In which a client must join a namespace.
  bool accept_binary = true;                          ///< Otherwise a client that sends binary data is disconnected.
  std::size_t max_attachments = 10;      ///< Of one packet; with its text at most engine::Options::max_payload bytes.
  std::size_t max_pending_acks = 1'000;  ///< Of one socket.
  std::optional<RecoveryOptions> recovery{};
};

}  // namespace guildhall::socketio
