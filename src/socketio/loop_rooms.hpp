#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "socketio/broadcast.hpp"

namespace guildhall::socketio {

/// The sockets in a room, on one event loop.
struct Room {
  struct Member {
    Socket* socket;       ///< nullptr where it left while the room was walked through.
    std::uint64_t since;  ///< The last broadcast that was made before it joined.
  };
  std::string_view name;
  std::vector<Member> members;
  bool has_gaps = false;
};

/// The sockets of a namespace that live on one event loop, and their rooms. Only that loop calls, but for `size`.
class LoopRooms {
 public:
  /// `since`: the last broadcast that the socket does not get.
  void add(Socket& socket, std::uint64_t since);
  /// Takes it out of every room.
  void remove(Socket& socket);
  void join(Socket& socket, std::string_view room, std::uint64_t since);
  void leave(Socket& socket, std::string_view room);
  [[nodiscard]] bool contains(const Socket& socket, std::string_view room) const;
  /// The rooms that a socket is in, each with what it has as `since`.
  [[nodiscard]] std::vector<std::pair<std::string, std::uint64_t>> rooms_of(const Socket& socket) const;
  /// When it was added.
  [[nodiscard]] std::uint64_t since(const Socket& socket) const;

  /// Calls `action` once with each socket of the audience that was in it when broadcast number `sequence` was made. The
  /// action may add and remove sockets.
  void for_each(const Audience& audience, std::uint64_t sequence, const std::function<void(Socket&)>& action);

  /// Any thread.
  [[nodiscard]] std::size_t size() const { return size_.load(std::memory_order_acquire); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  /// Who an audience leaves out.
  struct Excluded {
    std::vector<const Room*> rooms;
    std::vector<const Socket*> sockets;
  };

  [[nodiscard]] static bool is_in(const Socket& socket, const Room& room);
  [[nodiscard]] Excluded excluded(const std::vector<std::string>& names) const;
  void enter(Socket& socket, Room& room, std::uint64_t since);
  void take_out(Room& room, std::size_t index);
  void drop_if_empty(Room& room);
  void close_gaps();
  static void walk(Room& room, std::uint64_t sequence, const std::function<void(Socket&)>& action);

  Room everyone_;
  std::unordered_map<std::string_view, Socket*> by_id_;
  std::unordered_map<std::string, Room, Hash, std::equal_to<>> rooms_;
  std::vector<Room*> with_gaps_;
  std::size_t walks_ = 0;  ///< Under way, one within the other.
  std::atomic<std::size_t> size_{0};
};

}  // namespace guildhall::socketio
