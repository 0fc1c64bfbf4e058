#pragma once

#include <memory>
#include <stdexcept>
#include <string_view>

#include "config/config.hpp"

namespace guildhall::app {

/// Why the program cannot start: one sentence for who starts it.
class StartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The whole program: builds its parts, starts them, and stops them in reverse order.
class Application {
 public:
  /// Opens the database and binds the port. `origins` says where each setting comes from, for the debug log. Throws
  /// StartError.
  Application(config::Config config, std::string_view origins);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  /// Serves until SIGINT or SIGTERM, then finishes what runs within ten seconds. A second signal ends the program at
  /// once.
  void run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::app
