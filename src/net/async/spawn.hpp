#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "net/task.hpp"

namespace guildhall::net {

using OnFailure = std::function<void(std::exception_ptr)>;

/// Starts `task` on `executor` and lets it run until it ends. `on_failure` is called there with an exception that ends
/// it, unless that is its cancellation. Any thread may call.
void spawn(const Executor& executor, Task<> task, OnFailure on_failure);
/// The same for a task that handles all its failures: an exception is dropped.
void spawn(const Executor& executor, Task<> task);

/// Runs `task` on `executor` and goes on, where it was called, with its result or exception. A cancellation reaches the
/// task.
[[nodiscard]] Task<> run_on(Executor executor, Task<> task);

/// Throws operation_aborted when cancelled.
[[nodiscard]] Task<> sleep_for(std::chrono::steady_clock::duration time);
[[nodiscard]] Task<> sleep_until(std::chrono::steady_clock::time_point time);

/// Whether `failure` is operation_aborted, which is how a cancelled task ends.
[[nodiscard]] bool is_cancellation(const std::exception_ptr& failure);

namespace detail {

template <class T>
Task<> keep_result(Task<T> task, std::shared_ptr<std::optional<T>> result) {
  result->emplace(co_await std::move(task));
}

template <class T>
Task<T> run_on_with_result(Executor executor, Task<T> task) {
  // Shared, since the task may outlive its caller.
  const auto result = std::make_shared<std::optional<T>>();
  co_await run_on(std::move(executor), keep_result(std::move(task), result));
  co_return std::move(**result);
}

}  // namespace detail

template <class T>
[[nodiscard]] Task<T> run_on(Executor executor, Task<T> task) {
  return detail::run_on_with_result(std::move(executor), std::move(task));
}

}  // namespace guildhall::net
