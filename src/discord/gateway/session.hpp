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
#include "discord/gateway/dispatch.hpp"
#include "discord/gateway/heartbeats.hpp"
#include "discord/gateway/options.hpp"
#include "discord/gateway/payload.hpp"
#include "discord/gateway/send_limiter.hpp"
#include "discord/gateway/session_store.hpp"
#include "discord/gateway/status.hpp"
#include "net/async/backoff.hpp"

namespace guildhall::discord {

/// What a session needs done. Called from within the session's members.
class GatewaySessionActions {
 public:
  virtual ~GatewaySessionActions() = default;

  /// Opens a connection; calls `on_connected` or `on_connect_failed` afterwards.
  virtual void connect(std::string url) = 0;
  virtual void send(std::string_view text) = 0;
  /// Ends the connection, or the attempt to open it; nothing more of it reaches the session. The code is neither 1000
  /// nor 1001, so that Discord keeps the session.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
  virtual void dispatch(const Dispatch& dispatch) = 0;

  /// Waits until a new session may be started; calls `on_identify_acquired` then.
  virtual void acquire_identify() = 0;
  /// Records that an IDENTIFY is about to be sent; calls `on_identify_recorded` afterwards.
  virtual void record_identify() = 0;
  enum class IdentifyUse : std::uint8_t { sent, not_sent };
  /// Ends what `acquire_identify` began.
  virtual void release_identify(IdentifyUse use) = 0;

  // Notifications for observers.
  virtual void on_ready(bool resumed) = 0;
  virtual void on_reconnecting(std::string_view reason, std::chrono::milliseconds delay, bool resumes) = 0;
  /// The session has failed permanently.
  virtual void on_failed(std::string_view remedy) = 0;
};

/// Timeouts and delays of a session.
struct GatewayTimeouts {
  std::chrono::milliseconds connect{20'000};
  std::chrono::milliseconds hello{15'000};  ///< Once connected.
  /// For READY. Long, because each further attempt costs an IDENTIFY, while a slow Discord answers in the end.
  std::chrono::milliseconds ready{120'000};
  /// For RESUMED, restarted by each event before it.
  std::chrono::milliseconds resumed{30'000};
  std::chrono::milliseconds first_delay{250};    ///< At most, after a stable connection.
  std::chrono::milliseconds second_delay{1000};  ///< Doubled for each further attempt.
  std::chrono::milliseconds max_delay{60'000};
  /// A connection that was ready for this long is stable.
  std::chrono::milliseconds stable{10'000};
};

/// The connection lifecycle of a shard without I/O (Discord: Gateway, Connection Lifecycle): it is given what arrives
/// and what time it is, and calls GatewaySessionActions.
class GatewaySession {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr Time never = Time::max();
  /// Our close code: Discord keeps sessions after any code but 1000 and 1001.
  static constexpr std::uint16_t close_code = 4000;
  static constexpr std::size_t max_waiting_commands = 256;

  struct Parts {
    GatewaySessionActions& actions;
    PayloadReader& reader;
    GatewayCounters& counters;
    std::function<double()> random;  ///< At least 0, less than 1.
  };

  /// `options` and what `parts` refers to outlive the session. New sessions start at `url`.
  GatewaySession(const GatewayOptions& options, ShardId shard, std::string url, Parts parts,
                 GatewayTimeouts timeouts = {});

  /// Call once, before anything else. `point`: where an earlier run of the program stopped.
  void start(std::optional<ResumePoint> point, Time now);
  /// Final. The session can be resumed at `point`.
  void stop();
  /// Final, because further attempts are useless.
  void fail(std::string_view remedy);

  void on_identify_acquired(Time now);
  void on_identify_recorded(Time now);
  void on_connected(Time now);
  void on_connect_failed(std::string_view reason, Time now);
  /// A decompressed payload, followed by PayloadBuffer::padding readable bytes.
  void on_payload(std::string_view text, Time now);
  void on_malformed(std::string_view reason, Time now);
  /// The connection ended with the peer's code or net::CloseCode::abnormal.
  void on_closed(std::uint16_t code, Time now);

  /// When to call `on_time`; `never` if nothing is due. May change with every call.
  [[nodiscard]] Time deadline() const;
  void on_time(Time now);

  /// Sends a command as soon as the session is ready and the send limit allows. Errc::invalid if it is too long,
  /// Errc::unavailable if too many wait.
  [[nodiscard]] base::Result<void> send_command(std::string text, Time now);
  /// Call when the options' presence has changed.
  void update_presence(Time now);

  [[nodiscard]] ShardState state() const { return state_; }
  /// Where the session can be resumed; nothing without a session.
  [[nodiscard]] const std::optional<ResumePoint>& point() const { return point_; }
  [[nodiscard]] std::optional<std::chrono::milliseconds> latency() const { return heartbeats_.latency(); }

 private:
  using IdentifyUse = GatewaySessionActions::IdentifyUse;
  enum class Pace : std::uint8_t { normal, slow };

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
  void disconnect(std::string_view reason, Time now, Pace pace = Pace::normal);
  void reconnect(std::string_view reason, Time now, Pace pace);
  void end(ShardState state);
  void release_identify(IdentifyUse use);
  [[nodiscard]] std::chrono::milliseconds next_delay(Pace pace);
  [[nodiscard]] std::string_view timeout_reason() const;
  [[nodiscard]] std::string safe_url(std::string url) const;

  const GatewayOptions& options_;
  const ShardId shard_;
  const std::string url_;
  const Parts parts_;
  const GatewayTimeouts timeouts_;

  ShardState state_ = ShardState::waiting;
  std::optional<ResumePoint> point_;
  Time deadline_ = never;  ///< Of the current state.
  bool open_ = false;      ///< A connection is open or being opened.
  bool identify_ = false;  ///< Between `acquire_identify` and `release_identify`.
  bool greeted_ = false;   ///< Hello was received.
  std::optional<Time> ready_since_;
  bool first_attempt_ = true;  ///< Since the last stable connection.
  net::Backoff backoff_;
  unsigned failed_connects_ = 0;  ///< In a row.
  unsigned failed_resumes_ = 0;   ///< In a row, without a new event.

  Heartbeats heartbeats_;
  SendLimiter limiter_;
  std::deque<std::string> waiting_commands_;
  bool presence_waits_ = false;
};

}  // namespace guildhall::discord
