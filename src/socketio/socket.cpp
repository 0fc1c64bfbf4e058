#include "socketio/socket.hpp"

#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <optional>
#include <stdexcept>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "socketio/adapter.hpp"
#include "socketio/client.hpp"
#include "socketio/context.hpp"
#include "socketio/packet.hpp"
#include "socketio/pending_acks.hpp"

namespace guildhall::socketio {
namespace {

/// 20 characters that nobody guesses, as the official server's ids.
std::string make_id() {
  std::array<std::byte, 15> random;
  base::random_bytes(random);
  return base::encode_base64url({reinterpret_cast<const char*>(random.data()), random.size()});
}

base::Error ended_error() { return {base::Errc::unavailable, "The socket has been disconnected"}; }

/// Reasons after which the client comes back by itself.
bool may_come_back(DisconnectReason reason) {
  switch (reason) {
    case DisconnectReason::client_namespace_disconnect:
    case DisconnectReason::server_namespace_disconnect:
    case DisconnectReason::parse_error: return false;
    case DisconnectReason::transport_close:
    case DisconnectReason::transport_error:
    case DisconnectReason::ping_timeout:
    case DisconnectReason::forced_close:
    case DisconnectReason::server_shutting_down: return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(DisconnectReason reason) {
  switch (reason) {
    case DisconnectReason::client_namespace_disconnect: return "client namespace disconnect";
    case DisconnectReason::server_namespace_disconnect: return "server namespace disconnect";
    case DisconnectReason::transport_close: return "transport close";
    case DisconnectReason::transport_error: return "transport error";
    case DisconnectReason::ping_timeout: return "ping timeout";
    case DisconnectReason::parse_error: return "parse error";
    case DisconnectReason::forced_close: return "forced close";
    case DisconnectReason::server_shutting_down: return "server shutting down";
  }
  return "";
}

struct Ack::State {
  std::weak_ptr<Socket> socket;
  std::uint64_t id;
  bool given = false;
};

Ack::Ack(std::weak_ptr<Socket> socket, std::uint64_t id)
    : state_(std::make_shared<State>(State{std::move(socket), id})) {}

void Ack::operator()(const Arguments& arguments) const {
  if (!state_ || state_->given) return;
  state_->given = true;
  if (const auto socket = state_->socket.lock()) socket->acknowledge(state_->id, arguments);
}

struct Socket::Connecting {
  std::unique_ptr<Session> session;
  std::vector<std::string> rooms;
};

Socket::Socket(std::shared_ptr<Namespace> nsp, Client& client, boost::json::object auth,
               std::unique_ptr<Session> session)
    : nsp_(std::move(nsp)),
      connection_(client.connection()),
      client_(&client),
      loop_(client.loop()),
      id_(session ? session->id : make_id()),
      auth_(std::move(auth)),
      connecting_(std::make_unique<Connecting>()),
      recovered_(session != nullptr) {
  if (nsp_->adapter_->recovers())
    recoverable_ = std::make_unique<Recoverable>(Recoverable{session ? session->pid : make_id()});
  if (session) data_ = session->data;
  connecting_->session = std::move(session);
}

Socket::~Socket() { nsp_->adapter_->rooms(loop_).remove(*this); }

void Socket::connect() {
  const auto keep = shared_from_this();
  const auto connecting = std::move(connecting_);
  state_ = State::connected;
  const auto missed = nsp_->adapter_->add(*this, connecting->session.get());
  if (recovered_ && !missed) {
    // The middlewares took longer than the packets were kept: as far as the client knows, this is a new session.
    recovered_ = false;
    recoverable_->pid = make_id();
  }
  boost::json::object data{{"sid", id_}};
  if (recoverable_) data["pid"] = recoverable_->pid;
  const auto text = encode_packet(PacketType::connect, nsp_->name(), data);
  connection_->send(std::make_shared<engine::Outgoing>(text), engine::Delivery::reliable);
  if (missed) {
    for (const auto& packet : *missed) connection_->send(packet, engine::Delivery::reliable);
  }
  for (const auto& room : connecting->rooms) join(room);
  nsp_->call_handlers(*this);
}

void Socket::join(std::string_view room) {
  if (room == id_) return;
  if (connected()) return nsp_->adapter_->rooms(loop_).join(*this, room, nsp_->adapter_->sequence());
  if (connecting_ && !in(room)) connecting_->rooms.emplace_back(room);
}

void Socket::leave(std::string_view room) {
  if (connecting_) {
    std::erase(connecting_->rooms, room);
  } else {
    nsp_->adapter_->rooms(loop_).leave(*this, room);
  }
}

bool Socket::in(std::string_view room) const {
  if (connecting_) return std::ranges::find(connecting_->rooms, room) != connecting_->rooms.end();
  return nsp_->adapter_->rooms(loop_).contains(*this, room);
}

std::vector<std::string> Socket::rooms() const {
  if (connecting_) return connecting_->rooms;
  std::vector<std::string> names;
  for (auto& [room, since] : nsp_->adapter_->rooms(loop_).rooms_of(*this)) names.push_back(std::move(room));
  return names;
}

void Socket::emit(std::string_view event, const Arguments& arguments, engine::Delivery delivery) {
  if (is_reserved(event)) throw std::invalid_argument('"' + std::string(event) + "\" is a reserved event name");
  if (connected()) nsp_->adapter_->emit(*this, event, arguments, delivery);
}

void Socket::emit_with_ack(std::string_view event, const Arguments& arguments, std::chrono::milliseconds timeout,
                           AckHandler handler) {
  if (is_reserved(event)) throw std::invalid_argument('"' + std::string(event) + "\" is a reserved event name");
  if (!connected()) return handler(ended_error());
  if (!acks_) acks_ = std::make_unique<PendingAcks>();
  if (acks_->size() >= nsp_->context_->options.max_pending_acks) {
    return handler(base::Error{base::Errc::rate_limited, "Too many acknowledgements are waited for"});
  }
  const auto id = acks_->add(executor(), timeout, std::move(handler), [weak = weak_from_this()](std::uint64_t expired) {
    if (const auto self = weak.lock()) self->expire_ack(expired);
  });
  const auto text = encode_event(nsp_->name(), event, arguments, id);
  nsp_->adapter_->send(*this, std::make_shared<engine::Outgoing>(text, arguments.attachments()));
}

net::Task<base::Result<Arguments>> Socket::emit_with_ack(std::string event, Arguments arguments,
                                                         std::chrono::milliseconds timeout) {
  const auto self = shared_from_this();
  const auto answer = std::make_shared<std::optional<base::Result<Arguments>>>();
  const auto answered =
      std::make_shared<boost::asio::steady_timer>(executor(), boost::asio::steady_timer::time_point::max());
  AckHandler handler = [answer, answered](base::Result<Arguments> result) {
    *answer = std::move(result);
    answered->cancel();
  };
  emit_with_ack(event, arguments, timeout, std::move(handler));
  if (!*answer) {
    boost::system::error_code woken;
    co_await answered->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  }
  if (!*answer) throw boost::system::system_error(boost::asio::error::operation_aborted);
  co_return std::move(**answer);
}

Broadcast Socket::broadcast() const { return nsp_->broadcast().except(id_); }

void Socket::on(std::string_view event, EventHandler handler) {
  handlers_.push_back({std::string(event), std::make_unique<EventHandler>(std::move(handler))});
}

void Socket::on_any(EventHandler handler) {
  any_handlers_.push_back(std::make_unique<EventHandler>(std::move(handler)));
}

void Socket::on_disconnect(DisconnectHandler handler) {
  disconnect_handlers_.push_back(std::make_unique<DisconnectHandler>(std::move(handler)));
}

void Socket::disconnect(Close what) {
  if (!connected()) return;
  if (what == Close::connection) {
    client_->disconnect();
  } else {
    client_->leave(*this);
  }
}

void Socket::take_event(Event event) {
  const auto call = [&](const EventHandler& handler) {
    nsp_->context_->guard(event.name, nsp_->name(), [&] { handler(event); });
  };
  // A handler may add handlers, which are not meant to see this event, and may end the socket, which empties the lists.
  const auto any_count = any_handlers_.size();
  const auto count = handlers_.size();
  for (std::size_t i = 0; i < any_count && connected(); ++i) call(*any_handlers_[i]);
  for (std::size_t i = 0; i < count && connected(); ++i) {
    if (handlers_[i].event == event.name) call(*handlers_[i].handler);
  }
}

void Socket::acknowledge(std::uint64_t id, const Arguments& arguments) {
  if (!connected()) return;
  const auto text = encode_ack(nsp_->name(), id, arguments);
  nsp_->adapter_->send(*this, std::make_shared<engine::Outgoing>(text, arguments.attachments()));
}

void Socket::take_ack(std::uint64_t id, Arguments arguments) {
  auto handler = acks_ ? acks_->take(id) : nullptr;
  if (!handler) return;
  nsp_->context_->guard("ack", nsp_->name(), [&] { handler(std::move(arguments)); });
}

void Socket::expire_ack(std::uint64_t id) {
  const auto handler = acks_->take(id);
  if (!handler) return;
  const auto timed_out = base::Error{base::Errc::timed_out, "The client did not answer in time"};
  nsp_->context_->guard("ack", nsp_->name(), [&] { handler(timed_out); });
}

void Socket::end(DisconnectReason reason) {
  const auto keep = shared_from_this();
  const bool was_connected = connected();
  state_ = State::ended;
  client_ = nullptr;
  connecting_.reset();
  if (!was_connected) return;
  if (acks_) {
    for (const auto& handler : acks_->take_all()) {
      nsp_->context_->guard("ack", nsp_->name(), [&] { handler(ended_error()); });
    }
  }
  for (std::size_t i = 0; i < disconnect_handlers_.size(); ++i) {
    nsp_->context_->guard("on_disconnect", nsp_->name(), [&] { (*disconnect_handlers_[i])(reason); });
  }
  nsp_->adapter_->remove(*this, may_come_back(reason));
  // One of the handlers may be what is running: they go when it has returned.
  boost::asio::post(executor(), [events = std::move(handlers_), any = std::move(any_handlers_),
                                 ends = std::move(disconnect_handlers_)] {});
}

}  // namespace guildhall::socketio
