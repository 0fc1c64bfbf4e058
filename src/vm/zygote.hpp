#pragma once

#include <array>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/task.hpp"
#include "vm/descriptor.hpp"
#include "vm/protocol.hpp"
#include "vm/script_host.hpp"

namespace guildhall::vm {

class ZygoteListener {
 public:
  virtual ~ZygoteListener() = default;

  /// Runs may come. `missing`: bits of protocol::Missing.
  virtual void on_ready(std::uint64_t missing) = 0;
  /// A run's process is gone.
  virtual void on_ended(const protocol::Record& record) = 0;
  /// It ended, or what it said is not the protocol. It is done with; on_reaped follows.
  virtual void on_dead(std::string_view why) = 0;
  /// Its process is gone.
  virtual void on_reaped() = 0;
};

/// One guildhall-vm, from its start to its end. For one event loop.
class Zygote : public std::enable_shared_from_this<Zygote> {
 public:
  /// The error says why the program is not to be started.
  [[nodiscard]] static base::Result<std::shared_ptr<Zygote>> start(const net::Executor& executor,
                                                                   const std::filesystem::path& program, bool unsafe,
                                                                   HostTimeouts timeouts,
                                                                   std::weak_ptr<ZygoteListener> listener);
  ~Zygote();
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;

  /// Has a run made that talks over `socket`.
  void run(const protocol::Record& limits, Descriptor socket);
  /// Has a run's process killed.
  void kill(std::uint64_t number);

  /// Ends it. Of the listener's functions only on_reaped is still called.
  void end();

 private:
  struct Outgoing {
    protocol::Record record;
    Descriptor descriptor{};
  };

  Zygote(pid_t process, boost::asio::local::stream_protocol::socket control, HostTimeouts timeouts,
         std::weak_ptr<ZygoteListener> listener);
  void wait_until_ready();
  void listen();
  void hear(const protocol::Record& record);
  void send(Outgoing outgoing);
  void write();
  /// False where it must wait.
  [[nodiscard]] bool write_one(const Outgoing& outgoing);
  void die(std::string_view why);
  static net::Task<> reap(std::shared_ptr<Zygote> self);

  pid_t process_;
  boost::asio::local::stream_protocol::socket control_;
  boost::asio::steady_timer timer_;
  HostTimeouts timeouts_;
  std::weak_ptr<ZygoteListener> listener_;
  protocol::Record incoming_;
  std::deque<Outgoing> outgoing_;  ///< Bounded by the runs: one record to begin each, one to kill it.
  bool writing_ = false;
  bool ready_ = false;
  bool done_ = false;
  bool gone_ = false;
};

}  // namespace guildhall::vm
