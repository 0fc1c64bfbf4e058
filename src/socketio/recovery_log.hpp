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

#include "socketio/broadcast.hpp"
#include "socketio/engine/outgoing.hpp"
#include "socketio/options.hpp"

namespace guildhall::socketio {

/// What a socket was when its connection broke.
struct Session {
  std::string pid;  ///< The private id that only the client knows.
  std::string id;
  std::unordered_map<std::string, std::uint64_t> rooms;  ///< Each with the last packet from before it was joined.
  std::any data;
  std::uint64_t since = 0;      ///< The last packet from before it connected.
  std::uint64_t last_sent = 0;  ///< The last packet that went to it.
  std::uint64_t settled = 0;    ///< Of the packets up to this one, it was sent all that were for it.
};

/// The packets and sessions that a namespace keeps for clients whose connection broke. Packets are numbered in the
/// order in which they reach any socket. Does no I/O and has no lock of its own.
class RecoveryLog {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit RecoveryLog(const RecoveryOptions& options);

  /// What packet `sequence` carries as its last argument. Clients send back the last one they saw.
  [[nodiscard]] std::string offset(std::uint64_t sequence) const;

  /// `sequence` is above all before.
  void append(std::uint64_t sequence, std::shared_ptr<const engine::Outgoing> packet, Audience audience, Time now);
  void keep(Session session, Time now);

  /// The session, which is then no longer kept, with `settled` as the last packet that the client has. Nothing where it
  /// is unknown or over, or packets are gone that the client may have missed. A client that got no packet sends no
  /// offset: it is empty then.
  [[nodiscard]] std::unique_ptr<Session> take(std::string_view pid, std::string_view offset, Time now);
  /// The packets for the session after `settled`; nothing where some are gone meanwhile.
  [[nodiscard]] std::optional<std::vector<std::shared_ptr<const engine::Outgoing>>> missed(
      const Session& session) const;

  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::uint64_t sequence;
    std::shared_ptr<const engine::Outgoing> packet;
    Audience audience;
    Time time;
    std::size_t bytes;
  };
  struct Kept {
    Session session;
    Time time;
    std::size_t bytes;
  };
  using Sessions = std::list<Kept>;

  [[nodiscard]] std::optional<std::uint64_t> sequence_of(std::string_view offset) const;
  void forget_packet();
  Session forget_session(Sessions::iterator kept);
  void forget_old(Time now);

  RecoveryOptions options_;
  std::string tag_;  ///< Tells our offsets from other strings that may be an event's last argument.
  std::deque<Entry> packets_;
  std::uint64_t forgotten_ = 0;  ///< The last packet that is no longer here.
  Sessions sessions_;            ///< Oldest first.
  std::unordered_map<std::string_view, Sessions::iterator> by_pid_;
  std::size_t bytes_ = 0;
};

}  // namespace guildhall::socketio
