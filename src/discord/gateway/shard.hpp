#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "base/result.hpp"
#include "discord/gateway/payload_stream.hpp"
#include "discord/gateway/session.hpp"
#include "net/websocket.hpp"
#include "net/websocket_client.hpp"

namespace guildhall::discord {

/// What the shards of a gateway have in common.
class ShardOwner {
 public:
  virtual ~ShardOwner() = default;

  virtual void on_dispatch(const Dispatch& dispatch) = 0;
  virtual void want_turn(unsigned shard) = 0;
  virtual void end_turn(unsigned shard, SessionActions::Turn turn) = 0;
  virtual void count_identify(unsigned shard) = 0;
  /// Its state or latency may be another.
  virtual void on_change(unsigned shard, const GatewayStats::Shard& how) = 0;
  virtual void on_ready(unsigned shard) = 0;
  virtual void on_failed(unsigned shard, std::string_view advice) = 0;
};

/// A session with the WebSockets and the timer that it needs. Lives in a shared_ptr on one event loop, where all
/// members are called.
class Shard final : public std::enable_shared_from_this<Shard>,
                    private SessionActions,
                    private net::WebSocketListener,
                    private net::Deadline {
 public:
  struct Parts {
    std::shared_ptr<net::WebSocketLoop> loop;
    ShardOwner& owner;
    PayloadReader& reader;
    GatewayCounters& counters;
    std::function<double()> random;
    base::Log log;
  };

  /// `options` and what `parts` refers to outlive the shard, until `stop`.
  Shard(const GatewayOptions& options, ShardId shard, std::string url, Parts parts, SessionTimes times = {});
  ~Shard() override;
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  void start(std::optional<ResumePoint> point);
  /// Nothing is dispatched from the call on.
  void stop();
  void fail(std::string_view advice);
  void on_turn();
  void on_counted();
  [[nodiscard]] base::Result<void> send_command(std::string text);
  void update_presence();

  [[nodiscard]] const Session& session() const { return session_; }

 private:
  // SessionActions
  void connect(std::string url) override;
  void send(std::string_view text) override;
  void close(std::uint16_t code, std::string_view reason) override;
  void dispatch(const Dispatch& dispatch) override;
  void want_turn() override;
  void end_turn(Turn turn) override;
  void count_identify() override;
  void on_ready(bool resumed) override;
  void on_reconnecting(std::string_view why, std::chrono::milliseconds delay, bool resumes) override;
  void on_failed(std::string_view advice) override;

  // net::WebSocketListener
  void on_message(net::WebSocket& socket, net::Opcode kind, std::string_view message) override;
  void on_close(net::WebSocket& socket, net::CloseCode code) override;

  void on_deadline(Time now) override;

  static net::Task<> open(std::weak_ptr<Shard> shard, std::shared_ptr<net::WebSocketLoop> loop, std::string url,
                          net::WebSocketClientOptions options, unsigned attempt);
  void on_opened(base::Result<std::shared_ptr<net::WebSocket>> opened);
  void drop_connection();
  /// After each call of the session: its deadline and state may be others.
  void follow();

  const GatewayOptions& options_;
  const ShardId shard_;
  Parts parts_;
  Session session_;
  std::shared_ptr<net::WebSocket> websocket_;
  std::unique_ptr<PayloadStream> stream_;    ///< Of the connection, or of the last one.
  unsigned attempt_ = 0;                     ///< Which of the connections is the one wanted.
  Session::Time deadline_ = Session::never;  ///< That is set.
  GatewayStats::Shard how_{};                ///< That the owner was told.
};

}  // namespace guildhall::discord
