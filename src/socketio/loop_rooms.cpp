#include "socketio/loop_rooms.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "socketio/socket.hpp"

namespace guildhall::socketio {

void LoopRooms::add(Socket& socket, std::uint64_t since) {
  enter(socket, everyone_, since);
  by_id_.emplace(socket.id(), &socket);
  size_.fetch_add(1, std::memory_order_release);
}

void LoopRooms::remove(Socket& socket) {
  if (socket.memberships_.empty()) return;
  const auto memberships = std::move(socket.memberships_);
  socket.memberships_.clear();
  for (const auto& membership : memberships) take_out(*membership.room, membership.index);
  by_id_.erase(socket.id());
  size_.fetch_sub(1, std::memory_order_release);
}

void LoopRooms::join(Socket& socket, std::string_view name, std::uint64_t since) {
  if (contains(socket, name)) return;
  auto at = rooms_.find(name);
  if (at == rooms_.end()) {
    at = rooms_.emplace(std::string(name), Room{}).first;
    at->second.name = at->first;
  }
  enter(socket, at->second, since);
}

void LoopRooms::leave(Socket& socket, std::string_view name) {
  const auto at = rooms_.find(name);
  if (at == rooms_.end()) return;
  auto& memberships = socket.memberships_;
  const auto membership = std::ranges::find(memberships, &at->second, &Socket::Membership::room);
  if (membership == memberships.end()) return;
  const auto index = membership->index;
  memberships.erase(membership);
  take_out(at->second, index);
}

bool LoopRooms::contains(const Socket& socket, std::string_view name) const {
  if (name == socket.id()) return true;
  const auto at = rooms_.find(name);
  return at != rooms_.end() && is_in(socket, at->second);
}

bool LoopRooms::is_in(const Socket& socket, const Room& room) {
  return std::ranges::find(socket.memberships_, &room, &Socket::Membership::room) != socket.memberships_.end();
}

std::vector<std::pair<std::string, std::uint64_t>> LoopRooms::rooms_of(const Socket& socket) const {
  std::vector<std::pair<std::string, std::uint64_t>> rooms;
  for (const auto& [room, index] : socket.memberships_) {
    if (room != &everyone_) rooms.emplace_back(room->name, room->members[index].since);
  }
  return rooms;
}

std::uint64_t LoopRooms::since(const Socket& socket) const {
  return everyone_.members[socket.memberships_.front().index].since;
}

LoopRooms::Excluded LoopRooms::excluded(const std::vector<std::string>& names) const {
  Excluded excluded;
  for (const auto& name : names) {
    if (const auto room = rooms_.find(name); room != rooms_.end()) excluded.rooms.push_back(&room->second);
    if (const auto socket = by_id_.find(name); socket != by_id_.end()) excluded.sockets.push_back(socket->second);
  }
  return excluded;
}

void LoopRooms::for_each(const Audience& audience, std::uint64_t sequence, const std::function<void(Socket&)>& action) {
  const auto out = excluded(audience.except);
  std::unordered_set<const Socket*> reached;
  const bool may_meet_again = audience.rooms.size() > 1;
  const std::function<void(Socket&)> once = [&](Socket& socket) {
    const auto is_member = [&](const Room* room) { return is_in(socket, *room); };
    if (std::ranges::find(out.sockets, &socket) != out.sockets.end()) return;
    if (std::ranges::any_of(out.rooms, is_member)) return;
    if (may_meet_again && !reached.insert(&socket).second) return;
    action(socket);
  };
  ++walks_;
  if (audience.rooms.empty()) walk(everyone_, sequence, once);
  for (const auto& name : audience.rooms) {
    if (const auto room = rooms_.find(name); room != rooms_.end()) walk(room->second, sequence, once);
    const auto socket = by_id_.find(name);
    if (socket != by_id_.end() && since(*socket->second) < sequence) once(*socket->second);
  }
  if (--walks_ == 0) close_gaps();
}

void LoopRooms::walk(Room& room, std::uint64_t sequence, const std::function<void(Socket&)>& action) {
  const auto size = room.members.size();
  for (std::size_t i = 0; i < size; ++i) {
    const auto member = room.members[i];
    if (member.socket != nullptr && member.since < sequence) action(*member.socket);
  }
}

void LoopRooms::enter(Socket& socket, Room& room, std::uint64_t since) {
  socket.memberships_.push_back({&room, static_cast<std::uint32_t>(room.members.size())});
  room.members.push_back({&socket, since});
}

void LoopRooms::take_out(Room& room, std::size_t index) {
  if (walks_ > 0) {
    room.members[index].socket = nullptr;
    if (!room.has_gaps) with_gaps_.push_back(&room);
    room.has_gaps = true;
    return;
  }
  const auto last = room.members.back();
  room.members.pop_back();
  if (index < room.members.size()) {
    room.members[index] = last;
    std::ranges::find(last.socket->memberships_, &room, &Socket::Membership::room)->index =
        static_cast<std::uint32_t>(index);
  }
  drop_if_empty(room);
}

void LoopRooms::drop_if_empty(Room& room) {
  if (!room.members.empty() || &room == &everyone_) return;
  rooms_.erase(rooms_.find(room.name));
}

void LoopRooms::close_gaps() {
  const auto rooms = std::exchange(with_gaps_, {});
  for (auto* room : rooms) {
    room->has_gaps = false;
    std::erase_if(room->members, [](const Room::Member& member) { return member.socket == nullptr; });
    for (std::uint32_t i = 0; i < room->members.size(); ++i) {
      auto& memberships = room->members[i].socket->memberships_;
      std::ranges::find(memberships, room, &Socket::Membership::room)->index = i;
    }
    drop_if_empty(*room);
  }
}

}  // namespace guildhall::socketio
