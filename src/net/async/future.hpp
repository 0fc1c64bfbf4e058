#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "net/async/spawn.hpp"

namespace guildhall::net {

/// The result of a task that runs on an event loop, for a thread that waits for it. Like the std::future<T> of
/// boost::asio::use_future, which takes a second to compile for each T.
template <class T>
class Future {
 public:
  Future() = default;
  Future(std::future<void> end, std::shared_ptr<std::optional<T>> result)
      : end_(std::move(end)), result_(std::move(result)) {}

  /// Waits for the end. Returns the result or throws the exception.
  T get() {
    end_.get();
    return std::move(**result_);
  }
  [[nodiscard]] std::future_status wait_for(std::chrono::milliseconds time) const { return end_.wait_for(time); }

 private:
  std::future<void> end_;
  std::shared_ptr<std::optional<T>> result_;
};

template <>
class Future<void> : public std::future<void> {
 public:
  Future() = default;
  explicit Future(std::future<void> end) : std::future<void>(std::move(end)) {}
};

// Start `task` on `executor`. Any thread may call.

[[nodiscard]] Future<void> start(const Executor& executor, Task<> task);
template <class T>
[[nodiscard]] Future<T> start(const Executor& executor, Task<T> task) {
  auto result = std::make_shared<std::optional<T>>();
  auto end = start(executor, detail::keep_result(std::move(task), result));
  return {std::move(end), std::move(result)};
}

}  // namespace guildhall::net
