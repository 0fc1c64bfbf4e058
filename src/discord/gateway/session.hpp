#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "discord/gateway/commands.hpp"
#include "discord/gateway/counters.hpp"
#include "discord/gateway/dispatch.hpp"
#include "discord/gateway/heartbeats.hpp"
#include "discord/gateway/options.hpp"
#include "discord/gateway/payload.hpp"
#include "discord/gateway/send_limiter.hpp"
#include "discord/gateway/session_store.hpp"
#include "discord/gateway/stats.hpp"

namespace guildhall::discord {

/// What a session wants done with the outside. Called from within the session's members.
class SessionActions {
 public:
  virtual ~SessionActions() = default;

  /// Opens a connection: `on_connected` or `on_connect_failed` follow.
  virtual void connect(std::string url) = 0;
  virtual void send(std::string_view text) = 0;
  /// Ends the connection, or gives up opening it; nothing more of it reaches the session. The code is neither 1000 nor
  /// 1001, so that Discord keeps the session.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
  virtual void dispatch(const Dispatch& dispatch) = 0;

  /// A new session is to be started: `on_turn` follows when it may.
  virtual void want_turn() = 0;
  enum class Turn : std::uint8_t { used, unused };
  /// The turn that was wanted is not needed any more: IDENTIFY was sent, or it could not be.
  virtual void end_turn(Turn turn) = 0;
  /// An IDENTIFY is about to be sent: `on_counted` follows when that has been written down.
  virtual void count_identify() = 0;

  /// What comes to pass, for those who watch.
  virtual void on_ready(bool resumed) = 0;
  virtual void on_reconnecting(std::string_view why, std::chrono::milliseconds delay, bool resumes) = 0;
  /// Once, for good.
  virtual void on_failed(std::string_view advice) = 0;
};

/// What a session waits for at most, and how it comes back.
struct SessionTimes {
  std::chrono::milliseconds connect{20'000};
  std::chrono::milliseconds hello{15'000};  ///< Once connected.
  /// For READY. Long, since where Discord is slow it says to stay, and each new attempt would cost an IDENTIFY.
  std::chrono::milliseconds ready{120'000};
  /// For RESUMED, counted anew with each event that comes before it.
  std::chrono::milliseconds resumed{30'000};
  std::chrono::milliseconds first_delay{250};    ///< At most, after a connection that was in order.
  std::chrono::milliseconds second_delay{1000};  ///< And then twice as much each time.
  std::chrono::milliseconds longest_delay{60'000};
  /// A connection that was ready for so long was in order.
  std::chrono::milliseconds stable{10'000};
};

/// A shard's way from connection to connection without its I/O (Discord: Gateway, Connection Lifecycle): it is told
/// what comes in and what time it is, and says what is to be done.
class Session {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr Time never = Time::max();
  /// How we close: Discord keeps sessions after any code but 1000 and 1001.
  static constexpr std::uint16_t close_code = 4000;
  /// Commands that may wait to be sent.
  static constexpr std::size_t most_waiting = 256;

  struct Surroundings {
    SessionActions& actions;
    PayloadReader& reader;
    GatewayCounters& counters;
    std::function<double()> random;  ///< At least 0, less than 1.
  };

  /// `options` and what `surroundings` refers to outlive the session. `url`: where new sessions start.
  Session(const GatewayOptions& options, ShardId shard, std::string url, Surroundings surroundings,
          SessionTimes times = {});

  /// Once, before anything else. `point`: where a former run of the program stopped.
  void start(std::optional<ResumePoint> point, Time now);
  /// For good. The session can be resumed, from `point`.
  void stop();
  /// For good, since there is no use in going on.
  void fail(std::string_view advice);

  void on_turn(Time now);
  void on_counted(Time now);
  void on_connected(Time now);
  void on_connect_failed(std::string_view why, Time now);
  /// A payload, decompressed, with PayloadBuffer::padding readable bytes behind it.
  void on_payload(std::string_view text, Time now);
  /// What came cannot be understood.
  void on_malformed(std::string_view why, Time now);
  /// The connection has ended, by the peer's code or net::CloseCode::abnormal.
  void on_closed(std::uint16_t code, Time now);

  /// `on_time` is to be called then; `never` where nothing is waited for. It may change with every call.
  [[nodiscard]] Time deadline() const;
  void on_time(Time now);

  /// Sends a command as soon as the session is ready and the limit allows. Errc::invalid where it is too long,
  /// Errc::unavailable where too many wait.
  [[nodiscard]] base::Result<void> send_command(std::string text, Time now);
  /// The options' presence is another now.
  void update_presence(Time now);

  [[nodiscard]] ShardState state() const { return state_; }
  /// Where the session can go on; nothing where there is none.
  [[nodiscard]] const std::optional<ResumePoint>& point() const { return point_; }
  [[nodiscard]] std::optional<std::chrono::milliseconds> latency() const { return heartbeats_.latency(); }

 private:
  enum class Pace : std::uint8_t { usual, slow };

  void open(Time now);
  void connect(Time now);
  void on_hello(const Payload& payload, Time now);
  void on_dispatch(const Payload& payload, Time now);
  void on_ready(const Payload& payload, Time now);
  void on_resumed(const Payload& payload, Time now);
  void on_invalid_session(const Payload& payload, Time now);
  void become_ready(bool resumed, Time now);
  void deliver(const Payload& payload, std::uint64_t sequence);
  void heartbeat(Time now);
  void transmit(std::string_view text, Time now);
  void flush(Time now);
  void disconnect(std::string_view why, Time now, Pace pace = Pace::usual);
  void reconnect(std::string_view why, Time now, Pace pace);
  void end(ShardState state);
  void give_turn_back();
  [[nodiscard]] std::chrono::milliseconds delay(Pace pace) const;
  [[nodiscard]] std::string_view what_is_missing() const;
  [[nodiscard]] std::string safe_url(std::string url) const;

  const GatewayOptions& options_;
  const ShardId shard_;
  const std::string url_;
  Surroundings around_;
  const SessionTimes times_;

  ShardState state_ = ShardState::waiting;
  std::optional<ResumePoint> point_;
  Time deadline_ = never;  ///< Of what the state waits for.
  bool open_ = false;      ///< There is a connection, or one is being opened.
  bool turn_ = false;      ///< Wanted or had.
  bool greeted_ = false;   ///< Hello has come.
  std::optional<Time> ready_since_;
  unsigned attempts_ = 0;         ///< Since a connection was in order.
  unsigned failed_connects_ = 0;  ///< In a row.
  unsigned failed_resumes_ = 0;   ///< In a row, without a single new event.

  Heartbeats heartbeats_;
  SendLimiter limiter_;
  std::deque<std::string> waiting_;
  bool presence_waits_ = false;
};

}  // namespace guildhall::discord
