#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "net/event_loops.hpp"
#include "net/task.hpp"

namespace guildhall::app {

/// Reports the service's state to systemd (sd_notify(3)); does nothing if systemd did not start the program. For the
/// home loop.
class ServiceManager {
 public:
  using Send = std::function<void(const char* message)>;

  /// `watchdog`: systemd restarts the service when it hears nothing for so long.
  ServiceManager(Send send, std::optional<std::chrono::microseconds> watchdog)
      : send_(std::move(send)), watchdog_(watchdog) {}

  /// By NOTIFY_SOCKET and WATCHDOG_USEC.
  [[nodiscard]] static ServiceManager from_environment();

  /// The start or a reload has finished. `status` is one line for `systemctl status`.
  void ready(std::string_view status);
  void reloading();
  void stopping();

  /// Tells twice in each watchdog interval that all event loops have answered. When one is stuck, systemd hears nothing
  /// and restarts the service. Until cancelled.
  [[nodiscard]] net::Task<> ping(const net::EventLoops& loops);

  /// Asks `status` once a second and passes on what has changed. Until cancelled.
  [[nodiscard]] net::Task<> report(std::function<std::string()> status);

 private:
  void send(const std::string& message) const;

  Send send_;  ///< Empty: nobody listens.
  std::optional<std::chrono::microseconds> watchdog_;
  std::string status_;
};

/// `<3>` (sd-daemon(3)), by which the journal shows the line as an error; empty where standard error does not go there.
[[nodiscard]] std::string_view journal_prefix();

}  // namespace guildhall::app
