#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "socketio/broadcast_operator.hpp"
#include "socketio/recovery_log.hpp"
#include "socketio/rooms.hpp"

namespace guildhall::socketio {

struct Context;

/// Knows which sockets of a namespace are in which rooms, and sends packets to them on whichever event loop they live.
/// All that other classes do with rooms goes through its public members, as in the official server's Adapter.
///
/// Operations on many sockets are numbered. An operation runs at once on the calling thread's event loop and is queued
/// to the others, so each thread's operations keep their order. With recovery, all sockets see one order, because a
/// client names what it has received by one number: an operation is numbered and queued under one lock, and a loop
/// whose queue is not empty appends its own operations to it.
class Adapter : public std::enable_shared_from_this<Adapter> {
 public:
  Adapter(std::shared_ptr<const Context> context, std::string nsp);

  /// Adds a connected socket: broadcasts from now on reach it. Rejoins the rooms of a recovered socket and returns the
  /// packets that it missed; nothing if it is not recovered, or where packets have been dropped in the meantime.
  /// This and the following are called on the socket's event loop.
  [[nodiscard]] std::optional<std::vector<EncodedPacket>> add(Socket& socket);
  /// Removes it from all rooms, and saves it for recovery if `save`.
  void remove(Socket& socket, bool save);
  void join(Socket& socket, std::string_view room);
  void leave(Socket& socket, std::string_view room);
  [[nodiscard]] bool contains(const Socket& socket, std::string_view room) const;
  [[nodiscard]] std::vector<std::string> rooms_of(const Socket& socket) const;
  /// Sends an event to one socket.
  void emit(Socket& socket, std::string_view event, const Arguments& arguments, engine::Delivery delivery);
  /// Sends a packet that is not recovered: one with or for an acknowledgement.
  void send(Socket& socket, EncodedPacket packet);

  /// Any thread may call these.
  void broadcast(BroadcastOptions options, std::string_view event, const Arguments& arguments);
  void for_each(BroadcastOptions options, std::function<void(Socket&)> action);
  /// Broadcasts to the room from now on reach the sockets.
  void join(BroadcastOptions options, std::string_view room);
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool recovers() const { return log_.has_value(); }
  /// See RecoveryLog::restore.
  [[nodiscard]] std::unique_ptr<SavedSocket> restore(std::string_view pid, std::string_view offset);

 private:
  struct Operation {
    std::uint64_t number;
    BroadcastOptions options;
    std::function<void(Socket&)> action;
  };
  struct Loop {
    net::Executor executor;
    Rooms rooms;
    std::mutex mutex;
    std::vector<std::shared_ptr<const Operation>> queue;  ///< Under the mutex.
    bool posted = false;                                  ///< `run_queue` has been posted. Under the mutex.
    std::uint64_t last_queued = 0;                        ///< With recovery only, under its lock.
    std::uint64_t last_run = 0;                           ///< Of those queued; with recovery only, on this loop.
  };

  [[nodiscard]] std::unique_lock<std::mutex> lock_log();
  void publish(BroadcastOptions options, std::string text, const std::vector<std::string>& attachments,
               std::optional<std::size_t> only_loop = {});
  /// `make_action` gets the operation's number and returns what to do with each socket.
  template <class MakeAction>
  void run(BroadcastOptions options, std::optional<std::size_t> only_loop, const MakeAction& make_action);
  void enqueue(std::size_t loop, const std::shared_ptr<const Operation>& operation);
  void run_queue(std::size_t loop);
  static void run_on(const Loop& loop, const Operation& operation);

  std::shared_ptr<const Context> context_;
  std::string nsp_;
  std::deque<Loop> loops_;
  std::atomic<std::uint64_t> last_number_{0};
  std::mutex log_mutex_;
  std::optional<RecoveryLog> log_;
};

}  // namespace guildhall::socketio
