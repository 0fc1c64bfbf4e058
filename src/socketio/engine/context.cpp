#include "socketio/engine/context.hpp"

#include "socketio/engine/server_socket.hpp"

namespace guildhall::socketio::engine {

void SocketTable::add(std::shared_ptr<ServerSocket> socket) {
  const std::string_view id = socket->id();
  const std::lock_guard lock(mutex_);
  sockets_.emplace(id, std::move(socket));
}

void SocketTable::remove(std::string_view id) {
  std::shared_ptr<ServerSocket> removed;  // Goes after the lock, and after the key that it holds.
  const std::lock_guard lock(mutex_);
  const auto found = sockets_.find(id);
  if (found == sockets_.end()) return;
  removed = std::move(found->second);
  sockets_.erase(found);
}

std::shared_ptr<ServerSocket> SocketTable::find(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = sockets_.find(id);
  return found == sockets_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<ServerSocket>> SocketTable::all() const {
  std::vector<std::shared_ptr<ServerSocket>> sockets;
  const std::lock_guard lock(mutex_);
  sockets.reserve(sockets_.size());
  for (const auto& [id, socket] : sockets_) sockets.push_back(socket);
  return sockets;
}

}  // namespace guildhall::socketio::engine
