#pragma once

#include <memory>
#include <stdexcept>
#include <string_view>

#include "config/config.hpp"

namespace guildhall::app {

/// Why the program cannot start, in one sentence for the operator.
class StartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The whole program: builds its modules, starts them, and stops them in reverse order.
class Application {
 public:
  /// Opens the database and binds the port. `origins` lists where each setting comes from, for the debug log. Throws
  /// StartError.
  Application(config::Config config, std::string_view origins);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  /// Serves until SIGINT or SIGTERM, then lets what is in flight finish within ten seconds. A second signal kills the
  /// program.
  void run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::app
