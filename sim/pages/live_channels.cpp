#include "sim/pages/live_channels.hpp"

#include <boost/json/serialize.hpp>
#include <string>
#include <utility>

#include "net/upgrade.hpp"
#include "net/websocket_handshake.hpp"
#include "sim/objects/message.hpp"
#include "sim/pages/channel_state.hpp"
#include "sim/rest/interaction_rules.hpp"

namespace guildhall::sim {
namespace {

using boost::json::object;

/// A page says nothing, so anything long is a mistake.
constexpr std::size_t message_limit = 1024;
/// Bytes. A page that takes no more is dropped; it connects anew, and is told everything.
constexpr std::size_t unsent_limit = 4UL * 1024 * 1024;

/// Whether a browser asks for one of our own pages.
bool is_own_origin(const net::Request& request) {
  const auto origin = request.headers.find("Origin");
  if (!origin) return true;
  const auto host = origin->find("://");
  return host != std::string_view::npos && origin->substr(host + 3) == request.headers.find("Host");
}

}  // namespace

/// Brings a connection whose handshake is done.
class LiveChannels::Handover final : public net::Upgrade {
 public:
  Handover(LiveChannels& channels, Viewer viewer) : channels_(channels), viewer_(std::move(viewer)) {}
  void take(net::UpgradedConnection connection) override { channels_.take(std::move(connection), std::move(viewer_)); }

 private:
  LiveChannels& channels_;
  Viewer viewer_;
};

LiveChannels::LiveChannels(Simulation& sim, net::Executor executor)
    : sim_(sim), loop_(std::make_shared<net::WebSocketLoop>(std::move(executor))) {
  sim_.feed.listen(this);
}

LiveChannels::~LiveChannels() {
  sim_.feed.listen(nullptr);
  loop_->deadlines().clear(state_due_);
  for (auto& [id, deadline] : waiting_) loop_->deadlines().clear(deadline);
  for (auto& [socket, viewer] : viewers_) socket->forget_listener();
}

net::Response LiveChannels::open(const net::Request& request, GuildId guild, ChannelId channel,
                                 std::optional<UserId> user) {
  if (!is_own_origin(request)) {
    net::Response refused;
    refused.status = 403;
    return refused;
  }
  auto answer = net::answer_websocket(request, net::DeflateOffer::no);
  if (answer.response.status != 101) return std::move(answer.response);
  const Guild* place = sim_.world.find_guild(guild);
  Viewer viewer{nullptr, guild, channel, choose_person(sim_.world, *place, user)};
  answer.response.upgrade = std::make_shared<Handover>(*this, std::move(viewer));
  return std::move(answer.response);
}

void LiveChannels::take(net::UpgradedConnection connection, Viewer viewer) {
  const net::WebSocketRules rules{net::WebSocketRole::server, message_limit, false};
  auto socket = std::make_shared<net::WebSocket>(loop_, std::move(connection), rules);
  viewer.socket = socket;
  const auto [place, added] = viewers_.emplace(socket.get(), std::move(viewer));
  send_state(place->second);
  socket->start(*this);
}

void LiveChannels::on_message(net::WebSocket&, net::Opcode, std::string_view) {}

void LiveChannels::on_close(net::WebSocket& socket, net::CloseCode) { viewers_.erase(&socket); }

void LiveChannels::send(const Viewer& viewer, const object& event) {
  auto frame = std::make_shared<std::string>();
  net::append_frame(*frame, net::Opcode::text, boost::json::serialize(event));
  const std::string_view bytes = *frame;
  viewer.socket->send(std::move(frame), bytes);
}

void LiveChannels::drop_slow_viewers() {
  std::erase_if(viewers_, [](const auto& entry) {
    net::WebSocket& socket = *entry.second.socket;
    if (socket.unsent() <= unsent_limit) return false;
    socket.abort();
    return true;
  });
}

template <class Wants>
void LiveChannels::send(ChannelId channel, const object& event, Wants wants) {
  drop_slow_viewers();
  for (const auto& [socket, viewer] : viewers_) {
    if (viewer.channel == channel && wants(viewer)) send(viewer, event);
  }
}

void LiveChannels::send_state(Viewer& viewer) {
  const Guild* guild = sim_.world.find_guild(viewer.guild);
  if (guild == nullptr || !guild->channels.contains(viewer.channel)) return send(viewer, object{{"type", "gone"}});
  viewer.user = choose_person(sim_.world, *guild, viewer.user);
  send(viewer, channel_state(sim_, *guild, guild->channels.at(viewer.channel), viewer.user));
}

void LiveChannels::send_states() {
  drop_slow_viewers();
  for (auto& [socket, viewer] : viewers_) send_state(viewer);
}

void LiveChannels::on_world_changed() {
  if (!viewers_.empty()) loop_->deadlines().set(state_due_, std::chrono::steady_clock::now());
}

void LiveChannels::on_message(const Message& message) {
  if (viewers_.empty()) return;
  const object event{{"type", "message"}, {"message", message_response(sim_.world, sim_.messages, message)}};
  send(message.channel, event, [&](const Viewer& viewer) { return is_visible_to(message, viewer.user); });
}

void LiveChannels::on_message_deleted(const Message& message) {
  const object event{{"type", "delete"}, {"id", message.id.to_string()}};
  send(message.channel, event, [](const Viewer&) { return true; });
}

void LiveChannels::on_typing(const Channel& channel, UserId user) {
  const object event{{"type", "typing"}, {"userId", user.to_string()}};
  send(channel.id, event, [&](const Viewer& viewer) { return viewer.user != user; });
}

void LiveChannels::on_interaction(const Interaction& interaction) {
  if (viewers_.empty()) return;
  const auto [place, added] = waiting_.try_emplace(interaction.id, *this, interaction.id);
  loop_->deadlines().set(place->second, std::chrono::steady_clock::now() + answer_limit);
}

void LiveChannels::on_modal(const Interaction& interaction) {
  const object event{{"type", "modal"}, {"interactionId", interaction.id.to_string()}, {"modal", *interaction.modal}};
  send(interaction.channel, event, [&](const Viewer& viewer) { return viewer.user == interaction.user; });
}

void LiveChannels::end_wait(InteractionId id) {
  waiting_.erase(id);
  const Interaction* interaction = sim_.interactions.find(id);
  if (interaction == nullptr || !interaction->responses.empty()) return;
  object event{{"type", "failure"}};
  if (interaction->message) event["messageId"] = interaction->message->to_string();
  if (const auto* name = interaction->data.if_contains("name")) event["name"] = *name;
  send(interaction->channel, event, [&](const Viewer& viewer) { return viewer.user == interaction->user; });
}

}  // namespace guildhall::sim
