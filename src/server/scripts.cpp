#include "server/scripts.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

#include "vm/script_host.hpp"

namespace guildhall::server {
namespace {

namespace asio = boost::asio;

/// What is off stays so until somebody changes it; the rest passes quickly.
constexpr std::chrono::seconds retry_when_off{60};
constexpr std::chrono::seconds retry_shortly{1};

/// On the host's event loop.
net::Task<api::ScriptTrialResult> run_at_home(vm::ScriptHost& host, vm::ScriptRun run,
                                              std::shared_ptr<DryRunHost> world) {
  auto running = host.run(std::move(run), world);
  api::ScriptTrialResult result;
  result.outcome = co_await std::move(running);
  result.calls = world->take_calls();
  result.console = world->take_console();
  co_return result;
}

}  // namespace

net::Task<base::Result<api::ScriptTrialResult>> Scripts::run(vm::ScriptRun run, std::shared_ptr<DryRunHost> world) {
  auto running = run_at_home(parts_.host, std::move(run), std::move(world));
  auto result = co_await asio::co_spawn(parts_.home, std::move(running), asio::use_awaitable);
  if (auto error = not_run(result.outcome.ending)) co_return *std::move(error);
  co_return result;
}

std::optional<base::Error> Scripts::not_run(vm::Ending ending) const {
  switch (ending) {
    case vm::Ending::busy:
      return base::Error{
          base::Errc::unavailable, "Too many scripts wait already; try again shortly.", {}, retry_shortly};
    case vm::Ending::unavailable: {
      const auto reason = parts_.reason_off();
      if (!reason.empty()) return base::Error{base::Errc::unavailable, reason, {}, retry_when_off};
      return base::Error{
          base::Errc::unavailable, "What runs scripts is being started; try again shortly.", {}, retry_shortly};
    }
    case vm::Ending::stopped:
      return base::Error{base::Errc::unavailable, "guildhall is stopping; try again shortly.", {}, retry_shortly};
    default: return std::nullopt;
  }
}

}  // namespace guildhall::server
