#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace guildhall::base {

/// A value that is replaced as a whole while others read it. Any thread.
template <class T>
class Reloadable {
 public:
  Reloadable(T value = {}) : value_(std::make_shared<const T>(std::move(value))) {}
  Reloadable(const Reloadable& other) : value_(other.get()) {}
  Reloadable& operator=(const Reloadable&) = delete;
  ~Reloadable() = default;

  /// The present value, which stays as it is for as long as it is held. Never null.
  [[nodiscard]] std::shared_ptr<const T> get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }

  void set(T value) {
    auto fresh = std::make_shared<const T>(std::move(value));
    const std::lock_guard lock(mutex_);
    value_.swap(fresh);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace guildhall::base
