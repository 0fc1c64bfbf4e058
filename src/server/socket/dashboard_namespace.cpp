#include "server/socket/dashboard_namespace.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/stack_trace.hpp"
#include "database/change_feed.hpp"
#include "database/database.hpp"
#include "database/errors.hpp"
#include "server/middleware/authentication.hpp"
#include "server/socket/event_stream.hpp"
#include "server/socket/log_stream.hpp"
#include "server/socket/dashboard_client.hpp"
#include "server/socket/dashboard_clients.hpp"
#include "socketio/server.hpp"

namespace guildhall::server {
namespace {

namespace asio = boost::asio;

/// How soon a session that has ended, or rights that have changed, are acted on.
constexpr std::chrono::milliseconds tick{250};

/// The token of a handshake: `auth.token`, else `Authorization: Bearer`, else the cookie of a page of ours.
base::Result<std::string> take_token(socketio::Socket& socket, const Origins& origins) {
  const base::Error none{base::Errc::unauthenticated, "A valid session token is needed."};
  if (auto* given = socket.auth().if_contains("token")) {
    const auto* text = given->if_string();
    const auto token = text != nullptr ? base::Result<std::string>(std::string(*text)) : none;
    socket.auth().erase("token");
    return token;
  }
  const auto& headers = socket.handshake().headers;
  const auto bearing = bearer_token(headers);
  if (!bearing) return bearing.error();
  if (*bearing) return std::string(**bearing);
  const auto cookie = cookie_token(headers);
  const auto origin = headers.find("Origin");
  // A page from anywhere may open a WebSocket, and the browser sends the cookie along, but never a false Origin.
  if (!cookie || !origin || !origins.is_ours(*origin)) return none;
  return std::string(*cookie);
}

net::Task<> check(std::shared_ptr<DashboardClient> viewer, base::Log log) {
  try {
    co_await viewer->check();
  } catch (const std::exception& exception) {
    log.error("A viewer's rights could not be found out", {{"reason", exception.what()}},
              base::StackTrace::of(std::current_exception()));
  }
}

}  // namespace

class DashboardNamespace::Impl {
 public:
  explicit Impl(Parts parts)
      : services_(parts.services),
        log_(std::move(parts.log)),
        home_(parts.loops.home()),
        nsp_(parts.sockets.of("/")),
        events_(nsp_, parts.events),
        logs_(parts.loops.home(), nsp_, parts.logs) {
    nsp_.use([this](socketio::Socket& socket) { return admit(socket); });
    nsp_.on_connection([this](socketio::Socket& socket) { welcome(socket); });
    auto& feed = services_.database.feed();
    const std::function<void()> missed = [this] { viewers_.recheck_all(); };
    sessions_ = feed.subscribe(database::Entity::spent_token,
                               {[this](const auto& change) { viewers_.recheck_session(change.id); }, missed});
    rights_ = parts.events.rights.subscribe([this](const auto& change) { rights_changed(*change); });
    users_ = feed.subscribe(database::Entity::user, {[this](const auto& change) { recheck_user(change.id); }, missed});
  }

  net::Task<> watch() {
    asio::steady_timer timer(home_);
    for (;;) {
      timer.expires_after(tick);
      co_await timer.async_wait(asio::use_awaitable);
      for (auto& viewer : viewers_.take_due(std::chrono::steady_clock::now())) {
        const auto executor = viewer->socket().executor();
        asio::co_spawn(executor, check(std::move(viewer), log_), asio::detached);
      }
    }
  }

 private:
  net::Task<socketio::Admission> admit(socketio::Socket& socket) {
    auto token = take_token(socket, services_.origins);
    if (!token) co_return socketio::ConnectError{"unauthorized"};
    try {
      auto session = co_await open_session(std::move(*token), services_);
      if (!session) co_return socketio::ConnectError{"unauthorized"};
      socket.data() = std::move(*session);
    } catch (const database::Unavailable&) {
      co_return socketio::ConnectError{"unavailable"};
    }
    co_return socketio::Admission{};
  }

  void welcome(socketio::Socket& socket) {
    auto session = std::any_cast<Session>(std::move(socket.data()));
    socket.data().reset();
    const auto user = session.claims->id;
    auto session_id = session.claims->session_id;
    const auto now = std::chrono::steady_clock::now();
    const auto expires = now + (session.claims->expires_at - services_.clock.now());
    const auto viewer = std::make_shared<DashboardClient>(services_, logs_, socket.shared_from_this(), std::move(session));
    viewers_.add(viewer, user, std::move(session_id), now, expires);
    log_.http("Connected", {{"user", user}, {"client", socket.handshake().client.to_string()}});
    socket.on_disconnect([this, user, key = viewer.get()](socketio::DisconnectReason reason) {
      viewers_.remove(*key);
      log_.http("Disconnected", {{"user", user}, {"reason", to_string(reason)}});
    });
    events_.greet(socket);
    asio::co_spawn(socket.executor(), check(viewer, log_), asio::detached);
  }

  void recheck_user(const std::string& id) {
    if (const auto user = base::UserId::parse(id)) viewers_.recheck_user(*user);
  }

  void rights_changed(const base::RightsChanged& change) {
    change.user ? viewers_.recheck_user(*change.user) : viewers_.recheck_all();
  }

  Services& services_;
  base::Log log_;
  net::Executor home_;
  socketio::Namespace& nsp_;
  EventStream events_;
  LogStream logs_;
  DashboardClients viewers_;

  // Last, so that they end first.
  database::ChangeFeed::Subscription sessions_;
  database::ChangeFeed::Subscription users_;
  base::Topic<base::RightsChanged>::Subscription rights_;
};

DashboardNamespace::DashboardNamespace(Parts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {}

DashboardNamespace::~DashboardNamespace() = default;

net::Task<> DashboardNamespace::watch() { return impl_->watch(); }

}  // namespace guildhall::server
