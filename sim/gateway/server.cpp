#include "sim/gateway/server.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "net/form.hpp"
#include "net/websocket.hpp"
#include "net/websocket_handshake.hpp"
#include "sim/gateway/address.hpp"
#include "sim/gateway/socket.hpp"
#include "sim/rest/discord_error.hpp"

namespace guildhall::sim {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto idle_interval = 50ms;
constexpr auto busy_interval = 2ms;
constexpr auto close_timeout = 1s;
constexpr std::size_t max_connections = 1000;
/// Larger than the gateway accepts, so that a too large payload gets Discord's close code.
constexpr std::size_t max_message = 1024 * 1024;

/// Takes over a connection after the upgrade.
class GatewayUpgrade final : public net::Upgrade {
 public:
  using Take = std::function<void(net::UpgradedConnection connection)>;
  explicit GatewayUpgrade(Take take) : take_(std::move(take)) {}
  void take(net::UpgradedConnection connection) override { take_(std::move(connection)); }

 private:
  Take take_;
};

net::Response refuse_upgrade(unsigned status, std::string_view reason = {}) {
  auto error = general_error(status);
  if (!reason.empty()) error.message += ". " + std::string(reason);
  return answer(error);
}

/// The parameters of the query. Throws DiscordError if one is not supported.
GatewayAddress parse_address(std::string_view query) {
  const auto fields = net::parse_form(query);
  if (!fields) throw general_error(400);
  GatewayAddress address;
  if (const auto version = net::find_field(*fields, "v")) {
    const auto* end = version->data() + version->size();
    if (std::from_chars(version->data(), end, address.version).ptr != end) throw general_error(400);
  }
  const auto encoding = net::find_field(*fields, "encoding").value_or("json");
  if (encoding != "json") {
    throw DiscordError{
        400, 0, "400: Bad Request. discord-sim does not have the encoding " + std::string(encoding) + ", only json."};
  }
  address.compression = std::string(net::find_field(*fields, "compress").value_or("none"));
  return address;
}

}  // namespace

class GatewayServer::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(Simulation& sim, net::EventLoops& loops)
      : sim_(sim), loop_(std::make_shared<net::WebSocketLoop>(loops.home())), timer_(loops.home()) {}

  void start() { asio::co_spawn(loop_->executor(), run(shared_from_this()), asio::detached); }

  net::Response answer(const net::Request& request) {
    if (const auto fault = sim_.gateway.faults.take(GatewayFault::Kind::refuse_connections, {})) {
      ++sim_.gateway.counts.refused;
      return refuse_upgrade(fault->status);
    }
    GatewayAddress address;
    try {
      address = parse_address(request.query());
    } catch (const DiscordError& error) {
      return sim::answer(error);
    }
    auto compressor = make_compressor(address.compression);
    if (!compressor) {
      return refuse_upgrade(400, "discord-sim does not have the compression " + address.compression +
                                     ", only none, zlib-stream and zstd-stream.");
    }
    if (stopping_ || sockets_.size() >= max_connections) return refuse_upgrade(503);
    address.resume_url = gateway_url(request);
    auto answer = net::answer_websocket(request, net::DeflateOffer::no);
    if (answer.response.status != 101) return std::move(answer.response);
    // std::function must be copyable.
    const auto owned = std::make_shared<std::unique_ptr<PayloadCompressor>>(std::move(*compressor));
    answer.response.upgrade = std::make_shared<GatewayUpgrade>(
        [self = shared_from_this(), owned, address = std::move(address)](net::UpgradedConnection connection) {
          self->take(std::move(connection), address, std::move(*owned));
        });
    return std::move(answer.response);
  }

  net::Task<> close() {
    stopping_ = true;
    timer_.cancel();
    for (const auto& socket : sockets_) socket->close_going_away();
    co_await loop_->drained(close_timeout);
    sockets_.clear();
  }

 private:
  void take(net::UpgradedConnection connection, GatewayAddress address, std::unique_ptr<PayloadCompressor> compressor) {
    if (stopping_) return;
    const net::WebSocketRules rules{.max_message = max_message};
    auto websocket = std::make_shared<net::WebSocket>(loop_, std::move(connection), rules);
    auto& socket = *sockets_.emplace_back(
        std::make_unique<GatewaySocket>(sim_.gateway, std::move(websocket), std::move(address), std::move(compressor)));
    socket.open();
  }

  static net::Task<> run(std::shared_ptr<Impl> impl) {
    while (!impl->stopping_) {
      impl->timer_.expires_after(impl->busy() ? busy_interval : idle_interval);
      boost::system::error_code ignored;
      co_await impl->timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      if (!impl->stopping_) impl->tick();
    }
  }

  void tick() {
    std::erase_if(sockets_, [](const auto& socket) { return socket->finished(); });
    sim_.gateway.tick();
    for (const auto& socket : sockets_) socket->tick();
  }

  [[nodiscard]] bool busy() const {
    return sim_.gateway.busy() ||
           std::any_of(sockets_.begin(), sockets_.end(), [](const auto& socket) { return socket->waits(); });
  }

  Simulation& sim_;
  std::shared_ptr<net::WebSocketLoop> loop_;
  asio::steady_timer timer_;
  std::vector<std::unique_ptr<GatewaySocket>> sockets_;
  bool stopping_ = false;
};

GatewayServer::GatewayServer(Simulation& sim, net::EventLoops& loops) : impl_(std::make_shared<Impl>(sim, loops)) {
  impl_->start();
}

GatewayServer::~GatewayServer() = default;

bool GatewayServer::owns(std::string_view path) { return path == gateway_path || path == "/gateway/"; }

net::Response GatewayServer::answer(const net::Request& request) { return impl_->answer(request); }

net::Task<> GatewayServer::close() { return impl_->close(); }

}  // namespace guildhall::sim
