#pragma once

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/log.hpp"
#include "net/async/event.hpp"
#include "net/task.hpp"
#include "vm/descriptor.hpp"
#include "vm/exit_evidence.hpp"
#include "vm/guest_reader.hpp"
#include "vm/protocol.hpp"
#include "vm/script.hpp"
#include "vm/script_host.hpp"

namespace guildhall::vm {

/// One run of a script: its conversation with its process, its time limits, and how it ended. For one event loop.
class Run : public std::enable_shared_from_this<Run> {
 public:
  struct Parts {
    std::uint64_t number = 0;
    base::GuildId guild;
    ScriptLimits limits;
    HostTimeouts timeouts;
    std::string first_frame;
    std::shared_ptr<HostCalls> calls;  ///< Null for a check.
  };

  Run(const net::Executor& executor, Parts parts, std::weak_ptr<ScriptHostImpl> host, base::Log log);

  [[nodiscard]] std::uint64_t number() const { return parts_.number; }
  [[nodiscard]] bool started() const { return started_ != Time{}; }
  /// The processor time that it has used, once its process has ended.
  [[nodiscard]] std::optional<std::chrono::microseconds> cpu() const {
    return evidence_.record ? std::optional(cpu_of(*evidence_.record)) : std::nullopt;
  }

  /// The request to guildhall-vm.
  [[nodiscard]] protocol::Record record(bool low_priority) const;
  /// Its process is being forked and has the other end of `socket`. It has a place (RunQueue) until it is idle.
  void start(Descriptor socket);
  /// It has been woken and has a place again.
  void go_on();
  /// Its process has ended.
  void on_ended(const protocol::Record& record);
  /// guildhall-vm has ended, and the run's process with it.
  void on_host_ended();
  /// Ends the run at once. Does not kill its process.
  void end(Ending ending);
  /// Ends the run as `end` does if it has not started, else as soon as its process has been killed.
  void refuse(Ending ending);
  /// Its caller was cancelled: ends the run when its process has been killed, or at once if it has not started.
  void cancel();

  /// Waits until the run has its outcome.
  [[nodiscard]] net::Task<> wait() { return over_.wait(); }
  /// Only once it is over.
  [[nodiscard]] const Outcome& outcome() const { return *outcome_; }

 private:
  using Time = std::chrono::steady_clock::time_point;

  static net::Task<> read(std::shared_ptr<Run> self);
  /// In order.
  static net::Task<> carry_out_calls(std::shared_ptr<Run> self);
  static net::Task<> carry_out(std::shared_ptr<Run> self, GuestCall call);
  /// Writes what is in `outgoing_` while the run has a place.
  static net::Task<> write(std::shared_ptr<Run> self);
  /// Sends a frame as soon as the run has a place.
  void send(std::string frame);
  void on_bytes(std::string_view bytes);
  void on_message(GuestCall call);
  void on_message(GuestLine line);
  void on_message(GuestIdle idle);
  void on_message(GuestEnd end);
  /// Ends the run for `ending` and has its process killed.
  void fail(Ending ending, std::string_view why);
  /// Closes the socket and waits for the process to end.
  void hang_up();
  void close();
  /// Whether the last frame has arrived. Calls that the script made before it threw may still be carried out.
  [[nodiscard]] bool has_reported() const { return evidence_.reported.has_value(); }
  /// Gives up the place.
  void rest(const GuestIdle& idle);
  void wake_after(std::chrono::milliseconds time);
  void set_deadline(std::chrono::milliseconds time);
  void on_deadline();
  void kill();
  void finish();

  Parts parts_;
  std::weak_ptr<ScriptHostImpl> host_;
  base::Log log_;
  boost::asio::local::stream_protocol::socket socket_;
  boost::asio::steady_timer deadline_;
  GuestReader reader_;
  std::deque<GuestCall> calls_;       ///< In flight; the first one is being carried out.
  std::deque<std::string> outgoing_;  ///< Frames that have not been written.
  net::Event outgoing_changed_;       ///< `outgoing_` or `has_place_` has changed, or the connection is closed.
  std::uint64_t sent_ = 0;            ///< Frames.
  std::uint64_t idles_ = 0;           ///< GuestIdle messages.
  unsigned wakes_ = 0;
  boost::asio::steady_timer wake_timer_;  ///< For the first of the script's timers.
  bool has_place_ = false;
  net::Event calls_changed_;  ///< A call has arrived, or the connection is closed.
  net::Event over_;
  Time started_{};
  bool connected_ = false;
  ExitEvidence evidence_;
  std::optional<Outcome> outcome_;
};

}  // namespace guildhall::vm
