#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <utility>

#include "vm/script.hpp"
#include "vm/script_host.hpp"

namespace guildhall::vm {

/// What other threads may know of the script host. Any thread.
class Board {
 public:
  Board() { stats_.endings.resize(static_cast<std::size_t>(Ending::stopped) + 1); }

  [[nodiscard]] std::string reason_off() const {
    const std::lock_guard lock(mutex_);
    return reason_off_;
  }
  void set_reason_off(std::string reason) {
    const std::lock_guard lock(mutex_);
    reason_off_ = std::move(reason);
  }

  [[nodiscard]] ScriptStats stats() const {
    const std::lock_guard lock(mutex_);
    return stats_;
  }
  void count_host() {
    const std::lock_guard lock(mutex_);
    ++stats_.hosts_started;
  }
  void count_start() {
    const std::lock_guard lock(mutex_);
    ++stats_.started;
  }
  void count_ending(Ending ending) {
    const std::lock_guard lock(mutex_);
    ++stats_.endings[static_cast<std::size_t>(ending)];
  }
  void set_load(std::size_t running, std::size_t waiting) {
    const std::lock_guard lock(mutex_);
    stats_.running = running;
    stats_.waiting = waiting;
  }

 private:
  mutable std::mutex mutex_;
  std::string reason_off_ = "Scripts are off, since the script host has not been started.";
  ScriptStats stats_;
};

}  // namespace guildhall::vm
