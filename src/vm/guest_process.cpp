#include "vm/guest_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <string>
#include <system_error>
#include <thread>

#include "vm/protocol.hpp"

namespace guildhall::vm {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds first_pause{1};
constexpr milliseconds longest_pause{50};
/// What reap_now waits at most.
constexpr milliseconds kill_limit{1000};

/// What the new process has of ours.
class FileActions {
 public:
  explicit FileActions(int control) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, control, protocol::control_descriptor);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDWR, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, STDIN_FILENO, STDOUT_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, protocol::control_descriptor + 1);
  }
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  [[nodiscard]] const ::posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  ::posix_spawn_file_actions_t actions_{};
};

/// A group of its own, and signals as a new program expects them.
class Attributes {
 public:
  Attributes() {
    ::sigset_t none{};
    ::sigset_t all{};
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  [[nodiscard]] const ::posix_spawnattr_t* get() const { return &attributes_; }

 private:
  ::posix_spawnattr_t attributes_{};
};

/// True once the process is gone. What is left of its group is killed while its zombie keeps the group's number.
bool try_reap(pid_t process) {
  ::siginfo_t info{};
  const int found = ::waitid(P_PID, static_cast<::id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT);
  if (found == 0 && info.si_pid == 0) return false;
  if (found == 0) {
    ::kill(-process, SIGKILL);
    ::waitpid(process, nullptr, WNOHANG);
  }
  return true;
}

}  // namespace

base::Result<pid_t> start_guest(const std::filesystem::path& program, bool unsafe, const Descriptor& control) {
  std::string name = program.string();
  std::string option = "--unsafe";
  const std::array<char*, 3> arguments{name.data(), unsafe ? option.data() : nullptr, nullptr};
  const std::array<char*, 1> environment{nullptr};
  const FileActions actions(control.get());
  const Attributes attributes;
  pid_t process = -1;
  const int failed =
      ::posix_spawn(&process, name.c_str(), actions.get(), attributes.get(), arguments.data(), environment.data());
  if (failed != 0) {
    return base::Error{base::Errc::unavailable, "The script host " + name + " cannot be started: " +
                                                    std::generic_category().message(failed) + "."};
  }
  return process;
}

net::Task<> reap(pid_t process, milliseconds grace) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  const auto patience_ends = Clock::now() + grace;
  bool killed = false;
  for (auto pause = first_pause; !try_reap(process); pause = std::min(2 * pause, longest_pause)) {
    if (!killed && Clock::now() >= patience_ends) {
      ::kill(-process, SIGKILL);
      killed = true;
      pause = first_pause;
    }
    timer.expires_after(pause);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

void reap_now(pid_t process) {
  ::kill(-process, SIGKILL);
  const auto limit = Clock::now() + kill_limit;
  while (!try_reap(process) && Clock::now() < limit) std::this_thread::sleep_for(first_pause);
}

}  // namespace guildhall::vm
