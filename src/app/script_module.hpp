#pragma once

#include "api/health.hpp"
#include "base/log.hpp"
#include "config/config.hpp"
#include "net/task.hpp"
#include "vm/script_host.hpp"

namespace guildhall::app {

/// The script host's options, with the path of guildhall-vm.
[[nodiscard]] vm::ScriptHostOptions script_host_options(const config::Scripts& config);

/// The host of guild owners' scripts. On the home event loop.
class ScriptModule {
 public:
  /// `config` outlives this.
  ScriptModule(const config::Scripts& config, net::Executor home, base::Logger& logger);

  /// Starts the script host. A failure is logged with what to do about it; the program runs without scripts then.
  [[nodiscard]] net::Task<> start();

  /// Ends all runs. Their calls in flight can still be answered.
  [[nodiscard]] net::Task<> stop();

  /// Any thread.
  [[nodiscard]] api::PartHealth health() const;

  [[nodiscard]] vm::ScriptHost& host() { return host_; }
  [[nodiscard]] const vm::ScriptHost& host() const { return host_; }

 private:
  const config::Scripts& config_;
  const base::Log log_;
  vm::ScriptHost host_;
  bool stopping_ = false;
};

}  // namespace guildhall::app
