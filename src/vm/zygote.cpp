#include "vm/zygote.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "net/async/backoff.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::vm {
namespace {

using Socket = boost::asio::local::stream_protocol::socket;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr net::Backoff::Options reap_pauses{.first = milliseconds(1), .max = milliseconds(50)};
/// How long the destructor waits for the kernel.
constexpr milliseconds max_kill_wait{1000};

constexpr std::array<std::pair<std::uint64_t, std::string_view>, 3> sandbox_parts{{
    {protocol::missing_namespaces, "unprivileged namespaces (user, mount, pid, network, IPC, UTS)"},
    {protocol::missing_seccomp, "system call filters (seccomp)"},
    {protocol::missing_empty_root, "an empty file system (a mount namespace with a root of its own)"},
}};

/// Returns what posix_spawn(3) does.
int spawn(const std::string& program, bool unsafe, int control, pid_t& process) {
  std::string name = program;
  std::string option = "--unsafe";
  const std::array<char*, 3> arguments{name.data(), unsafe ? option.data() : nullptr, nullptr};
  const std::array<char*, 1> environment{nullptr};

  ::posix_spawn_file_actions_t files{};
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, control, protocol::control_descriptor);
  ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDWR, 0);
  ::posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, STDOUT_FILENO);
  ::posix_spawn_file_actions_addclosefrom_np(&files, protocol::control_descriptor + 1);

  ::sigset_t none{};
  ::sigset_t all{};
  ::sigemptyset(&none);
  ::sigfillset(&all);
  ::posix_spawnattr_t attributes{};
  ::posix_spawnattr_init(&attributes);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &all);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);

  const int error = ::posix_spawn(&process, name.c_str(), &files, &attributes, arguments.data(), environment.data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  return error;
}

/// True once the process has ended. Its group is killed while its zombie keeps the group's number.
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

base::Result<SocketPair> make_socket_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return base::Error{base::Errc::unavailable,
                       "Cannot create a socket for a script: " + std::generic_category().message(errno) + "."};
  }
  return SocketPair{Descriptor(ends[0]), Descriptor(ends[1])};
}

std::string describe_missing(std::uint64_t missing) {
  std::string text;
  const auto add = [&](std::string_view part) {
    if (!text.empty()) text += "; ";
    text += part;
  };
  for (const auto& [bit, part] : sandbox_parts) {
    if ((missing & bit) != 0) add(part);
    missing &= ~bit;
  }
  if (missing != 0) add("something that this version does not know");
  return text;
}

base::Result<std::shared_ptr<Zygote>> Zygote::start(const net::Executor& executor, const std::filesystem::path& program,
                                                    bool unsafe) {
  auto pair = make_socket_pair();
  if (!pair) return pair.error();
  Socket control(executor);
  boost::system::error_code failed;
  control.assign(boost::asio::local::stream_protocol(), pair->ours.get(), failed);
  if (failed) return base::Error{base::Errc::unavailable, "Cannot watch the script host: " + failed.message() + "."};
  static_cast<void>(pair->ours.release());
  pid_t process = -1;
  if (const int error = spawn(program.string(), unsafe, pair->theirs.get(), process); error != 0) {
    return base::Error{base::Errc::unavailable, "The script host " + program.string() + " cannot be started: " +
                                                    std::generic_category().message(error) + "."};
  }
  return std::shared_ptr<Zygote>(new Zygote(process, std::move(control)));
}

Zygote::~Zygote() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  const auto deadline = steady_clock::now() + max_kill_wait;
  while (!try_reap(process_) && steady_clock::now() < deadline) std::this_thread::sleep_for(reap_pauses.first);
}

net::Task<std::optional<protocol::Record>> Zygote::receive(std::shared_ptr<Zygote> self) {
  protocol::Record record;
  boost::system::error_code error;
  co_await boost::asio::async_read(self->control_, boost::asio::buffer(&record, sizeof record),
                                   boost::asio::redirect_error(boost::asio::use_awaitable, error));
  if (error) self->close("it exited");
  if (!self->control_.is_open()) co_return std::nullopt;
  co_return record;
}

void Zygote::close(std::string reason) {
  if (!control_.is_open()) return;
  reason_ = std::move(reason);
  boost::system::error_code ignored;
  control_.close(ignored);
  outgoing_.clear();
}

net::Task<> Zygote::reap(std::shared_ptr<Zygote> self, milliseconds timeout) {
  const auto deadline = steady_clock::now() + timeout;
  bool killed = false;
  for (net::Backoff backoff(reap_pauses); !try_reap(self->process_);) {
    if (!killed && steady_clock::now() >= deadline) {
      ::kill(self->process_, SIGKILL);
      killed = true;
      backoff.reset();
    }
    co_await net::sleep_for(backoff.next());
  }
  self->process_ = -1;
}

void Zygote::send(Outgoing outgoing) {
  if (!control_.is_open()) return;
  outgoing_.push_back(std::move(outgoing));
  if (!writing_) write();
}

void Zygote::write() {
  while (control_.is_open() && !outgoing_.empty()) {
    if (!write_one(outgoing_.front())) {
      writing_ = true;
      control_.async_wait(Socket::wait_write, [self = shared_from_this()](boost::system::error_code) {
        self->writing_ = false;
        self->write();
      });
      return;
    }
    if (!outgoing_.empty()) outgoing_.pop_front();
  }
}

bool Zygote::write_one(const Outgoing& outgoing) {
  ::iovec bytes{const_cast<protocol::Record*>(&outgoing.record), sizeof outgoing.record};
  alignas(::cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
  ::msghdr message{};
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  if (const int descriptor = outgoing.descriptor.get(); descriptor >= 0) {
    message.msg_control = space.data();
    message.msg_controllen = space.size();
    auto* rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
  }
  ::ssize_t sent = 0;
  do sent = ::sendmsg(control_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
  // The kernel sends so few bytes either whole or not at all.
  if (sent != static_cast<::ssize_t>(sizeof outgoing.record)) close("its control channel is broken");
  return true;
}

}  // namespace guildhall::vm
