#pragma once

#include <string>

#include "base/log.hpp"
#include "config/config.hpp"
#include "net/task.hpp"
#include "vm/script_host.hpp"

namespace guildhall::app {

/// The host of guild owners' scripts, as it is configured. On the home event loop.
class ScriptModule {
 public:
  /// `config` outlives this.
  ScriptModule(const config::Scripts& config, net::Executor home, base::Logger& logger);

  /// Starts what runs scripts. The log says where it cannot, and what to do: that keeps nothing else from going on.
  [[nodiscard]] net::Task<> start();

  /// Ends all runs. What they ask for meanwhile can still be answered.
  [[nodiscard]] net::Task<> stop();

  /// Empty while scripts run; else a sentence that says why they do not. Any thread.
  [[nodiscard]] std::string reason_off() const;

  [[nodiscard]] vm::ScriptHost& host() { return host_; }
  [[nodiscard]] const vm::ScriptHost& host() const { return host_; }

 private:
  const config::Scripts& config_;
  const base::Log log_;
  vm::ScriptHost host_;
  bool stopping_ = false;
};

}  // namespace guildhall::app
