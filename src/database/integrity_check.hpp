#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/log.hpp"
#include "database/dialect.hpp"
#include "database/health.hpp"

namespace guildhall::database {

/// The thread that checks the whole database where what was read was damaged, again and again until nothing is wrong
/// any more. Checks take up to a tenth of the time. What is given by reference outlives it.
class IntegrityCheck {
 public:
  IntegrityCheck(const Dialect& dialect, Health& health, base::Log log);
  ~IntegrityCheck();
  IntegrityCheck(const IntegrityCheck&) = delete;
  IntegrityCheck& operator=(const IntegrityCheck&) = delete;

  enum class First : std::uint8_t { at_once, on_suspicion };
  void start(First first);
  /// Interrupts a check and ends the thread. May be called again.
  void stop();

 private:
  void run(First first);
  void check();

  const Dialect& dialect_;
  Health& health_;
  const base::Log log_;
  bool reported_ = false;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable stopped_;
  std::thread thread_;
};

}  // namespace guildhall::database
