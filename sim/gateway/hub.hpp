#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "sim/gateway/connection.hpp"
#include "sim/gateway/event.hpp"
#include "sim/gateway/flood.hpp"
#include "sim/gateway/gateway_fault.hpp"
#include "sim/gateway/identify_limits.hpp"
#include "sim/gateway/session.hpp"
#include "sim/gateway/settings.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// Counters since the start or the last reset.
struct GatewayCounts {
  std::uint64_t connections = 0;
  std::uint64_t refused = 0;     ///< By a gateway fault.
  std::uint64_t identifies = 0;  ///< Answered with READY.
  std::uint64_t identifies_refused = 0;
  std::uint64_t resumes = 0;  ///< Answered with RESUMED.
  std::uint64_t resumes_refused = 0;
  std::uint64_t heartbeats = 0;
  std::uint64_t events = 0;                       ///< Dispatches to sessions, connected or not.
  std::uint64_t slow_readers = 0;                 ///< Connections dropped because they did not read.
  std::map<std::uint16_t, std::uint64_t> closes;  ///< By the gateway, for each code.
};

/// The gateway's state: sessions, connections, limits and faults. Does no I/O. Used on the one
/// event loop only.
class GatewayHub final : public EventSink {
 public:
  /// Both outlive the hub.
  GatewayHub(const World& world, const base::Clock& clock)
      : limits(settings, clock), faults(clock), world_(world), clock_(clock) {}
  GatewayHub(const GatewayHub&) = delete;
  GatewayHub& operator=(const GatewayHub&) = delete;

  GatewaySettings settings;
  IdentifyLimits limits;
  GatewayFaultPlan faults;
  GatewayCounts counts;
  Floods floods;

  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] base::Timestamp now() const { return clock_.now(); }

  void publish(Event event) override;
  [[nodiscard]] bool has_listeners() const override { return !sessions_.empty(); }
  /// Sends an event to one session.
  void send_to(GatewaySession& session, std::shared_ptr<const Event> event);

  /// Makes the session of a connection.
  [[nodiscard]] GatewaySession& open_session(Shard shard, Intents intents);
  [[nodiscard]] GatewaySession* find_session(std::string_view id);
  [[nodiscard]] const std::map<std::string, std::unique_ptr<GatewaySession>, std::less<>>& sessions() const {
    return sessions_;
  }
  void end_session(const GatewaySession& session);
  /// No session can be resumed any more; those with a connection go on until they lose it.
  void forget_sessions();

  void join(GatewayConnection& connection) { connections_.push_back(&connection); }
  void leave(const GatewayConnection& connection) { std::erase(connections_, &connection); }
  /// Open connections.
  [[nodiscard]] std::vector<GatewayConnection*> connections() const;
  /// The session's current connection, or nullptr.
  [[nodiscard]] GatewayConnection* connection_of(const GatewaySession& session) const;

  /// Whether a session lacks MESSAGE_CONTENT.
  [[nodiscard]] bool hides_content() const;
  /// Whether a connection reads slower than it is sent to.
  [[nodiscard]] bool has_slow_reader() const;

  /// Performs due work. Call it about every 50 ms, and more often while it is busy.
  void tick();
  [[nodiscard]] bool busy() const;

  /// Ends connections, sessions, faults and floods, and resets counters and settings.
  void reset();

 private:
  const World& world_;
  const base::Clock& clock_;
  std::map<std::string, std::unique_ptr<GatewaySession>, std::less<>> sessions_;
  std::vector<GatewayConnection*> connections_;
};

}  // namespace guildhall::sim
