#include "app/service_manager.hpp"

#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "logger/journal.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::app {
namespace {

net::Task<> do_nothing() { co_return; }

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

ServiceManager ServiceManager::from_environment() {
  // Nobody sets variables.
  if (std::getenv("NOTIFY_SOCKET") == nullptr) return {{}, std::nullopt};  // NOLINT(concurrency-mt-unsafe)
  std::uint64_t limit = 0;
  const bool watched = ::sd_watchdog_enabled(0, &limit) > 0;
  // A failure to send is ignored: nothing depends on it.
  return {[](const char* message) { ::sd_notify(0, message); },
          watched ? std::optional(std::chrono::microseconds(limit)) : std::nullopt};
}

void ServiceManager::send(const std::string& message) const {
  if (send_) send_(message.c_str());
}

void ServiceManager::ready(std::string_view status) {
  status_ = status;
  send("READY=1\nSTATUS=" + one_line(status_));
}

void ServiceManager::reloading() {
  // systemd compares with CLOCK_MONOTONIC, which steady_clock is here.
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  send("RELOADING=1\nMONOTONIC_USEC=" +
       std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(now).count()) + "\nSTATUS=Reloading");
}

void ServiceManager::stopping() { send("STOPPING=1\nSTATUS=Stopping"); }

net::Task<> ServiceManager::ping(const net::EventLoops& loops) {
  if (!watchdog_) co_return;
  while (true) {
    for (std::size_t i = 0; i < loops.size(); ++i) co_await net::run_on(loops.executor(i), do_nothing());
    send("WATCHDOG=1");
    co_await net::sleep_for(*watchdog_ / 2);
  }
}

net::Task<> ServiceManager::report(std::function<std::string()> status) {
  if (!send_) co_return;
  while (true) {
    auto now = status();
    if (now != status_) {
      status_ = std::move(now);
      send("STATUS=" + one_line(status_));
    }
    co_await net::sleep_for(std::chrono::seconds(1));
  }
}

std::string_view journal_prefix() { return logger::is_journal(STDERR_FILENO) ? "<3>" : ""; }

}  // namespace guildhall::app
