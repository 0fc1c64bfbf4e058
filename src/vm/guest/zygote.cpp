#include "vm/guest/zygote.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <string>

#include "vm/guest/channel.hpp"
#include "vm/guest/confinement.hpp"
#include "vm/guest/run_limits.hpp"
#include "vm/guest/usage.hpp"

namespace guildhall::vm::guest {
namespace {

using protocol::Op;
using protocol::Record;

constexpr Record self_test_limits{
    .op = Op::run, .number = 1, .cpu = 5'000'000, .wall = 10'000'000, .memory = 64U << 20};

/// A run has a normal priority until it has used this much processor time beyond that of an empty one.
constexpr std::chrono::milliseconds script_time{10};

/// Seconds of the monotonic clock.
double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Ends the process if the parent has gone.
void send(const Record& record) {
  if (write(protocol::control_descriptor, &record, sizeof record) != sizeof record) _exit(protocol::exit_broken);
}

/// Reads a record and the descriptor sent with it, if any. False at the end of the channel.
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

int open_child_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

}  // namespace

Zygote::Zygote(Setting setting) : setting_(setting), child_signals_(open_child_signals()) {
  std::array<int, 2> ends{};
  if (child_signals_ < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw std::runtime_error("No file descriptors are left.");
  }
  test_parent_ = ends[0];
  test_child_ = ends[1];
}

bool Zygote::self_test() {
  const Channel channel(test_parent_);
  channel.send(R"({"type": "check", "script": ""})");
  const pid_t child = fork();
  if (child == 0) run_script(test_child_, self_test_limits);
  close(test_child_);
  int status = 0;
  rusage usage{};
  while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  empty_run_memory_ = peak_memory(usage);
  empty_run_cpu_ = cpu_time(usage);
  const bool passed = status == 0 && channel.receive() == R"({"type":"ended"})";
  close(test_parent_);
  return passed;
}

void Zygote::run_script(int socket, const Record& limits) const {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  close_descriptors(0, socket);
  const auto cpu = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::microseconds(limits.cpu));
  if (limits.status != 0) lower_priority();
  watch_limits({.cpu = cpu, .normal_priority = empty_run_cpu_ + script_time, .memory = limits.memory});
  setting_.engine.limit_time(cpu);  // creates a thread, which the kernel's limits forbid
  set_kernel_limits(limits, setting_.address_space);
  if (setting_.filter != nullptr && !setting_.filter->install()) _exit(protocol::exit_broken);

  const Channel channel(socket);
  auto state = setting_.engine.begin(channel, channel.receive());
  while (!state.over) {
    if (state.wait == 0) {
      state = setting_.engine.fire();
    } else {
      channel.send(idle_frame(state.wait));
      state = setting_.engine.deliver(channel.receive());
    }
  }
  _exit(protocol::exit_reported);
}

std::string Zygote::idle_frame(int wait) const {
  const auto memory = peak_memory();
  std::string frame = R"({"type":"idle")";
  if (wait > 0) frame += R"(,"wait":)" + std::to_string(wait);
  frame += R"(,"memory":)" + std::to_string(memory > empty_run_memory_ ? memory - empty_run_memory_ : 0);
  return frame + R"(,"cpu":)" + std::to_string(std::chrono::floor<std::chrono::microseconds>(cpu_time()).count()) + "}";
}

void Zygote::serve(std::uint64_t missing) {
  send({.op = Op::ready, .number = missing});
  for (;;) {
    std::array<pollfd, 2> ready{{{protocol::control_descriptor, POLLIN, 0}, {child_signals_, POLLIN, 0}}};
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
    start_run(record, socket);
  } else if (record.op == Op::kill) {
    kill_run(record.number);
  }
  if (socket >= 0) close(socket);
  return true;
}

void Zygote::start_run(const Record& record, int socket) {
  const pid_t process = fork();
  if (process == 0) run_script(socket, record);
  if (process < 0) {
    // Reported as a run that ended at once, so that the parent goes on with others.
    send({.op = Op::ended, .status = protocol::exit_broken << 8, .number = record.number});
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
  while (read(child_signals_, &ignored, sizeof ignored) > 0) {
  }
  int status = 0;
  rusage usage{};
  for (pid_t ended = 0; (ended = wait4(-1, &status, WNOHANG, &usage)) > 0;) {
    const auto child =
        std::find_if(children_.begin(), children_.end(), [ended](const Child& c) { return c.process == ended; });
    if (child == children_.end()) continue;
    const auto memory = peak_memory(usage);
    send({.op = Op::ended,
          .status = status,
          .number = child->run,
          .cpu = static_cast<std::uint64_t>(cpu_time(usage).count()),
          .wall = static_cast<std::uint64_t>((now() - child->started) * 1e6),
          .memory = memory > empty_run_memory_ ? memory - empty_run_memory_ : 0});
    children_.erase(child);
  }
}

}  // namespace guildhall::vm::guest
