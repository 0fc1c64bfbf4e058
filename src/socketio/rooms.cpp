#include "socketio/rooms.hpp"

#include <algorithm>
#include <unordered_set>

#include "socketio/socket.hpp"

namespace guildhall::socketio {

void Rooms::add(Socket& socket, std::uint64_t since) {
  insert(socket, all_, since);
  by_id_.emplace(socket.id(), &socket);
  size_.fetch_add(1, std::memory_order_release);
}

void Rooms::remove(Socket& socket) {
  if (socket.memberships_.empty()) return;
  const auto memberships = std::exchange(socket.memberships_, {});
  for (const auto& membership : memberships) erase(*membership.room, membership.index);
  by_id_.erase(socket.id());
  size_.fetch_sub(1, std::memory_order_release);
}

void Rooms::join(Socket& socket, std::string_view name, std::uint64_t since) {
  if (contains(socket, name)) return;
  auto at = rooms_.find(name);
  if (at == rooms_.end()) {
    at = rooms_.emplace(std::string(name), Room{}).first;
    at->second.name = at->first;
  }
  insert(socket, at->second, since);
}

void Rooms::leave(Socket& socket, std::string_view name) {
  const auto at = rooms_.find(name);
  if (at == rooms_.end()) return;
  auto& memberships = socket.memberships_;
  const auto membership = std::ranges::find(memberships, &at->second, &Socket::Membership::room);
  if (membership == memberships.end()) return;
  const auto index = membership->index;
  memberships.erase(membership);
  erase(at->second, index);
}

bool Rooms::contains(const Socket& socket, std::string_view name) const {
  if (name == socket.id()) return true;
  const auto at = rooms_.find(name);
  return at != rooms_.end() && is_in(socket, at->second);
}

bool Rooms::is_in(const Socket& socket, const Room& room) {
  return std::ranges::find(socket.memberships_, &room, &Socket::Membership::room) != socket.memberships_.end();
}

std::vector<std::pair<std::string, std::uint64_t>> Rooms::rooms_of(const Socket& socket) const {
  std::vector<std::pair<std::string, std::uint64_t>> rooms;
  for (const auto& [room, index] : socket.memberships_) {
    if (room != &all_) rooms.emplace_back(room->name, room->members[index].since);
  }
  return rooms;
}

std::uint64_t Rooms::since(const Socket& socket) const { return all_.members[socket.memberships_.front().index].since; }

std::vector<std::shared_ptr<Socket>> Rooms::select(const BroadcastOptions& options, std::uint64_t number) const {
  std::vector<const Room*> excluded_rooms;
  std::vector<const Socket*> excluded_sockets;
  for (const auto& name : options.except) {
    if (const auto room = rooms_.find(name); room != rooms_.end()) excluded_rooms.push_back(&room->second);
    if (const auto socket = by_id_.find(name); socket != by_id_.end()) excluded_sockets.push_back(socket->second);
  }
  std::vector<std::shared_ptr<Socket>> selected;
  std::unordered_set<const Socket*> seen;
  const bool may_repeat = options.rooms.size() > 1;
  const auto consider = [&](const Room::Member& member) {
    auto& socket = *member.socket;
    if (member.since >= number || std::ranges::find(excluded_sockets, &socket) != excluded_sockets.end()) return;
    if (std::ranges::any_of(excluded_rooms, [&](const Room* room) { return is_in(socket, *room); })) return;
    if (!may_repeat || seen.insert(&socket).second) selected.push_back(socket.shared_from_this());
  };
  if (options.rooms.empty()) std::ranges::for_each(all_.members, consider);
  for (const auto& name : options.rooms) {
    if (const auto room = rooms_.find(name); room != rooms_.end())
      std::ranges::for_each(room->second.members, consider);
    const auto socket = by_id_.find(name);
    if (socket != by_id_.end()) consider({socket->second, since(*socket->second)});
  }
  return selected;
}

void Rooms::insert(Socket& socket, Room& room, std::uint64_t since) {
  socket.memberships_.push_back({&room, static_cast<std::uint32_t>(room.members.size())});
  room.members.push_back({&socket, since});
}

/// The last member takes the place of the erased one; a room without members is dropped.
void Rooms::erase(Room& room, std::size_t index) {
  const auto last = room.members.back();
  room.members.pop_back();
  if (index < room.members.size()) {
    room.members[index] = last;
    std::ranges::find(last.socket->memberships_, &room, &Socket::Membership::room)->index =
        static_cast<std::uint32_t>(index);
  }
  if (room.members.empty() && &room != &all_) rooms_.erase(rooms_.find(room.name));
}

}  // namespace guildhall::socketio
