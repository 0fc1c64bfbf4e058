// Takes the place of guildhall-vm in tests and violates vm/protocol.hpp. The program's name decides how it starts; each
// line of a run's script is one action of the run.
#include <dirent.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "vm/guest/channel.hpp"
#include "vm/protocol.hpp"

namespace guildhall::vm {
namespace {

using protocol::Op;
using protocol::Record;

[[noreturn]] void hang() {
  for (;;) ::pause();
}

void write_all(int to, const void* bytes, std::size_t size) {
  const char* at = static_cast<const char*>(bytes);
  while (size > 0) {
    const auto written = ::write(to, at, size);
    if (written <= 0) ::_exit(0);
    at += written;
    size -= static_cast<std::size_t>(written);
  }
}

void send(const Record& record) { write_all(protocol::control_descriptor, &record, sizeof record); }

/// The options, environment and descriptors of this process.
std::string describe_process(int count) {
  std::set<int> open;
  ::DIR* folder = ::opendir("/proc/self/fd");
  while (const ::dirent* entry = ::readdir(folder)) {
    if (entry->d_name[0] != '.' && std::atoi(entry->d_name) != ::dirfd(folder)) open.insert(std::atoi(entry->d_name));
  }
  ::closedir(folder);
  std::string text = count > 1 ? "options, " : "no option, ";
  text += environ == nullptr || *environ == nullptr ? "no environment, descriptors" : "an environment, descriptors";
  for (const int each : open) text += " " + std::to_string(each);
  return text;
}

/// A run's process.
class LyingRun {
 public:
  LyingRun(int socket, std::string description)
      : socket_(socket), channel_(socket), description_(std::move(description)) {}

  [[noreturn]] void run() {
    const auto first = boost::json::parse(channel_.receive()).as_object();
    std::istringstream script(first.at("script").as_string().c_str());
    for (std::string line; std::getline(script, line);) {
      const auto space = line.find(' ');
      act(line.substr(0, space), space == std::string::npos ? std::string() : line.substr(space + 1));
    }
    ::_exit(0);
  }

 private:
  void act(std::string_view action, const std::string& argument) {
    if (action == "say") channel_.send(argument);
    if (action == "raw") write_all(socket_, argument.data(), argument.size());
    if (action == "length") length(static_cast<std::uint32_t>(std::stoul(argument)));
    if (action == "read") log(channel_.receive());
    if (action == "log") log(argument);
    if (action == "describe") log(description_);
    if (action == "close") ::close(socket_);
    if (action == "hang") hang();
    if (action == "exit") ::_exit(std::stoi(argument));
    if (action == "signal") end_by(std::stoi(argument));
    if (action == "parent") ::kill(::getppid(), std::stoi(argument));
    while (action == "flood") channel_.send(argument);
  }

  void length(std::uint32_t size) const { write_all(socket_, &size, sizeof size); }

  void log(std::string_view text) const {
    channel_.send(boost::json::serialize(boost::json::object{{"type", "console"}, {"level", "log"}, {"text", text}}));
  }

  [[noreturn]] static void end_by(int signal) {
    std::signal(signal, SIG_DFL);
    ::raise(signal);
    hang();
  }

  int socket_;
  guest::Channel channel_;
  std::string description_;
};

volatile std::sig_atomic_t mute = 0;

/// Forks runs, and reports their ends unless it is told to be mute.
class Zygote {
 public:
  explicit Zygote(std::string description) : description_(std::move(description)) {
    ::sigset_t signals{};
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    child_signals_ = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    std::signal(SIGUSR1, [](int) { mute = 1; });
    std::signal(SIGUSR2, [](int) {
      const Record unknown{static_cast<Op>(99)};
      send(unknown);
    });
  }

  void serve() {
    for (;;) {
      std::array<::pollfd, 2> ready{{{protocol::control_descriptor, POLLIN, 0}, {child_signals_, POLLIN, 0}}};
      if (::poll(ready.data(), ready.size(), -1) < 0) continue;
      if (ready[1].revents != 0) reap();
      if (ready[0].revents != 0 && !on_record()) return;
    }
  }

 private:
  [[nodiscard]] bool on_record() {
    Record record;
    ::iovec part{&record, sizeof record};
    alignas(::cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
    ::msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = space.data();
    message.msg_controllen = space.size();
    if (::recvmsg(protocol::control_descriptor, &message, MSG_CMSG_CLOEXEC) != sizeof record) return false;
    if (record.op == Op::kill) {
      for (const auto& [process, run] : runs_) {
        if (run == record.number) ::kill(process, SIGKILL);
      }
      return true;
    }
    int socket = -1;
    std::memcpy(&socket, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof socket);
    const ::pid_t process = ::fork();
    if (process == 0) {
      ::close(protocol::control_descriptor);
      LyingRun(socket, description_).run();
    }
    ::close(socket);
    runs_[process] = record.number;
    return true;
  }

  void reap() {
    ::signalfd_siginfo ignored{};
    while (::read(child_signals_, &ignored, sizeof ignored) > 0) {
    }
    int status = 0;
    for (::pid_t process = 0; (process = ::waitpid(-1, &status, WNOHANG)) > 0;) {
      if (mute == 0) send({.op = Op::ended, .status = status, .number = runs_[process], .cpu = 1234, .memory = 5678});
      runs_.erase(process);
    }
  }

  std::string description_;
  int child_signals_ = -1;
  std::map<::pid_t, std::uint64_t> runs_;
};

}  // namespace
}  // namespace guildhall::vm

int main(int count, char** arguments) {
  using namespace guildhall::vm;
  const std::string path = arguments[0];
  const std::string name = path.substr(path.rfind('/') + 1);
  if (name == "dies") return 0;
  if (name == "garbage") send({static_cast<Op>(0x01020304)});
  if (name == "never-ready" || name == "garbage") hang();
  const std::string_view lacks = "lacks-";
  const auto missing = name.starts_with(lacks) ? std::stoul(name.substr(lacks.size())) : 0;
  Zygote zygote(describe_process(count));
  send({.op = Op::ready, .number = missing});
  zygote.serve();
  if (name == "stubborn") hang();
  return 0;
}
