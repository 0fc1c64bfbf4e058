#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "socketio/broadcast_operator.hpp"

namespace guildhall::socketio {

/// The sockets of one room, on one event loop.
struct Room {
  struct Member {
    Socket* socket;
    std::uint64_t since;  ///< The number of the last operation before it joined.
  };
  std::string_view name;
  std::vector<Member> members;
};

/// The sockets of a namespace that live on one event loop, and their rooms. Call members on that loop only, except
/// `size`. Joining takes `since`, the number of the last operation that does not reach the new member.
class Rooms {
 public:
  void add(Socket& socket, std::uint64_t since);
  /// Removes it from every room.
  void remove(Socket& socket);
  void join(Socket& socket, std::string_view room, std::uint64_t since);
  void leave(Socket& socket, std::string_view room);
  [[nodiscard]] bool contains(const Socket& socket, std::string_view room) const;

  /// The rooms of a socket, without the one named like its id, each with its `since`.
  [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> rooms_of(const Socket& socket) const;
  /// The `since` with which the socket was added.
  [[nodiscard]] std::uint64_t since(const Socket& socket) const;

  /// The sockets that `options` select, each once, that were in their rooms before operation `number`.
  [[nodiscard]] std::vector<std::shared_ptr<Socket>> select(const BroadcastOptions& options,
                                                            std::uint64_t number) const;

  [[nodiscard]] std::size_t size() const { return size_.load(std::memory_order_acquire); }  ///< Any thread.

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  [[nodiscard]] static bool is_in(const Socket& socket, const Room& room);
  static void insert(Socket& socket, Room& room, std::uint64_t since);
  void erase(Room& room, std::size_t index);

  Room all_;
  std::unordered_map<std::string_view, Socket*> by_id_;
  std::unordered_map<std::string, Room, Hash, std::equal_to<>> rooms_;
  std::atomic<std::size_t> size_{0};
};

}  // namespace guildhall::socketio
