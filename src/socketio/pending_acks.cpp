#include "socketio/pending_acks.hpp"

#include <utility>

namespace guildhall::socketio {

std::uint64_t PendingAcks::add(const net::Executor& executor, std::chrono::milliseconds timeout, Handler handler,
                               std::function<void(std::uint64_t id)> expire) {
  const auto id = next_id_++;
  auto& waiting =
      waiting_.emplace(id, Waiting{std::move(handler), boost::asio::steady_timer(executor, timeout)}).first->second;
  waiting.timer.async_wait([id, expire = std::move(expire)](boost::system::error_code cancelled) {
    if (!cancelled) expire(id);
  });
  return id;
}

PendingAcks::Handler PendingAcks::take(std::uint64_t id) {
  const auto at = waiting_.find(id);
  if (at == waiting_.end()) return nullptr;
  auto handler = std::move(at->second.handler);
  waiting_.erase(at);
  return handler;
}

std::vector<PendingAcks::Handler> PendingAcks::take_all() {
  std::vector<Handler> handlers;
  for (auto& [id, waiting] : std::exchange(waiting_, {})) handlers.push_back(std::move(waiting.handler));
  return handlers;
}

}  // namespace guildhall::socketio
