#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "api/dry_run.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "net/task.hpp"
#include "server/dry_run_host.hpp"
#include "vm/script.hpp"

namespace guildhall::vm {
class ScriptHost;
}

namespace guildhall::server {

/// Guild owners' scripts as handlers use them, on whichever event loop: the host itself lives on one.
class Scripts {
 public:
  struct Parts {
    net::Executor home;  ///< The host's event loop.
    vm::ScriptHost& host;
    /// As vm::ScriptHost::reason_off, also where they are not wanted.
    std::function<std::string()> reason_off;
    std::string application;  ///< The bot's id, by which scripts that are tried out know it.
    base::Log log;
  };

  /// What is given by reference outlives this.
  explicit Scripts(Parts parts) : parts_(std::move(parts)) {}

  /// Runs a script in a world that only writes down what it asks for. Errc::unavailable where it was not run.
  [[nodiscard]] net::Task<base::Result<api::ScriptTrialResult>> run(vm::ScriptRun run,
                                                                    std::shared_ptr<DryRunHost> world);

  [[nodiscard]] const std::string& application() const { return parts_.application; }

 private:
  /// Why a run of this ending has told nothing about its script; nothing where it has.
  [[nodiscard]] std::optional<base::Error> not_run(vm::Ending ending) const;

  const Parts parts_;
};

}  // namespace guildhall::server
