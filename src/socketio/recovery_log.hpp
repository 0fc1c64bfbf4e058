#pragma once

#include <any>
#include <chrono>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "socketio/broadcast_operator.hpp"
#include "socketio/engine/encoded_messages.hpp"
#include "socketio/options.hpp"

namespace guildhall::socketio {

using EncodedPacket = std::shared_ptr<const engine::EncodedMessages>;

/// What recovery needs of a socket. Packets have increasing numbers.
struct SavedSocket {
  std::string pid;  ///< The private id, known to the client only.
  std::string id;
  std::unordered_map<std::string, std::uint64_t> rooms{};  ///< Each with the last packet before it was joined.
  std::any data{};
  std::uint64_t since = 0;       ///< The last packet before it connected.
  std::uint64_t last_sent = 0;   ///< The last packet that was sent to it.
  std::uint64_t sent_up_to = 0;  ///< Up to this packet, it was sent all that were for it.
};

/// The recent packets of a namespace, and its sockets whose connections broke. Does no I/O and has no lock.
class RecoveryLog {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit RecoveryLog(const RecoveryOptions& options);

  /// The offset that packet `number` carries as its last argument. A client sends back the last one it received.
  [[nodiscard]] std::string offset(std::uint64_t number) const;

  /// `number` is greater than all before.
  void append(std::uint64_t number, EncodedPacket packet, BroadcastOptions options, Time now);
  void save(SavedSocket socket, Time now);

  /// Takes a socket out of the log, with `sent_up_to` as the last packet that its client has received. Nothing if it
  /// is unknown or has expired, or where packets are gone that the client may have missed. `offset` is empty if the
  /// client received none.
  [[nodiscard]] std::unique_ptr<SavedSocket> restore(std::string_view pid, std::string_view offset, Time now);
  /// The socket's packets after `sent_up_to`, which then count as sent; nothing if some are gone in the meantime.
  [[nodiscard]] std::optional<std::vector<EncodedPacket>> missed(SavedSocket& socket) const;

  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::uint64_t number;
    EncodedPacket packet;
    BroadcastOptions options;
    Time time;
    std::size_t bytes;
  };
  struct Saved {
    SavedSocket socket;
    Time time;
    std::size_t bytes;
  };
  using Sockets = std::list<Saved>;

  [[nodiscard]] std::optional<std::uint64_t> parse_offset(std::string_view offset) const;
  void drop_packet();
  SavedSocket remove(Sockets::iterator saved);
  void drop_expired(Time now);

  RecoveryOptions options_;
  std::string prefix_;  ///< Distinguishes our offsets from other strings that may be an event's last argument.
  std::deque<Entry> packets_;
  std::uint64_t dropped_ = 0;  ///< The last packet that was dropped.
  Sockets sockets_;            ///< Oldest first.
  std::unordered_map<std::string_view, Sockets::iterator> by_pid_;
  std::size_t bytes_ = 0;
};

}  // namespace guildhall::socketio
