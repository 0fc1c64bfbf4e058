#include "server/dry_runs.hpp"

#include <utility>

#include "api/errors.hpp"
#include "net/async/spawn.hpp"
#include "vm/script_host.hpp"

namespace guildhall::server {
namespace {

/// On the script host's event loop.
net::Task<api::DryRunResult> run_at_home(vm::ScriptHost& scripts, vm::ScriptRun run, std::shared_ptr<DryRunHost> host) {
  api::DryRunResult result;
  result.outcome = co_await scripts.run(std::move(run), host);
  result.calls = host->take_calls();
  result.console = host->take_console();
  co_return result;
}

}  // namespace

net::Task<base::Result<api::DryRunResult>> DryRuns::run(vm::ScriptRun run, std::shared_ptr<DryRunHost> host) {
  auto result = co_await net::run_on(parts_.home, run_at_home(parts_.host, std::move(run), std::move(host)));
  if (auto error = not_run(result.outcome.ending)) co_return *std::move(error);
  co_return result;
}

std::optional<base::Error> DryRuns::not_run(vm::Ending ending) const {
  switch (ending) {
    case vm::Ending::busy: return api::errors::scripts_busy;
    case vm::Ending::unavailable:
      if (!parts_.enabled) return api::errors::scripts_off;
      // The host's reason names files of the machine, so it is for the log alone.
      if (!parts_.host.reason_off().empty()) return api::errors::scripts_failed;
      return api::errors::scripts_starting;
    case vm::Ending::stopped: return api::errors::stopping;
    default: return std::nullopt;
  }
}

}  // namespace guildhall::server
