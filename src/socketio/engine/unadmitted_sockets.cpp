#include "socketio/engine/unadmitted_sockets.hpp"

#include <utility>

namespace guildhall::socketio::engine {

UnadmittedSockets::Added UnadmittedSockets::add(std::weak_ptr<ServerSocket> socket,
                                                const boost::asio::ip::address& client) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<ServerSocket> evicted;
  const auto own = by_client_.find(client);
  if (own != by_client_.end() && own->second.size() >= limits_.max_sockets_per_client) {
    evicted = take(*own->second.begin()).socket.lock();
  } else if (sockets_.size() >= limits_.max_sockets) {
    evicted = take(sockets_.begin()->first).socket.lock();
  }
  const auto number = ++last_;
  sockets_.emplace(number, Entry{std::move(socket), client});
  by_client_[client].insert(number);
  return {number, std::move(evicted)};
}

void UnadmittedSockets::remove(Number number) {
  const std::lock_guard lock(mutex_);
  if (sockets_.contains(number)) static_cast<void>(take(number));
}

UnadmittedSockets::Entry UnadmittedSockets::take(Number number) {
  auto entry = std::move(sockets_.extract(number).mapped());
  const auto own = by_client_.find(entry.client);
  own->second.erase(number);
  if (own->second.empty()) by_client_.erase(own);
  return entry;
}

}  // namespace guildhall::socketio::engine
