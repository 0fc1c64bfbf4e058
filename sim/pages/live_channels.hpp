#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include "net/deadlines.hpp"
#include "net/http.hpp"
#include "net/task.hpp"
#include "net/websocket.hpp"
#include "sim/gateway/channel_listener.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// The WebSockets of open channel pages: each is sent what its user sees, as it happens. What they send is ignored.
/// Lives on the event loop.
class LiveChannels final : public ChannelListener, private net::WebSocketListener {
 public:
  /// Both outlive it. Listens to the simulation's feed.
  LiveChannels(Simulation& sim, net::Executor executor);
  ~LiveChannels() override;
  LiveChannels(const LiveChannels&) = delete;
  LiveChannels& operator=(const LiveChannels&) = delete;

  /// Answers the opening handshake of a page about a channel of a guild.
  [[nodiscard]] net::Response open(const net::Request& request, GuildId guild, ChannelId channel,
                                   std::optional<UserId> user);

  void on_message(const Message& message) override;
  void on_message_deleted(const Message& message) override;
  void on_typing(const Channel& channel, UserId user) override;
  void on_interaction(const Interaction& interaction) override;
  void on_modal(const Interaction& interaction) override;
  void on_world_changed() override;

 private:
  struct Viewer {
    std::shared_ptr<net::WebSocket> socket;
    GuildId guild;
    ChannelId channel;
    UserId user;
  };
  class Handover;

  /// The time until which an interaction may be answered.
  struct AnswerDeadline final : net::Deadline {
    LiveChannels& channels;
    InteractionId interaction;
    AnswerDeadline(LiveChannels& owner, InteractionId id) : channels(owner), interaction(id) {}
    void on_deadline(Time) override { channels.end_wait(interaction); }
  };
  /// Sends the state once for all changes of a moment.
  struct StateDeadline final : net::Deadline {
    LiveChannels& channels;
    explicit StateDeadline(LiveChannels& owner) : channels(owner) {}
    void on_deadline(Time) override { channels.send_states(); }
  };

  void take(net::UpgradedConnection connection, Viewer viewer);
  void on_message(net::WebSocket& socket, net::Opcode kind, std::string_view message) override;
  void on_close(net::WebSocket& socket, net::CloseCode code) override;

  void end_wait(InteractionId id);
  void drop_slow_viewers();
  void send_states();
  /// Its user may have become another one, where theirs has gone.
  void send_state(Viewer& viewer);
  /// Sends the same to each who watches a channel and whom `wants` names.
  template <class Wants>
  void send(ChannelId channel, const boost::json::object& event, Wants wants);
  static void send(const Viewer& viewer, const boost::json::object& event);

  Simulation& sim_;
  std::shared_ptr<net::WebSocketLoop> loop_;
  std::map<net::WebSocket*, Viewer> viewers_;
  std::map<InteractionId, AnswerDeadline> waiting_;
  StateDeadline state_due_{*this};
};

}  // namespace guildhall::sim
