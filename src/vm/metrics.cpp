#include "vm/metrics.hpp"

#include "vm/script_host.hpp"

namespace guildhall::vm {

base::MetricFamilies metrics(const ScriptHost& host) {
  const auto stats = host.stats();
  auto ended = base::counter("script_runs_ended_total", "Script runs and syntax checks that ended, by ending.");
  for (std::size_t i = 0; i < stats.endings.size(); ++i) {
    ended.add(stats.endings[i], {{"ending", std::string(to_string(static_cast<Ending>(i)))}});
  }
  return {base::counter("script_runs_started_total", "Script runs and syntax checks that were started.", stats.started),
          std::move(ended),
          base::gauge("script_runs_running", "Script runs and syntax checks that are running.", stats.running),
          base::gauge("script_runs_idle", "Script runs that wait for a timer or for Discord.", stats.idle),
          base::gauge("script_runs_waiting", "Script runs and syntax checks that wait for a free slot.", stats.waiting),
          base::counter("script_hosts_started_total", "Times that guildhall-vm was started.", stats.hosts_started)};
}

}  // namespace guildhall::vm
