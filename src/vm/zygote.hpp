#pragma once

#include <sys/types.h>

#include <boost/asio/local/stream_protocol.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "net/task.hpp"
#include "vm/descriptor.hpp"
#include "vm/protocol.hpp"

namespace guildhall::vm {

/// What the machine lacks, for people: `system call filters (seccomp)`. `missing`: bits of protocol::Missing, at least
/// one.
[[nodiscard]] std::string describe_missing(std::uint64_t missing);

/// One guildhall-vm process and its control channel. The process leads a process group, so that it does not get the
/// terminal's Ctrl-C, and so that its children can be killed with it. For one event loop.
class Zygote : public std::enable_shared_from_this<Zygote> {
 public:
  /// Starts `program` with an empty environment and no descriptors except the control channel and stderr. The error
  /// says why it cannot be started.
  [[nodiscard]] static base::Result<std::shared_ptr<Zygote>> start(const net::Executor& executor,
                                                                   const std::filesystem::path& program, bool unsafe);
  /// Kills the process unless `reap` has returned. Blocks until the kernel has ended it.
  ~Zygote();
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;

  /// Returns the next record, or nothing once the channel is closed.
  [[nodiscard]] static net::Task<std::optional<protocol::Record>> receive(std::shared_ptr<Zygote> self);

  /// Asks for a run whose process communicates over `socket`.
  void run(const protocol::Record& limits, Descriptor socket) { send({limits, std::move(socket)}); }
  /// Asks for a run's process to be killed.
  void kill(std::uint64_t number) { send({{.op = protocol::Op::kill, .number = number}}); }

  /// Closes the channel, so that the process ends. `reason` is kept unless the channel is closed already.
  void close(std::string reason);
  /// Why the channel is closed: `it exited`.
  [[nodiscard]] const std::string& reason() const { return reason_; }

  /// Waits until the process has ended after `close`; kills it after `timeout`. Leaves no zombie and no process of its
  /// group.
  [[nodiscard]] static net::Task<> reap(std::shared_ptr<Zygote> self, std::chrono::milliseconds timeout);

 private:
  struct Outgoing {
    protocol::Record record;
    Descriptor descriptor{};
  };

  Zygote(pid_t process, boost::asio::local::stream_protocol::socket control)
      : process_(process), control_(std::move(control)) {}
  void send(Outgoing outgoing);
  void write();
  /// False if the channel is full.
  [[nodiscard]] bool write_one(const Outgoing& outgoing);

  pid_t process_;  ///< -1 once it has ended.
  boost::asio::local::stream_protocol::socket control_;
  std::deque<Outgoing> outgoing_;  ///< At most two records for each run.
  bool writing_ = false;
  std::string reason_;
};

}  // namespace guildhall::vm
