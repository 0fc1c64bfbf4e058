#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "base/result.hpp"
#include "discord/gateway/identify_limiter.hpp"
#include "discord/gateway/payload_stream.hpp"
#include "discord/gateway/session.hpp"
#include "net/websocket.hpp"
#include "net/websocket_client.hpp"

namespace guildhall::discord {

/// A session with its WebSocket and its timer. Lives in a shared_ptr on one event loop, where all members are called.
class Shard final : public std::enable_shared_from_this<Shard>,
                    private GatewaySessionActions,
                    private net::WebSocketListener,
                    private net::Deadline {
 public:
  struct Parts {
    std::shared_ptr<net::WebSocketLoop> loop;
    std::shared_ptr<IdentifyLimiter> identify_limiter;
    GatewayListener& listener;
    GatewayMonitor& monitor;
    GatewayCounters& counters;
    PayloadReader& reader;
    std::function<double()> random;
    base::Log log;
    std::function<void()> on_ready;                          ///< The session was started or resumed.
    std::function<void(std::string_view remedy)> on_failed;  ///< The session has failed permanently.
  };

  /// `options` and what `parts` refers to outlive the shard, until `stop`.
  Shard(const GatewayOptions& options, ShardId shard, std::string url, Parts parts, GatewayTimeouts timeouts = {});
  ~Shard() override;
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  void start(std::optional<ResumePoint> point);
  /// Nothing is dispatched from the call on.
  void stop();
  void fail(std::string_view remedy);
  [[nodiscard]] base::Result<void> send_command(std::string text);
  void update_presence();

  [[nodiscard]] const GatewaySession& session() const { return session_; }

 private:
  // GatewaySessionActions
  void connect(std::string url) override;
  void send(std::string_view text) override;
  void close(std::uint16_t code, std::string_view reason) override;
  void dispatch(const Dispatch& dispatch) override { parts_.listener.on_dispatch(dispatch); }
  void acquire_identify() override;
  void record_identify() override;
  void release_identify(IdentifyUse use) override;
  void on_ready(bool resumed) override;
  void on_reconnecting(std::string_view reason, std::chrono::milliseconds delay, bool resumes) override;
  void on_failed(std::string_view remedy) override;

  // net::WebSocketListener
  void on_message(net::WebSocket& socket, net::Opcode kind, std::string_view message) override;
  void on_close(net::WebSocket& socket, net::CloseCode code) override;

  void on_deadline(Time now) override;

  static net::Task<> acquire_identify(std::shared_ptr<Shard> self);
  static net::Task<> record_identify(std::shared_ptr<Shard> self);
  static net::Task<> open(std::weak_ptr<Shard> shard, std::shared_ptr<net::WebSocketLoop> loop, std::string url,
                          net::WebSocketClientOptions options, unsigned attempt);
  void on_opened(base::Result<std::shared_ptr<net::WebSocket>> opened);
  void drop_connection();
  /// Call after each call of the session, because its deadline, state or latency may have changed.
  void follow();

  const GatewayOptions& options_;
  const ShardId shard_;
  const Parts parts_;
  GatewaySession session_;
  std::optional<IdentifyLimiter::Permit> permit_;
  std::shared_ptr<net::WebSocket> websocket_;
  std::unique_ptr<PayloadStream> stream_;                  ///< Of the current or the last connection.
  unsigned attempt_ = 0;                                   ///< Number of the current connection.
  GatewaySession::Time deadline_ = GatewaySession::never;  ///< The one that is set.
  GatewayStats::Shard status_{};                           ///< What the monitor knows.
};

}  // namespace guildhall::discord
