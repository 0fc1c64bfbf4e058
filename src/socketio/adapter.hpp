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

#include "socketio/broadcast.hpp"
#include "socketio/context.hpp"
#include "socketio/engine/outgoing.hpp"
#include "socketio/loop_rooms.hpp"
#include "socketio/recovery_log.hpp"

namespace guildhall::socketio {

/// What recovery keeps of a socket.
struct Recoverable {
  std::string pid;
  std::uint64_t last_sent = 0;
};

/// Brings packets to the sockets of one namespace, whichever event loop they live on.
///
/// Everything that is done has a number. It is done at once on the calling thread's loop, and goes into the queues of
/// the others: so it is in the order in which each thread asked. Where recovery is on, the order is the same for all
/// sockets, as a client says by one number what it has: numbers are given out and queues filled under one lock, and a
/// loop whose queue is not done puts its own packets behind it.
class Adapter : public std::enable_shared_from_this<Adapter> {
 public:
  Adapter(std::shared_ptr<const Context> context, std::string nsp);

  /// The part of one loop, on which it is to be called.
  [[nodiscard]] LoopRooms& rooms(std::size_t loop) { return loops_[loop].rooms; }
  /// The number of the last thing that was done.
  [[nodiscard]] std::uint64_t sequence() const { return sequence_.load(); }
  [[nodiscard]] std::size_t size() const;

  /// Any thread.
  void broadcast(const Audience& audience, std::string_view event, const Arguments& arguments,
                 engine::Delivery delivery);
  /// Any thread.
  void for_each(const Audience& audience, std::function<void(Socket&)> action);
  /// Any thread. The sockets get what is broadcast to the room after this.
  void join(const Audience& audience, std::string_view room);

  /// The same to one socket, on its loop.
  void emit(Socket& socket, std::string_view event, const Arguments& arguments, engine::Delivery delivery);
  /// A packet that recovery does not keep: one that asks for an acknowledgement or is one.
  void send(Socket& socket, std::shared_ptr<const engine::Outgoing> packet);

  /// Takes the socket into the namespace, on its loop: what is broadcast from now on reaches it. Where it comes back
  /// with a session and all it missed is still here, that is what is returned, for it to be sent.
  using Packets = std::vector<std::shared_ptr<const engine::Outgoing>>;
  [[nodiscard]] std::optional<Packets> add(Socket& socket, const Session* session);
  /// Takes it out, and keeps a session of it where it may come back.
  void remove(Socket& socket, bool may_come_back);

  [[nodiscard]] bool recovers() const { return recovery_ != nullptr; }
  [[nodiscard]] std::unique_ptr<Session> take_session(std::string_view pid, std::string_view offset);

 private:
  struct Job;
  struct Loop {
    net::Executor executor;
    LoopRooms rooms;
    std::mutex mutex;
    std::vector<std::shared_ptr<Job>> queue;  ///< Under the mutex.
    bool woken = false;                       ///< A task is about to take the queue. Under the mutex.
    std::uint64_t last_queued = 0;            ///< Under the lock of recovery.
    std::uint64_t last_done = 0;              ///< Of those that were queued. On this loop.
  };
  struct Recovery {
    std::mutex mutex;
    RecoveryLog log;
  };

  [[nodiscard]] std::unique_lock<std::mutex> lock();
  void publish(const Audience& audience, std::string text, const std::vector<std::string>& attachments,
               engine::Delivery delivery, std::optional<std::size_t> only);
  /// The same for an action that wants to know its own number.
  void act(const Audience& audience, std::function<void(Socket&, std::uint64_t sequence)> action);
  /// Hands the job to each loop that has sockets, or to `only` that one; the one to run it on at once is returned.
  [[nodiscard]] std::optional<std::size_t> hand_out(const std::shared_ptr<Job>& job, std::optional<std::size_t> only);
  void enqueue(std::size_t loop, const std::shared_ptr<Job>& job);
  void run_queue(std::size_t loop);
  void run(std::size_t loop, const Job& job);

  std::shared_ptr<const Context> context_;
  std::string nsp_;
  std::deque<Loop> loops_;
  std::atomic<std::uint64_t> sequence_{0};
  std::unique_ptr<Recovery> recovery_;
};

}  // namespace guildhall::socketio
