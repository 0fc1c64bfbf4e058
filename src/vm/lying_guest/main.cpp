// Stands in guildhall-vm's place to see what the parent makes of one that does not keep to vm/protocol.hpp. By what
// name it was started decides how it begins, each run's script, line by line, what the run does.
#include <dirent.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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

void tell(const Record& record) { write_all(protocol::control_descriptor, &record, sizeof record); }

/// What it was given: options, environment and descriptors.
std::string surroundings(int count) {
  std::vector<int> open;
  ::DIR* folder = ::opendir("/proc/self/fd");
  while (const ::dirent* entry = ::readdir(folder)) {
    if (entry->d_name[0] != '.' && std::atoi(entry->d_name) != ::dirfd(folder)) {
      open.push_back(std::atoi(entry->d_name));
    }
  }
  ::closedir(folder);
  std::sort(open.begin(), open.end());
  std::string text = count > 1 ? "options, " : "no option, ";
  text += environ == nullptr || *environ == nullptr ? "no environment, descriptors" : "an environment, descriptors";
  for (const int each : open) text += " " + std::to_string(each);
  return text;
}

/// A run's process.
class Liar {
 public:
  Liar(int socket, std::string given) : socket_(socket), given_(std::move(given)) {}

  [[noreturn]] void run() {
    const auto first = boost::json::parse(read()).as_object();
    std::string_view script = first.at("script").as_string();
    while (!script.empty()) {
      const auto line = script.substr(0, script.find('\n'));
      script.remove_prefix(std::min(line.size() + 1, script.size()));
      const auto space = std::min(line.find(' '), line.size() - 1);
      act(line.substr(0, line.find(' ')), std::string(line.substr(space + 1)));
    }
    ::_exit(0);
  }

 private:
  void act(std::string_view what, const std::string& argument) {
    if (what == "say") say(argument);
    if (what == "raw") write_all(socket_, argument.data(), argument.size());
    if (what == "length") length(static_cast<std::uint32_t>(std::stoul(argument)));
    if (what == "read") log(read());
    if (what == "log") log(argument);
    if (what == "long") log(std::string(std::stoul(argument), 'x'));
    if (what == "surroundings") log(given_);
    if (what == "flood") flood(argument);
    if (what == "close") ::close(socket_);
    if (what == "hang") hang();
    if (what == "exit") ::_exit(std::stoi(argument));
    if (what == "signal") end_by(std::stoi(argument));
    if (what == "parent") ::kill(::getppid(), std::stoi(argument));
  }

  std::string read() const {
    std::uint32_t size = 0;
    read_all(&size, sizeof size);
    std::string frame(size, '\0');
    read_all(frame.data(), frame.size());
    return frame;
  }

  void read_all(void* to, std::size_t size) const {
    auto* at = static_cast<char*>(to);
    while (size > 0) {
      const auto count = ::read(socket_, at, size);
      if (count <= 0) ::_exit(0);
      at += count;
      size -= static_cast<std::size_t>(count);
    }
  }

  void length(std::uint32_t size) const { write_all(socket_, &size, sizeof size); }

  void say(std::string_view frame) const {
    length(static_cast<std::uint32_t>(frame.size()));
    write_all(socket_, frame.data(), frame.size());
  }

  void log(std::string_view text) const {
    say(boost::json::serialize(boost::json::object{{"type", "console"}, {"level", "log"}, {"text", text}}));
  }

  [[noreturn]] void flood(const std::string& frame) const {
    for (;;) say(frame);
  }

  [[noreturn]] static void end_by(int signal) {
    std::signal(signal, SIG_DFL);
    ::raise(signal);
    hang();
  }

  int socket_;
  std::string given_;
};

volatile std::sig_atomic_t mute = 0;

/// Makes runs, and tells of their ends while it is not told to be mute.
class Zygote {
 public:
  explicit Zygote(std::string given) : given_(std::move(given)) {
    ::sigset_t signals{};
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    children_ended_ = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    std::signal(SIGUSR1, [](int) { mute = 1; });
    std::signal(SIGUSR2, [](int) {
      const Record unknown{static_cast<Op>(99)};
      tell(unknown);
    });
  }

  void serve() {
    for (;;) {
      std::array<::pollfd, 2> ready{{{protocol::control_descriptor, POLLIN, 0}, {children_ended_, POLLIN, 0}}};
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
      Liar(socket, given_).run();
    }
    ::close(socket);
    runs_[process] = record.number;
    return true;
  }

  void reap() {
    ::signalfd_siginfo ignored{};
    while (::read(children_ended_, &ignored, sizeof ignored) > 0) {
    }
    int status = 0;
    for (::pid_t process = 0; (process = ::waitpid(-1, &status, WNOHANG)) > 0;) {
      if (mute == 0) tell({.op = Op::ended, .status = status, .number = runs_[process], .cpu = 1234, .memory = 5678});
      runs_.erase(process);
    }
  }

  std::string given_;
  int children_ended_ = -1;
  std::map<::pid_t, std::uint64_t> runs_;
};

}  // namespace
}  // namespace guildhall::vm

int main(int count, char** arguments) {
  using namespace guildhall::vm;
  const std::string path = arguments[0];
  const std::string name = path.substr(path.rfind('/') + 1);
  if (name == "dies") return 0;
  if (name == "garbage") tell({static_cast<Op>(0x01020304)});
  if (name == "never-ready" || name == "garbage") hang();
  const std::string_view lacks = "lacks-";
  const auto missing = name.starts_with(lacks) ? std::stoul(name.substr(lacks.size())) : 0;
  Zygote zygote(surroundings(count));
  tell({.op = Op::ready, .number = missing});
  zygote.serve();
  if (name == "stubborn") hang();
  return 0;
}
