#include "socketio/client.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/json/serialize.hpp>

#include "socketio/adapter.hpp"
#include "socketio/engine/outgoing.hpp"
#include "socketio/hub.hpp"
#include "socketio/packet.hpp"

namespace guildhall::socketio {
namespace {

DisconnectReason reason_of(engine::CloseReason reason) {
  switch (reason) {
    case engine::CloseReason::transport_close: return DisconnectReason::transport_close;
    case engine::CloseReason::transport_error: return DisconnectReason::transport_error;
    case engine::CloseReason::ping_timeout: return DisconnectReason::ping_timeout;
    case engine::CloseReason::parse_error: return DisconnectReason::parse_error;
    case engine::CloseReason::forced_close: return DisconnectReason::forced_close;
    case engine::CloseReason::server_shutting_down: return DisconnectReason::server_shutting_down;
  }
  return DisconnectReason::transport_error;
}

void send(engine::Socket& connection, PacketType type, std::string_view nsp, const boost::json::value& data = nullptr) {
  const auto text = encode_packet(type, nsp, data);
  connection.send(std::make_shared<engine::Outgoing>(text), engine::Delivery::reliable);
}

std::string_view text_of(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

}  // namespace

Client::Client(std::shared_ptr<Hub> hub, std::shared_ptr<engine::Socket> connection, std::uint32_t loop)
    : hub_(std::move(hub)),
      connection_(std::move(connection)),
      decoder_(hub_->context().options.max_attachments),
      loop_(loop) {}

void Client::start() {
  connect_timer_ =
      std::make_unique<boost::asio::steady_timer>(connection_->executor(), hub_->context().options.connect_timeout);
  connect_timer_->async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (!cancelled && self) self->connection_->close(engine::CloseReason::forced_close);
  });
}

void Client::on_text(std::string_view message) {
  if (!closed_) take(decoder_.text(message));
}

void Client::on_binary(std::string_view message) {
  if (!closed_) take(decoder_.binary(message));
}

void Client::on_close(engine::CloseReason reason) {
  closed_ = true;
  connect_timer_.reset();
  // Not at once: packets that are sent may be what closes a connection, and no handler is to run while they are handed
  // to other sockets.
  boost::asio::post(connection_->executor(), [self = shared_from_this(), reason] { self->closed(reason_of(reason)); });
}

void Client::closed(DisconnectReason reason) {
  for (const auto& place : std::exchange(places_, {})) {
    if (place.socket) place.socket->end(reason);
  }
}

void Client::take(base::Result<std::optional<Packet>> decoded) {
  if (!decoded) {
    hub_->context().log.debug("A packet cannot be read", {{"reason", decoded.error().message}});
    connection_->close(engine::CloseReason::parse_error);
  } else if (*decoded) {
    take(std::move(**decoded));
  }
}

void Client::take(Packet packet) {
  const auto place = place_of(packet.nsp);
  const auto socket = place == places_.end() ? nullptr : place->socket;
  if (packet.type == PacketType::connect && !socket) return join(std::move(packet));
  // What was on its way when the server ended the socket.
  const bool was_left = place != places_.end() && !socket;
  if (was_left && packet.type != PacketType::connect_error) return;
  if (!socket || !socket->connected() || packet.type == PacketType::connect ||
      packet.type == PacketType::connect_error) {
    hub_->context().log.debug("A packet that cannot be at this point", {{"namespace", packet.nsp}});
    return connection_->close(engine::CloseReason::forced_close);
  }
  if (packet.type == PacketType::disconnect) {
    places_.erase(place);
    return socket->end(DisconnectReason::client_namespace_disconnect);
  }
  auto& values = packet.data.get_array();
  if (packet.type == PacketType::ack) {
    return socket->take_ack(*packet.id, Arguments(std::move(values), std::move(packet.attachments)));
  }
  Event event;
  const auto& name = values.front();
  event.name = name.is_string() ? std::string(name.get_string()) : boost::json::serialize(name);
  values.erase(values.begin());
  event.arguments = Arguments(std::move(values), std::move(packet.attachments));
  if (packet.id) event.ack = Ack(socket, *packet.id);
  socket->take_event(std::move(event));
}

void Client::join(Packet packet) {
  const auto nsp = hub_->find(packet.nsp);
  if (!nsp) return refuse(packet.nsp, {"Invalid namespace"});
  auto auth = packet.data.is_object() ? std::move(packet.data.get_object()) : boost::json::object();
  auto session = nsp->adapter_->recovers() && auth.contains("pid")
                     ? nsp->adapter_->take_session(text_of(auth, "pid"), text_of(auth, "offset"))
                     : nullptr;
  const bool ask = !nsp->admits_at_once() && !(session && hub_->context().options.recovery->skip_middlewares);
  const auto socket = std::make_shared<Socket>(nsp, *this, std::move(auth), std::move(session));
  const auto place = place_of(nsp->name());
  if (place == places_.end()) {
    places_.push_back({nsp, socket});
  } else {
    place->socket = socket;
  }
  if (!ask) return welcome(socket);
  hub_->spawn(loop_, admit(shared_from_this(), socket));
}

net::Task<> Client::admit(std::shared_ptr<Client> client, std::shared_ptr<Socket> socket) {
  Admission admission = ConnectError{"Internal server error"};
  try {
    auto asked = socket->nsp().ask_middlewares(*socket);
    admission = co_await std::move(asked);
  } catch (const std::exception& failure) {
    if (!client->closed_) {
      client->hub_->context().log.error("A middleware let an exception out",
                                        {{"namespace", socket->nsp().name()}, {"error", failure.what()}});
    }
  }
  client->settle(socket, admission);
}

void Client::settle(const std::shared_ptr<Socket>& socket, const Admission& admission) {
  if (closed_) return;
  if (admission) return welcome(socket);
  places_.erase(place_of(socket->nsp().name()));
  refuse(socket->nsp().name(), admission.error());
}

void Client::welcome(const std::shared_ptr<Socket>& socket) {
  connect_timer_.reset();
  socket->connect();
}

void Client::refuse(std::string_view nsp, const ConnectError& error) {
  boost::json::object data{{"message", error.message}};
  if (!error.data.is_null()) data["data"] = error.data;
  send(*connection_, PacketType::connect_error, nsp, data);
}

void Client::leave(Socket& socket) {
  const auto place = place_of(socket.nsp().name());
  const auto ended = std::exchange(place->socket, nullptr);
  send(*connection_, PacketType::disconnect, socket.nsp().name());
  ended->end(DisconnectReason::server_namespace_disconnect);
}

void Client::disconnect() {
  const auto self = shared_from_this();
  while (true) {
    const auto place = std::ranges::find_if(
        places_, [](const Place& candidate) { return candidate.socket && candidate.socket->connected(); });
    if (place == places_.end()) break;
    leave(*place->socket);
  }
  connection_->close(engine::CloseReason::forced_close);
}

std::vector<Client::Place>::iterator Client::place_of(std::string_view nsp) {
  return std::ranges::find_if(places_, [nsp](const Place& place) { return place.nsp->name() == nsp; });
}

}  // namespace guildhall::socketio
