#include "server/socket/dashboard_namespace.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "api/errors.hpp"
#include "base/stacktrace/stack_trace.hpp"
#include "database/change_feed.hpp"
#include "database/errors.hpp"
#include "server/socket/check_schedule.hpp"
#include "server/socket/dashboard_client.hpp"
#include "server/socket/event_stream.hpp"
#include "server/socket/log_stream.hpp"
#include "socketio/server.hpp"

namespace guildhall::server {
namespace {

namespace asio = boost::asio;

/// How soon the end of a session or a change of rights takes effect.
constexpr std::chrono::milliseconds tick{250};

/// Whether the client's cookie counts. Any page may connect, and the browser sends the cookie along, but never a false
/// Origin: with each POST and WebSocket, though not with a GET of the page's own origin.
bool comes_from_us(const socketio::Socket& socket, const Origins& origins) {
  const auto& carrier = socket.origin();
  const auto& handshake = socket.handshake().headers;
  const auto host = handshake.find("Host").value_or("");
  if (carrier.origin) return origins.is_ours(*carrier.origin, host);
  if (const auto origin = handshake.find("Origin")) return origins.is_ours(*origin, host);
  return carrier.same_origin || handshake.find("Sec-Fetch-Site") == "same-origin";
}

/// The token of a handshake: `auth.token`, else `Authorization: Bearer`, else the cookie.
base::Result<std::string> take_token(socketio::Socket& socket, const Origins& origins) {
  const base::Error none = api::errors::unauthenticated;
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
  const auto cookie = cookie_token(headers, origins);
  if (!cookie || !comes_from_us(socket, origins)) return none;
  return std::string(*cookie);
}

net::Task<> check(std::shared_ptr<DashboardClient> client, base::Log log) {
  try {
    co_await client->check();
  } catch (const std::exception& exception) {
    log.error("Could not check the rights of a dashboard client", {{"reason", exception.what()}},
              base::StackTrace::of(std::current_exception()));
  }
}

}  // namespace

class DashboardNamespace::Impl {
 public:
  explicit Impl(Parts parts)
      : parts_(std::move(parts)),
        nsp_(parts_.sockets.of("/")),
        events_(nsp_, parts_.events, parts_.channel_view),
        logs_(parts_.loops.home(), nsp_, parts_.logs) {
    nsp_.use([this](socketio::Socket& socket) { return admit(socket); });
    nsp_.on_connection([this](socketio::Socket& socket) { welcome(socket); });
    const std::function<void()> missed = [this] { schedule_.recheck_all(); };
    sessions_ = parts_.changes.subscribe(
        database::Entity::spent_token, {[this](const auto& change) { schedule_.recheck_session(change.id); }, missed});
    users_ = parts_.changes.subscribe(database::Entity::user,
                                      {[this](const auto& change) { recheck_user(change.id); }, missed});
    rights_ = parts_.events.rights.subscribe([this](const auto& change) { rights_changed(*change); });
  }

  net::Task<> watch() {
    asio::steady_timer timer(parts_.loops.home());
    for (;;) {
      timer.expires_after(tick);
      co_await timer.async_wait(asio::use_awaitable);
      for (auto& client : schedule_.take_due(parts_.clock.steady())) {
        const auto executor = client->socket().executor();
        asio::co_spawn(executor, check(std::move(client), parts_.log), asio::detached);
      }
    }
  }

 private:
  net::Task<socketio::Admission> admit(socketio::Socket& socket) {
    auto token = take_token(socket, parts_.origins);
    if (!token) co_return socketio::ConnectError{"unauthorized"};
    try {
      auto opening = parts_.authentication.open(std::move(*token));
      auto session = co_await std::move(opening);
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
    const auto now = parts_.clock.steady();
    const auto expires = now + (session.claims->expires_at - parts_.clock.now());
    const DashboardClient::Parts needed{parts_.clock, parts_.authentication, parts_.user_guilds, parts_.guilds, events_,
                                        logs_};
    const auto client = std::make_shared<DashboardClient>(needed, socket.shared_from_this(), std::move(session));
    schedule_.add(client, user, std::move(session_id), now, expires);
    parts_.log.http("Connected", {{"user", user}, {"client", socket.handshake().client.to_string()}});
    socket.on_disconnect([this, user, client](socketio::DisconnectReason reason) {
      schedule_.remove(*client);
      client->leave();
      parts_.log.http("Disconnected", {{"user", user}, {"reason", to_string(reason)}});
    });
    asio::co_spawn(socket.executor(), check(client, parts_.log), asio::detached);
  }

  void recheck_user(const std::string& id) {
    if (const auto user = base::UserId::parse(id)) schedule_.recheck_user(*user);
  }

  void rights_changed(const base::RightsChanged& change) {
    change.user ? schedule_.recheck_user(*change.user) : schedule_.recheck_all();
  }

  const Parts parts_;
  socketio::Namespace& nsp_;
  EventStream events_;
  LogStream logs_;
  CheckSchedule<DashboardClient> schedule_;

  // Last, so that they end first.
  database::ChangeFeed::Subscription sessions_;
  database::ChangeFeed::Subscription users_;
  base::Topic<base::RightsChanged>::Subscription rights_;
};

DashboardNamespace::DashboardNamespace(Parts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {}

DashboardNamespace::~DashboardNamespace() = default;

net::Task<> DashboardNamespace::watch() { return impl_->watch(); }

}  // namespace guildhall::server
