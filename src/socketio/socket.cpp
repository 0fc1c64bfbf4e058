#include "socketio/socket.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <unordered_map>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "net/async/event.hpp"
#include "socketio/adapter.hpp"
#include "socketio/client.hpp"
#include "socketio/packet.hpp"
#include "socketio/server_state.hpp"

namespace guildhall::socketio {
namespace {

/// 20 unguessable characters, like the official server's ids.
std::string make_id() {
  std::array<std::byte, 15> random;
  base::random_bytes(random);
  return base::encode_base64url({reinterpret_cast<const char*>(random.data()), random.size()});
}

base::Error ended_error() { return {base::Errc::unavailable, "The socket has been disconnected"}; }

/// True for reasons after which clients reconnect by themselves.
bool is_recoverable(DisconnectReason reason) {
  switch (reason) {
    case DisconnectReason::client_namespace_disconnect:
    case DisconnectReason::server_namespace_disconnect:
    case DisconnectReason::parse_error: return false;
    default: return true;
  }
}

}  // namespace

struct Ack::State {
  std::weak_ptr<Socket> socket;
  std::uint64_t id;
  bool given = false;
};

Ack::Ack(std::weak_ptr<Socket> socket, std::uint64_t id)
    : state_(std::make_shared<State>(State{std::move(socket), id})) {}

void Ack::operator()(const Arguments& arguments) const {
  if (!state_ || std::exchange(state_->given, true)) return;
  if (const auto socket = state_->socket.lock()) socket->acknowledge(state_->id, arguments);
}

struct Socket::PendingAcks {
  struct Pending {
    AckHandler handler;
    boost::asio::steady_timer timer;
  };
  std::uint64_t next_id = 0;
  std::unordered_map<std::uint64_t, Pending> by_id;
};

Socket::Socket(std::shared_ptr<Namespace> nsp, Client& client, boost::json::object auth,
               std::unique_ptr<SavedSocket> saved)
    : nsp_(std::move(nsp)),
      connection_(client.connection()),
      client_(&client),
      loop_(client.loop()),
      id_(saved ? saved->id : make_id()),
      origin_(connection_->carrier()),
      auth_(std::move(auth)),
      saved_(std::move(saved)),
      recovered_(saved_ != nullptr) {
  if (recovered_) {
    data_ = saved_->data;
  } else if (nsp_->adapter_->recovers()) {
    saved_ = std::make_unique<SavedSocket>(SavedSocket{make_id(), id_});
  }
}

Socket::~Socket() {
  if (!memberships_.empty()) nsp_->adapter_->remove(*this, false);
}

void Socket::connect() {
  const auto keep = shared_from_this();
  state_ = State::connected;
  const auto missed = nsp_->adapter_->add(*this);
  if (recovered_ && !missed) {
    // Packets were dropped while the middlewares ran. The client must see a new session.
    recovered_ = false;
    *saved_ = SavedSocket{make_id(), id_};
  }
  boost::json::object data{{"sid", id_}};
  if (saved_) data["pid"] = saved_->pid;
  client_->send(PacketType::connect, nsp_->name(), data);
  if (missed) {
    for (const auto& packet : *missed) connection_->send(packet, engine::Delivery::reliable);
  }
  for (const auto& room : std::exchange(early_rooms_, {})) join(room);
  nsp_->run_connection_handlers(*this);
}

void Socket::join(std::string_view room) {
  if (room == id_) return;
  if (connected()) return nsp_->adapter_->join(*this, room);
  if (state_ == State::connecting && !in(room)) early_rooms_.emplace_back(room);
}

void Socket::leave(std::string_view room) {
  std::erase(early_rooms_, room);
  nsp_->adapter_->leave(*this, room);
}

bool Socket::in(std::string_view room) const {
  if (state_ == State::connecting) return std::ranges::find(early_rooms_, room) != early_rooms_.end();
  return nsp_->adapter_->contains(*this, room);
}

std::vector<std::string> Socket::rooms() const {
  return state_ == State::connecting ? early_rooms_ : nsp_->adapter_->rooms_of(*this);
}

void Socket::emit(std::string_view event, const Arguments& arguments, engine::Delivery delivery) {
  require_unreserved(event);
  if (connected()) nsp_->adapter_->emit(*this, event, arguments, delivery);
}

void Socket::emit_with_ack(std::string_view event, const Arguments& arguments, std::chrono::milliseconds timeout,
                           AckHandler handler) {
  require_unreserved(event);
  if (!connected()) return handler(ended_error());
  if (!acks_) acks_ = std::make_unique<PendingAcks>();
  if (acks_->by_id.size() >= nsp_->context_->options.max_pending_acks) {
    return handler(base::Error{base::Errc::rate_limited, "Too many acknowledgements are pending"});
  }
  const auto id = acks_->next_id++;
  boost::asio::steady_timer timer(executor(), timeout);
  timer.async_wait([weak = weak_from_this(), id](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (!cancelled && self) self->on_ack(id, base::Error{base::Errc::timed_out, "The client did not answer in time"});
  });
  acks_->by_id.emplace(id, PendingAcks::Pending{std::move(handler), std::move(timer)});
  const auto text = encode_event(nsp_->name(), event, arguments, id);
  nsp_->adapter_->send(*this, std::make_shared<engine::EncodedMessages>(text, arguments.attachments()));
}

net::Task<base::Result<Arguments>> Socket::emit_with_ack(std::string event, Arguments arguments,
                                                         std::chrono::milliseconds timeout) {
  struct Pending {
    base::Result<Arguments> answer = ended_error();
    net::Event answered;
  };
  const auto self = shared_from_this();
  const auto pending = std::make_shared<Pending>();
  emit_with_ack(event, arguments, timeout, [pending](base::Result<Arguments> answer) {
    pending->answer = std::move(answer);
    pending->answered.set();
  });
  co_await pending->answered.wait();
  co_return std::move(pending->answer);
}

BroadcastOperator Socket::broadcast() const { return nsp_->broadcast().except(id_); }

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
    client_->disconnect(*this);
  }
}

template <class Handler>
void Socket::run_handler(std::string_view what, Handler&& handler) const {
  nsp_->context_->run_handler(what, nsp_->name(), std::forward<Handler>(handler));
}

void Socket::on_event(Event event) {
  // Handlers that are added meanwhile are not for this event. A handler may end the socket, which empties the lists.
  const auto any_count = any_handlers_.size();
  const auto count = handlers_.size();
  for (std::size_t i = 0; i < any_count && connected(); ++i) {
    run_handler(event.name, [&] { (*any_handlers_[i])(event); });
  }
  for (std::size_t i = 0; i < count && connected(); ++i) {
    if (handlers_[i].event == event.name) run_handler(event.name, [&] { (*handlers_[i].handler)(event); });
  }
}

void Socket::acknowledge(std::uint64_t id, const Arguments& arguments) {
  if (!connected()) return;
  const auto text = encode_ack(nsp_->name(), id, arguments);
  nsp_->adapter_->send(*this, std::make_shared<engine::EncodedMessages>(text, arguments.attachments()));
}

/// Acknowledgements that nobody waits for are ignored.
void Socket::on_ack(std::uint64_t id, base::Result<Arguments> answer) {
  if (!acks_) return;
  const auto pending = acks_->by_id.extract(id);
  if (pending) run_handler("ack", [&] { pending.mapped().handler(std::move(answer)); });
}

void Socket::end(DisconnectReason reason) {
  const auto keep = shared_from_this();
  const bool was_connected = connected();
  state_ = State::ended;
  client_ = nullptr;
  early_rooms_.clear();
  if (!was_connected) return;
  if (const auto acks = std::move(acks_)) {
    for (const auto& [id, pending] : acks->by_id) run_handler("ack", [&] { pending.handler(ended_error()); });
  }
  for (std::size_t i = 0; i < disconnect_handlers_.size(); ++i) {
    run_handler("on_disconnect", [&] { (*disconnect_handlers_[i])(reason); });
  }
  nsp_->adapter_->remove(*this, is_recoverable(reason));
  // One of the handlers may be running now, so they are destroyed after it has returned.
  boost::asio::post(executor(), [events = std::move(handlers_), any = std::move(any_handlers_),
                                 ends = std::move(disconnect_handlers_)] {});
}

}  // namespace guildhall::socketio
