#include "vm/script_host.hpp"

#include <utility>

#include "vm/frames.hpp"
#include "vm/script_host_impl.hpp"

namespace guildhall::vm {

ScriptHost::ScriptHost(net::Executor home, ScriptHostOptions options, base::Log log)
    : core_(std::make_shared<ScriptHostImpl>(std::move(home), std::move(options), std::move(log))) {}

ScriptHost::~ScriptHost() { core_->abandon(); }

net::Task<base::Result<void>> ScriptHost::start() { return ScriptHostImpl::start(core_); }

net::Task<> ScriptHost::stop() { return ScriptHostImpl::stop(core_); }

net::Task<Outcome> ScriptHost::run(ScriptRun run, std::shared_ptr<HostCalls> world) {
  return ScriptHostImpl::run(core_, run.guild, run_frame(run, core_->limits()), std::move(world));
}

net::Task<Outcome> ScriptHost::check(base::GuildId guild, std::string script) {
  return ScriptHostImpl::run(core_, guild, check_frame(script), nullptr);
}

std::string ScriptHost::reason_off() const { return core_->board().reason_off(); }

ScriptStats ScriptHost::stats() const { return core_->board().stats(); }

}  // namespace guildhall::vm
