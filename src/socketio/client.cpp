#include "socketio/client.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/json/serialize.hpp>

#include "socketio/adapter.hpp"
#include "socketio/engine/encoded_messages.hpp"
#include "socketio/server_state.hpp"

namespace guildhall::socketio {
namespace {

std::string_view string_member(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

bool is_connect(std::string_view message) {
  return message.starts_with(static_cast<char>('0' + static_cast<int>(PacketType::connect)));
}

}  // namespace

Client::Client(std::shared_ptr<ServerState> server, std::shared_ptr<engine::Socket> connection, std::uint32_t loop)
    : server_(std::move(server)),
      connection_(std::move(connection)),
      decoder_(server_->context->options.accept_binary ? server_->context->options.max_attachments : 0,
               server_->context->options.engine.max_payload),
      loop_(loop) {}

void Client::start() {
  connect_timer_ =
      std::make_unique<boost::asio::steady_timer>(connection_->executor(), server_->context->options.connect_timeout);
  connect_timer_->async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (!cancelled && self) self->connection_->close(DisconnectReason::forced_close);
  });
}

void Client::on_text(std::string_view message) {
  if (closed_) return;
  // Nothing else is decoded for a client that anybody may be.
  if (!joined_ && !is_connect(message)) {
    server_->context->log.debug("Packet before CONNECT");
    return connection_->close(DisconnectReason::forced_close);
  }
  on_decoded(decoder_.text(message));
}

void Client::on_binary(std::string_view message) {
  if (!closed_) on_decoded(decoder_.binary(message));
}

void Client::on_close(DisconnectReason reason) {
  closed_ = true;
  connect_timer_.reset();
  // Sending a packet may close a connection. The application's handlers are posted, so that none of them runs while a
  // broadcast is still being sent to other sockets.
  boost::asio::post(connection_->executor(), [self = shared_from_this(), reason] {
    for (const auto& entry : std::exchange(self->entries_, {})) {
      if (entry.socket) entry.socket->end(reason);
    }
  });
}

void Client::on_decoded(base::Result<std::optional<Packet>> decoded) {
  if (!decoded) {
    server_->context->log.debug("Malformed packet", {{"reason", decoded.error().message}});
    connection_->close(DisconnectReason::parse_error);
  } else if (*decoded) {
    on_packet(std::move(**decoded));
  }
}

void Client::on_packet(Packet packet) {
  const auto entry = find(packet.nsp);
  const auto socket = entry == entries_.end() ? nullptr : entry->socket;
  if (packet.type == PacketType::connect && !socket) return on_connect(std::move(packet));
  // The client may have sent the packet before it knew that the server had ended the socket.
  const bool ended_by_server = entry != entries_.end() && !socket;
  if (ended_by_server && packet.type != PacketType::connect_error) return;
  if (!socket || !socket->connected() || packet.type == PacketType::connect ||
      packet.type == PacketType::connect_error) {
    server_->context->log.debug("Unexpected packet", {{"namespace", packet.nsp}});
    return connection_->close(DisconnectReason::forced_close);
  }
  if (packet.type == PacketType::disconnect) {
    entries_.erase(entry);
    return socket->end(DisconnectReason::client_namespace_disconnect);
  }
  auto& values = packet.data.get_array();
  if (packet.type == PacketType::ack) {
    return socket->on_ack(*packet.id, Arguments(std::move(values), std::move(packet.attachments)));
  }
  Event event;
  const auto& name = values.front();
  event.name = name.is_string() ? std::string(name.get_string()) : boost::json::serialize(name);
  values.erase(values.begin());
  event.arguments = Arguments(std::move(values), std::move(packet.attachments));
  if (packet.id) event.ack = Ack(socket, *packet.id);
  socket->on_event(std::move(event));
}

void Client::on_connect(Packet packet) {
  const auto found = server_->namespaces.find(packet.nsp);
  if (found == server_->namespaces.end()) return refuse(packet.nsp, {"Invalid namespace"});
  const auto& nsp = found->second;
  auto auth = packet.data.is_object() ? std::move(packet.data.get_object()) : boost::json::object();
  auto& adapter = *nsp->adapter_;
  auto saved = adapter.recovers() && auth.contains("pid")
                   ? adapter.restore(string_member(auth, "pid"), string_member(auth, "offset"))
                   : nullptr;
  const bool skip = nsp->middlewares_.empty() || (saved && server_->context->options.recovery->skip_middlewares);
  const auto socket = std::make_shared<Socket>(nsp, *this, std::move(auth), std::move(saved));
  const auto entry = find(nsp->name());
  if (entry == entries_.end()) {
    entries_.push_back({nsp, socket});
  } else {
    entry->socket = socket;
  }
  if (skip) return connect(socket);
  server_->middleware_runs[loop_]->spawn(run_middlewares(shared_from_this(), socket));
}

net::Task<> Client::run_middlewares(std::shared_ptr<Client> client, std::shared_ptr<Socket> socket) {
  Admission admission = ConnectError{"Internal server error"};
  try {
    admission = co_await socket->nsp().run_middlewares(*socket);
  } catch (const std::exception& failure) {
    if (!client->closed_) {
      client->server_->context->log.error("Exception in a middleware",
                                          {{"namespace", socket->nsp().name()}, {"error", failure.what()}});
    }
  }
  client->on_admission(socket, admission);
}

void Client::on_admission(const std::shared_ptr<Socket>& socket, const Admission& admission) {
  if (closed_) return;
  if (admission) return connect(socket);
  entries_.erase(find(socket->nsp().name()));
  refuse(socket->nsp().name(), admission.error());
}

void Client::connect(const std::shared_ptr<Socket>& socket) {
  connect_timer_.reset();
  joined_ = true;
  connection_->admit();
  socket->connect();
}

void Client::refuse(std::string_view nsp, const ConnectError& error) {
  boost::json::object data{{"message", error.message}};
  if (!error.data.is_null()) data["data"] = error.data;
  send(PacketType::connect_error, nsp, data);
}

void Client::disconnect(Socket& socket) {
  const auto ended = std::exchange(find(socket.nsp().name())->socket, nullptr);
  send(PacketType::disconnect, socket.nsp().name());
  ended->end(DisconnectReason::server_namespace_disconnect);
}

void Client::disconnect() {
  const auto self = shared_from_this();
  const auto is_connected = [](const Entry& entry) { return entry.socket && entry.socket->connected(); };
  // The application's handlers may change the entries.
  for (auto at = std::ranges::find_if(entries_, is_connected); at != entries_.end();
       at = std::ranges::find_if(entries_, is_connected)) {
    disconnect(*at->socket);
  }
  connection_->close(DisconnectReason::forced_close);
}

void Client::send(PacketType type, std::string_view nsp, const boost::json::value& data) {
  const auto text = encode_packet(type, nsp, data);
  connection_->send(std::make_shared<engine::EncodedMessages>(text), engine::Delivery::reliable);
}

std::vector<Client::Entry>::iterator Client::find(std::string_view nsp) {
  return std::ranges::find_if(entries_, [nsp](const Entry& entry) { return entry.nsp->name() == nsp; });
}

}  // namespace guildhall::socketio
