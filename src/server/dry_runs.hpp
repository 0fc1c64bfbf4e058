#pragma once

#include <memory>
#include <optional>
#include <string>

#include "api/dry_run.hpp"
#include "base/result.hpp"
#include "net/task.hpp"
#include "server/dry_run_host.hpp"
#include "vm/script.hpp"

namespace guildhall::vm {
class ScriptHost;
}

namespace guildhall::server {

/// Runs guild owners' scripts without Discord. Any event loop may ask; the script host lives on one.
class DryRuns {
 public:
  struct Parts {
    net::Executor home;  ///< The script host's event loop.
    vm::ScriptHost& host;
    bool enabled = true;      ///< Whether scripts are wanted.
    std::string application;  ///< The bot's id, as the scripts see it.
  };

  /// What is given by reference outlives this.
  explicit DryRuns(Parts parts) : parts_(std::move(parts)) {}

  /// Runs a script against `host`, which records its calls. Errc::unavailable if it was not run.
  [[nodiscard]] net::Task<base::Result<api::DryRunResult>> run(vm::ScriptRun run, std::shared_ptr<DryRunHost> host);

  [[nodiscard]] const std::string& application() const { return parts_.application; }

 private:
  /// Why a run with this ending says nothing about its script; empty if it does.
  [[nodiscard]] std::optional<base::Error> not_run(vm::Ending ending) const;

  const Parts parts_;
};

}  // namespace guildhall::server
