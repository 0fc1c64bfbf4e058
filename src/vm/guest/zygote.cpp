#include "vm/guest/zygote.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "vm/guest/channel.hpp"

namespace guildhall::vm::guest {
namespace {

using protocol::Op;
using protocol::Record;

constexpr Record self_test_limits{
    .op = Op::run, .number = 1, .cpu = 5'000'000, .wall = 10'000'000, .memory = 64U << 20};

double now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

std::uint64_t to_microseconds(const timeval& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(time.tv_usec);
}

std::size_t most_memory(const rusage& usage) { return static_cast<std::size_t>(usage.ru_maxrss) * 1024; }

/// Without its parent it has no reason to be.
void tell(const Record& record) {
  if (write(protocol::control_descriptor, &record, sizeof record) != sizeof record) _exit(protocol::exit_broken);
}

/// A record and the descriptor that came with it, or -1. False at the channel's end.
bool read_record(Record& record, int& descriptor) {
  std::size_t have = 0;
  while (have < sizeof record) {
    iovec part{reinterpret_cast<char*>(&record) + have, sizeof record - have};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> ancillary{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = ancillary.data();
    message.msg_controllen = ancillary.size();
    const auto count = recvmsg(protocol::control_descriptor, &message, MSG_CMSG_CLOEXEC);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    have += static_cast<std::size_t>(count);
    const auto* header = CMSG_FIRSTHDR(&message);
    if (header != nullptr && header->cmsg_type == SCM_RIGHTS) {
      std::memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    }
  }
  return true;
}

int open_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

}  // namespace

Zygote::Zygote(RunSetting setting) : setting_(setting), children_ended_(open_signals()) {
  std::array<int, 2> proof{};
  if (children_ended_ < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, proof.data()) != 0) {
    throw std::runtime_error("No descriptor is to be had.");
  }
  self_test_parent_ = proof[0];
  self_test_child_ = proof[1];
}

bool Zygote::self_test() {
  const Channel channel(self_test_parent_);
  channel.send(R"({"type": "check", "script": ""})");
  const pid_t child = fork();
  if (child == 0) run_script(setting_, self_test_child_, self_test_limits);
  close(self_test_child_);
  int status = 0;
  rusage usage{};
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  empty_run_ = most_memory(usage);
  const bool ended = status == 0 && channel.receive(0) == R"({"type":"ended"})";
  close(self_test_parent_);
  return ended;
}

void Zygote::serve(std::uint64_t missing) {
  tell({.op = Op::ready, .number = missing});
  for (;;) {
    std::array<pollfd, 2> ready{{{protocol::control_descriptor, POLLIN, 0}, {children_ended_, POLLIN, 0}}};
    if (poll(ready.data(), ready.size(), -1) < 0) continue;
    if (ready[1].revents != 0) reap();
    if (ready[0].revents != 0 && !on_record()) return;
  }
}

bool Zygote::on_record() {
  Record record;
  int socket = -1;
  if (!read_record(record, socket)) return false;
  if (record.op == Op::run && socket >= 0) {
    start(record, socket);
  } else if (record.op == Op::kill) {
    kill_run(record.number);
  }
  if (socket >= 0) close(socket);
  return true;
}

void Zygote::start(const Record& record, int socket) {
  const pid_t process = fork();
  if (process == 0) run_script(setting_, socket, record);
  if (process < 0) {
    // As one that ended at once: the parent goes on with others.
    tell({.op = Op::ended, .status = protocol::exit_broken << 8, .number = record.number});
    return;
  }
  children_.push_back({record.number, process, now()});
}

void Zygote::kill_run(std::uint64_t run) const {
  const auto child = std::find_if(children_.begin(), children_.end(), [run](const Child& c) { return c.run == run; });
  if (child != children_.end()) kill(child->process, SIGKILL);
}

void Zygote::reap() {
  signalfd_siginfo ignored;
  while (read(children_ended_, &ignored, sizeof ignored) > 0) {
  }
  int status = 0;
  rusage usage{};
  for (pid_t ended = 0; (ended = wait4(-1, &status, WNOHANG, &usage)) > 0;) {
    const auto child =
        std::find_if(children_.begin(), children_.end(), [ended](const Child& c) { return c.process == ended; });
    if (child == children_.end()) continue;
    const auto memory = most_memory(usage);
    tell({.op = Op::ended,
          .status = status,
          .number = child->run,
          .cpu = to_microseconds(usage.ru_utime) + to_microseconds(usage.ru_stime),
          .wall = static_cast<std::uint64_t>((now() - child->started) * 1e6),
          .memory = memory > empty_run_ ? memory - empty_run_ : 0});
    children_.erase(child);
  }
}

}  // namespace guildhall::vm::guest
