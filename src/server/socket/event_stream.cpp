#include "server/socket/event_stream.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <utility>

#include "api/live_event.hpp"
#include "server/socket/rooms.hpp"
#include "socketio/namespace.hpp"

namespace guildhall::server {
namespace {

namespace json = boost::json;

/// The payload of `watching`.
socketio::Arguments watching(const Visibility& visibility) {
  json::array ids;
  for (const auto& guild : visibility.guilds) ids.emplace_back(guild.id.to_string());
  return {json::object{{"guildIds", std::move(ids)}}};
}

bool same_guilds(const Visibility& a, const Visibility& b) {
  return a.everything == b.everything &&
         std::ranges::equal(a.guilds, b.guilds, {}, &VisibleGuild::id, &VisibleGuild::id);
}

}  // namespace

/// A dispatch as it is sent.
struct EventStream::Event {
  explicit Event(const base::GatewayDispatch& dispatch) : full{json::parse(api::encode(dispatch))} {
    const auto* data = full[0].as_object().at("data").if_object();
    if (data != nullptr) scope = scope_of(dispatch.name, *data);
  }

  [[nodiscard]] socketio::Arguments reduced() const {
    const auto& payload = full[0].as_object();
    return {scope.kind == EventScope::Kind::state ? without_channels(payload) : without_content(payload)};
  }

  socketio::Arguments full;
  EventScope scope;
};

EventStream::EventStream(socketio::Namespace& nsp, base::EventBus& events, ChannelView channel_view)
    : nsp_(nsp),
      channel_view_(std::move(channel_view)),
      ready_(events.ready.subscribe([this](const auto& event) { send(*event); })),
      dispatches_(
          events.dispatch.subscribe([this](const auto& event) { send(event); }, [this] { return nsp_.size() > 0; })) {}

void EventStream::greet(Client& client) {
  const std::lock_guard lock(mutex_);
  client.greeted = last_number_;
  ++waiting_;
  client.socket->join(everyone_room);
  if (readiness_) client.socket->emit("ready", *readiness_);
}

void EventStream::leave(Client& client) {
  const std::lock_guard lock(mutex_);
  if (client.sees) {
    change_rooms(client, *std::exchange(client.sees, std::nullopt), {});
  } else {
    stop_waiting();
  }
}

void EventStream::stop_waiting() {
  if (--waiting_ > 0) return;
  held_ = {};
  held_bytes_ = 0;
}

void EventStream::show(Client& client, Visibility visibility) {
  if (!client.socket->connected()) return;
  // An event is either sent to the rooms or held: none is between them.
  const std::lock_guard lock(mutex_);
  const bool first = !client.sees;
  const auto before = std::exchange(client.sees, std::move(visibility)).value_or(Visibility());
  if (first || !same_guilds(before, *client.sees)) client.socket->emit("watching", watching(*client.sees));
  change_rooms(client, before, *client.sees);
  if (!first) return;
  send_held(client);
  stop_waiting();
}

void EventStream::change_rooms(const Client& client, const Visibility& before, const Visibility& after) {
  if (after.everything && !before.everything) client.socket->join(all_events_room);
  if (!after.everything && before.everything) client.socket->leave(all_events_room);
  static const std::vector<VisibleGuild> none;
  const auto& left = before.everything ? none : before.guilds;
  const auto& right = after.everything ? none : after.guilds;
  for (auto old = left.begin(), now = right.begin(); old != left.end() || now != right.end();) {
    const bool has_old = old != left.end() && (now == right.end() || old->id <= now->id);
    const bool has_now = now != right.end() && (old == left.end() || now->id <= old->id);
    change_guild(client, has_old ? &*old : nullptr, has_now ? &*now : nullptr);
    if (has_old) ++old;
    if (has_now) ++now;
  }
}

void EventStream::change_guild(const Client& client, const VisibleGuild* before, const VisibleGuild* after) {
  const auto room_in = [&client](const VisibleGuild& guild) {
    return guild.all_channels ? all_channels_room(guild.id) : member_room(guild.id, client.user);
  };
  auto& socket = *client.socket;
  if (before != nullptr && after != nullptr && before->all_channels == after->all_channels) {
    if (!after->all_channels) members_[after->id][client.user].permissions = after->permissions;
    return;
  }
  if (before != nullptr) {
    socket.leave(room_in(*before));
    if (after == nullptr) socket.leave(guild_room(before->id));
    if (!before->all_channels) remove_member(before->id, client.user);
  }
  if (after != nullptr) {
    socket.join(room_in(*after));
    if (before == nullptr) socket.join(guild_room(after->id));
    if (after->all_channels) return;
    auto& member = members_[after->id][client.user];
    ++member.clients;
    member.permissions = after->permissions;
  }
}

void EventStream::remove_member(base::GuildId guild, base::UserId user) {
  const auto members = members_.find(guild);
  const auto member = members->second.find(user);
  if (--member->second.clients == 0) members->second.erase(member);
  if (members->second.empty()) members_.erase(members);
}

void EventStream::send(const base::BotReady& ready) {
  const std::lock_guard lock(mutex_);
  readiness_ = socketio::Arguments{json::parse(api::encode(ready))};
  nsp_.to(everyone_room).emit("ready", *readiness_);
}

EventStream::View EventStream::view(const EventScope& scope, base::GuildId guild, base::UserId user,
                                    discord::Permissions permissions) const {
  if (scope.kind == EventScope::Kind::guild) return View::full;
  if (scope.kind != EventScope::Kind::channel || !channel_view_) return View::reduced;
  switch (channel_view_(guild, user, permissions, scope.channel)) {
    case discord::ChannelView::visible: return View::full;
    case discord::ChannelView::hidden: return View::none;
    case discord::ChannelView::unknown: return View::reduced;
  }
  return View::none;
}

void EventStream::send(const std::shared_ptr<const base::GatewayDispatch>& dispatch) {
  const Event event(*dispatch);
  const std::lock_guard lock(mutex_);
  ++last_number_;
  if (waiting_ > 0) hold(dispatch);
  auto full = nsp_.to(all_events_room);
  if (!dispatch->guild) return full.emit("event", event.full);
  const auto guild = *dispatch->guild;
  if (event.scope.kind == EventScope::Kind::guild) return full.to(guild_room(guild)).emit("event", event.full);
  full = full.to(all_channels_room(guild));
  auto reduced = nsp_.broadcast();
  bool any_reduced = false;
  if (const auto members = members_.find(guild); members != members_.end()) {
    for (const auto& [user, member] : members->second) {
      const auto seen = view(event.scope, guild, user, member.permissions);
      if (seen == View::full) full = full.to(member_room(guild, user));
      if (seen == View::reduced) reduced = reduced.to(member_room(guild, user));
      any_reduced |= seen == View::reduced;
    }
  }
  full.emit("event", event.full);
  if (any_reduced) reduced.emit("event", event.reduced());
}

void EventStream::hold(const std::shared_ptr<const base::GatewayDispatch>& dispatch) {
  held_.push_back({last_number_, dispatch});
  held_bytes_ += dispatch->data.size();
  while (held_.size() > max_held || held_bytes_ > max_held_bytes) {
    held_bytes_ -= held_.front().dispatch->data.size();
    held_.pop_front();
  }
}

void EventStream::send_held(const Client& client) {
  for (const auto& held : held_) {
    if (held.number <= client.greeted) continue;
    const auto& dispatch = *held.dispatch;
    const auto& guilds = client.sees->guilds;
    const auto known = dispatch.guild ? std::ranges::find(guilds, *dispatch.guild, &VisibleGuild::id) : guilds.end();
    if (!client.sees->everything && known == guilds.end()) continue;
    const Event event(dispatch);
    const bool all = client.sees->everything || known->all_channels;
    const auto seen = all ? View::full : view(event.scope, known->id, client.user, known->permissions);
    if (seen == View::full) client.socket->emit("event", event.full);
    if (seen == View::reduced) client.socket->emit("event", event.reduced());
  }
}

}  // namespace guildhall::server
