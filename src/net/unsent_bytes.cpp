#include "net/unsent_bytes.hpp"

namespace guildhall::net {

std::optional<UnsentBytes::Holder> UnsentBytes::enter(const Response& response, Time now) {
  const bool is_shared = response.shared_body != nullptr;
  if (!is_shared && !response.static_body.empty()) return std::optional<Holder>(std::in_place);
  const void* const shared = response.shared_body.get();
  const std::size_t size = response.payload().size();
  const std::lock_guard lock(mutex_);
  const auto known = is_shared ? shared_.find(shared) : shared_.end();
  if (known != shared_.end()) {
    ++known->second;
  } else if (size > max_ - bytes_) {
    crowded_until_ = (now + crowded_for).time_since_epoch().count();
    return std::nullopt;
  } else {
    if (is_shared) shared_.emplace(shared, 1);
    bytes_ += size;
  }
  return std::optional<Holder>(std::in_place, *this, shared, size);
}

void UnsentBytes::leave(const void* shared, std::size_t size) {
  const std::lock_guard lock(mutex_);
  if (shared != nullptr) {
    const auto known = shared_.find(shared);
    if (--known->second > 0) return;
    shared_.erase(known);
  }
  bytes_ -= size;
}

std::size_t UnsentBytes::count() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace guildhall::net
