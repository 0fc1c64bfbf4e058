#include "vm/guest/run.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>

#include "vm/guest/channel.hpp"
#include "vm/guest/confinement.hpp"
#include "vm/guest/limit_watch.hpp"

namespace guildhall::vm::guest {
namespace {

/// The parent ends a run that takes too long. Where it does not, this does, so much later.
constexpr std::chrono::seconds wall_grace{2};
/// Address space of the engine's watchdog, a thread.
constexpr rlim_t watchdog_size = 9U << 20;
/// Pages of the engine's code and of its own data that a run comes to need: they count as its memory, but are not its.
constexpr std::size_t engine_pages = 16U << 20;

void limit(__rlimit_resource resource, rlim_t most) {
  const rlimit value{most, most};
  setrlimit(resource, &value);
}

std::size_t resident() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

/// What the kernel sees to, whatever happens to the engine.
void set_limits(const RunSetting& setting, const protocol::Record& limits) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_NOFILE, 8);  // poll wants as many as it is asked to look at
  limit(RLIMIT_MEMLOCK, 0);
  limit(RLIMIT_MSGQUEUE, 0);
  // In whole seconds: behind what is counted exactly.
  limit(RLIMIT_CPU, limits.cpu / 1'000'000 + 2);
  limit(RLIMIT_AS, setting.address_space + watchdog_size + limits.memory);
  itimerval wall{};
  wall.it_value.tv_sec = static_cast<time_t>(limits.wall / 1'000'000) + wall_grace.count();
  setitimer(ITIMER_REAL, &wall, nullptr);
}

}  // namespace

void run_script(const RunSetting& setting, int socket, const protocol::Record& limits) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  close_descriptors(0, socket);
  const auto cpu = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::microseconds(limits.cpu));
  watch_limits(cpu, resident() + engine_pages + limits.memory);
  setting.engine.limit_time(cpu);  // makes a thread, which is forbidden from here on
  set_limits(setting, limits);
  if (setting.filter != nullptr && !setting.filter->install()) _exit(protocol::exit_broken);

  const Channel channel(socket);
  const auto first = channel.receive(-1);
  auto state = setting.engine.begin(channel, first.value_or(""));
  while (!state.over) {
    const auto frame = channel.receive(state.wait);
    state = frame ? setting.engine.deliver(*frame) : setting.engine.fire();
  }
  _exit(protocol::exit_said);
}

}  // namespace guildhall::vm::guest
