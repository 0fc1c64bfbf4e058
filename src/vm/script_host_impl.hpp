#pragma once

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/id.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "net/task.hpp"
#include "vm/board.hpp"
#include "vm/restart_pause.hpp"
#include "vm/run.hpp"
#include "vm/run_queue.hpp"
#include "vm/script_host.hpp"
#include "vm/zygote.hpp"

namespace guildhall::vm {

/// What ScriptHost is made of: the runs, whose turn it is, and the guildhall-vm that makes them, which is replaced when
/// it dies. For one event loop.
class ScriptHostImpl final : public ZygoteListener,
                             public RunOwner,
                             public std::enable_shared_from_this<ScriptHostImpl> {
 public:
  ScriptHostImpl(net::Executor home, ScriptHostOptions options, base::Log log);

  // As ScriptHost's functions. Tasks keep their core.
  [[nodiscard]] static net::Task<base::Result<void>> start(std::shared_ptr<ScriptHostImpl> self);
  [[nodiscard]] static net::Task<> stop(std::shared_ptr<ScriptHostImpl> self);
  [[nodiscard]] static net::Task<Outcome> run(std::shared_ptr<ScriptHostImpl> self, base::GuildId guild,
                                              std::string first_frame, std::shared_ptr<HostCalls> world);

  /// Ends everything where `stop` has not. Nothing is called any more.
  void abandon();

  [[nodiscard]] const ScriptLimits& limits() const { return options_.limits; }
  [[nodiscard]] const Board& board() const { return board_; }

 private:
  using Clock = std::chrono::steady_clock;

  /// How it is with guildhall-vm.
  enum class State {
    idle,      ///< Not started, or off for good.
    starting,  ///< For the first time.
    ready,
    replacing,  ///< It died after it had been ready.
    stopped,
  };

  void on_ready(std::uint64_t missing) override;
  void on_ended(const protocol::Record& record) override;
  void on_dead(std::string_view why) override;
  void on_reaped() override;
  void kill(Run& run) override;
  void on_no_answer(Run& run) override;
  void on_over(Run& run) override;
  void spawn(net::Task<> task) override;

  /// Why a run cannot wait, where it cannot.
  [[nodiscard]] std::optional<Ending> enter(std::uint64_t number, base::GuildId guild);
  /// How a run ends that has waited in vain.
  [[nodiscard]] Ending too_long() const;
  void launch();
  void lose_zygote(std::string_view why);
  /// There is no guildhall-vm: for good where there never was one, else for a while.
  void be_off(std::string reason);
  void end_zygote();
  void begin_runs();
  void begin(Run& run);
  void end_late_runs();
  void end_runs(void (*how)(Run&));
  void watch_patience();

  net::Executor home_;
  ScriptHostOptions options_;
  base::Log log_;
  Board board_;
  RunQueue queue_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Run>> runs_;  ///< Those that wait and those that run.
  std::uint64_t last_number_ = 0;
  State state_ = State::idle;
  std::shared_ptr<Zygote> zygote_;
  Clock::time_point launched_{};
  RestartPause pause_;
  bool warned_ = false;
  boost::asio::steady_timer first_start_;  ///< `start` waits for it.
  boost::asio::steady_timer relaunch_;
  boost::asio::steady_timer patience_;
  boost::asio::steady_timer changed_;                  ///< `stop` waits for what follows to be gone:
  std::size_t processes_ = 0;                          ///< guildhall-vm's,
  std::size_t callers_ = 0;                            ///< whoever waits for a run,
  std::list<boost::asio::cancellation_signal> tasks_;  ///< what serves runs.
};

}  // namespace guildhall::vm
