#include "app/script_module.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

namespace guildhall::app {
namespace {

/// guildhall-vm as configured, or beside this program, or where packages put programs that people do not start.
std::filesystem::path program_of(const config::Scripts& config) {
  if (!config.program.empty()) return config.program;
  std::error_code ignored;
  const auto folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  const auto beside = folder / "guildhall-vm";
  return std::filesystem::exists(beside, ignored) ? beside : folder.parent_path() / "lib/guildhall/guildhall-vm";
}

}  // namespace

vm::ScriptHostOptions script_host_options(const config::Scripts& config) {
  vm::ScriptHostOptions options;
  options.program = program_of(config);
  options.limits.cpu = config.cpu;
  options.limits.memory = config.memory;
  options.limits.wall = config.wall;
  options.limits.calls = config.calls;
  options.limits.call_size = config.call_bytes;
  options.limits.console_lines = config.console_lines;
  options.queue.processors = std::max(1U, std::thread::hardware_concurrency());
  options.queue.max_running = config.at_once;
  options.queue.max_running_per_guild = config.per_guild;
  options.queue.max_waiting = config.waiting;
  options.queue.max_waiting_per_guild = std::min(options.queue.max_waiting_per_guild, config.waiting);
  options.queue.max_idle = config.idle;
  // Idle runs keep no more memory than those that use the processor.
  options.queue.max_idle_memory = config.at_once * config.memory;
  options.queue.max_started_per_guild = std::max<std::size_t>(config.per_guild, config.idle / 8);
  options.unsafe = config.unsafe;
  return options;
}

ScriptModule::ScriptModule(const config::Scripts& config, net::Executor home, base::Logger& logger)
    : config_(config),
      log_(logger, "scripts"),
      host_(std::move(home), script_host_options(config), base::Log(logger, "scripts")) {}

net::Task<> ScriptModule::start() {
  if (!config_.enabled) {
    log_.info("SCRIPTS is off: buttons and select menus run no scripts");
    co_return;
  }
  const auto started = co_await host_.start();
  if (!started && !stopping_) {
    log_.warn("Scripts are off: buttons and select menus run none", {{"reason", started.error().message}});
  }
}

net::Task<> ScriptModule::stop() {
  stopping_ = true;
  co_await host_.stop();
}

api::PartHealth ScriptModule::health() const {
  if (!config_.enabled) return {api::PartState::off, "SCRIPTS is off."};
  auto reason = host_.reason_off();
  const auto state = reason.empty() ? api::PartState::up : api::PartState::down;
  return {state, std::move(reason)};
}

}  // namespace guildhall::app
