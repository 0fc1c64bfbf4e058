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
#include "net/task.hpp"
#include "vm/descriptor.hpp"
#include "vm/exit_evidence.hpp"
#include "vm/guest_reader.hpp"
#include "vm/protocol.hpp"
#include "vm/script.hpp"
#include "vm/script_host.hpp"

namespace guildhall::vm {

class Run;

class RunOwner {
 public:
  virtual ~RunOwner() = default;

  /// Its process is to be killed.
  virtual void kill(Run& run) = 0;
  /// guildhall-vm does not say that it is gone.
  virtual void on_no_answer(Run& run) = 0;
  /// It has its outcome.
  virtual void on_over(Run& run) = 0;
  /// `task` serves a run, and need not come to an end by itself when the run does.
  virtual void spawn(net::Task<> task) = 0;
};

/// One run of a script: what is said with its process, and how it ended. For one event loop.
class Run : public std::enable_shared_from_this<Run> {
 public:
  struct Parts {
    std::uint64_t number = 0;
    base::GuildId guild;
    ScriptLimits limits;
    std::string first_frame;
    std::shared_ptr<HostCalls> world;  ///< None where it is only looked whether a script parses.
  };

  Run(const net::Executor& executor, Parts parts, HostTimeouts timeouts, std::weak_ptr<RunOwner> owner, base::Log log);

  [[nodiscard]] std::uint64_t number() const { return parts_.number; }
  [[nodiscard]] base::GuildId guild() const { return parts_.guild; }
  [[nodiscard]] bool begun() const { return began_ != Time{}; }
  [[nodiscard]] bool over() const { return outcome_.has_value(); }

  /// What guildhall-vm is asked for.
  [[nodiscard]] protocol::Record record() const;
  /// Its process is being made and talks to the other end of `socket`.
  void begin(Descriptor socket);
  /// Its process is gone.
  void on_ended(const protocol::Record& record);
  /// guildhall-vm is gone, and its process with it.
  void on_host_dead();
  /// Ends it here and now; its process is somebody else's to end.
  void give_up(Ending ending);
  /// Nobody waits for it any more: it ends with its process, or at once where it has not begun.
  void cancel();

  /// Waits until it is over, or the waiting is cancelled.
  [[nodiscard]] static net::Task<> wait(std::shared_ptr<Run> self);
  /// Once it is over.
  [[nodiscard]] const Outcome& outcome() const { return *outcome_; }

 private:
  using Time = std::chrono::steady_clock::time_point;

  static net::Task<> listen(std::shared_ptr<Run> self);
  static net::Task<> work(std::shared_ptr<Run> self);
  static net::Task<> answer(std::shared_ptr<Run> self, GuestCall call);
  static net::Task<> write(std::shared_ptr<Run> self, std::string frame);
  void hear();
  void on_message(GuestCall call);
  void on_message(GuestLine line);
  void on_message(GuestEnd end);
  void fail(Ending ending, std::string_view why);
  void hang_up();
  void close();
  /// While it talks: it threw, and what it called before is still to be done.
  [[nodiscard]] bool said_all() const { return evidence_.said.has_value(); }
  void set_deadline(std::chrono::milliseconds time);
  void on_deadline();
  void finish();

  Parts parts_;
  HostTimeouts timeouts_;
  std::weak_ptr<RunOwner> owner_;
  base::Log log_;
  boost::asio::local::stream_protocol::socket socket_;
  boost::asio::steady_timer deadline_;
  boost::asio::steady_timer over_;        ///< Whoever waits for the end.
  boost::asio::steady_timer calls_wait_;  ///< `work`, while there are no calls.
  GuestReader reader_;
  std::deque<GuestCall> calls_;  ///< Made, and not yet answered; the first one is being answered.
  Time began_{};
  bool talking_ = false;
  ExitEvidence evidence_;
  std::optional<Outcome> outcome_;
};

}  // namespace guildhall::vm
