#pragma once

#include <functional>
#include <memory>
#include <stdexcept>

#include "config/config.hpp"
#include "config/environment.hpp"

namespace guildhall::app {

/// Why the program cannot start, in one sentence for the operator.
class StartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The whole program: builds its modules, starts them, and stops them in reverse order.
class Application {
 public:
  struct Settings {
    config::Config config;
    config::Environment environment;  ///< What `config` was made from.
    /// Reads the environment and its file again, for a reload. Throws config::Error.
    std::function<config::Environment()> read_again;
  };

  /// Opens the database and binds the port. Throws StartError.
  explicit Application(Settings settings);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  /// Serves until SIGINT or SIGTERM, then lets what is in flight finish within ten seconds. A second signal kills the
  /// program. SIGHUP reloads what can change meanwhile (see config::AppliedAt).
  void run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::app
