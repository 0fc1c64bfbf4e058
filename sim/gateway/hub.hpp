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
#include "sim/gateway/harm.hpp"
#include "sim/gateway/identify_limits.hpp"
#include "sim/gateway/session.hpp"
#include "sim/gateway/settings.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// What happened at the gateway since the start or the last reset.
struct GatewayCounts {
  std::uint64_t connections = 0;
  std::uint64_t refused = 0;     ///< By a harm.
  std::uint64_t identifies = 0;  ///< That were answered with READY.
  std::uint64_t identifies_refused = 0;
  std::uint64_t resumes = 0;  ///< That were answered with RESUMED.
  std::uint64_t resumes_refused = 0;
  std::uint64_t heartbeats = 0;
  std::uint64_t events = 0;                       ///< Dispatches that sessions got, be they connected or not.
  std::uint64_t slow_readers = 0;                 ///< Connections that were dropped since they did not read.
  std::map<std::uint16_t, std::uint64_t> closes;  ///< By the gateway, for each code.
};

/// The gateway's books: sessions, who is connected, what they hear, limits and harms. Does no I/O. Belongs to the one
/// event loop.
class GatewayHub final : public EventSink {
 public:
  /// Both outlive the hub.
  GatewayHub(const World& world, const base::Clock& clock)
      : limits(settings, clock), harm(clock), world_(world), clock_(clock) {}
  GatewayHub(const GatewayHub&) = delete;
  GatewayHub& operator=(const GatewayHub&) = delete;

  GatewaySettings settings;
  IdentifyLimits limits;
  HarmPlan harm;
  GatewayCounts counts;
  Floods floods;

  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] base::Timestamp now() const { return clock_.now(); }

  void publish(Event event) override;
  [[nodiscard]] bool has_listeners() const override { return !sessions_.empty(); }
  /// An event for one session alone.
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
  /// Those that have not ended.
  [[nodiscard]] std::vector<GatewayConnection*> connections() const;
  /// The one that a session has now, or nullptr.
  [[nodiscard]] GatewayConnection* connection_of(const GatewaySession& session) const;

  /// Whether some session is not shown what messages say.
  [[nodiscard]] bool hides_content() const;
  /// Whether some connection is given more than it reads.
  [[nodiscard]] bool readers_are_behind() const;

  /// Does what is due. To be called every 50 ms or so, and more often while it is busy.
  void tick();
  [[nodiscard]] bool busy() const;

  /// Ends connections, sessions, harms and floods, and counts anew; settings are Discord's again.
  void reset();

 private:
  const World& world_;
  const base::Clock& clock_;
  std::map<std::string, std::unique_ptr<GatewaySession>, std::less<>> sessions_;
  std::vector<GatewayConnection*> connections_;
};

}  // namespace guildhall::sim
