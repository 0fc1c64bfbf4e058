#include "net/http_client.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <list>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "net/client_connection.hpp"

namespace guildhall::net {
namespace {

namespace asio = boost::asio;
using base::Errc;
using Clock = std::chrono::steady_clock;

bool is_idempotent(Method method) {
  return method != Method::post && method != Method::patch && method != Method::other;
}

}  // namespace

class HttpClient::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(Executor home, HttpClientOptions options)
      : home_(std::move(home)),
        options_(std::move(options)),
        tls_(std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client)) {
    tls_->set_default_verify_paths();
    tls_->set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  }

  [[nodiscard]] const Executor& home() const { return home_; }

  static Task<base::Result<ClientResponse>> send(std::shared_ptr<Impl> self, ClientRequest request) {
    const auto url = Url::parse(request.url);
    if (!url) co_return base::Error{Errc::invalid, "The URL of a request is malformed."};
    const auto deadline = Clock::now() + self->options_.total_timeout;
    for (;;) {
      auto lease = co_await self->borrow(*url, deadline);
      if (!lease) co_return lease.error();
      const bool kept = lease->kept;
      auto outcome = co_await lease->connection->exchange(request, url->target, self->options_, deadline);
      self->give_back(std::move(*lease), outcome.has_value());
      if (outcome) co_return std::move(*outcome);
      const auto& [error, progress] = outcome.error();
      const bool safe = progress == Progress::nothing_written || is_idempotent(request.method);
      if (!kept || !safe || error.code != Errc::unavailable) co_return error;
    }
  }

  static Task<> close(std::shared_ptr<Impl> self) {
    self->closed_ = true;
    for (auto& [key, origin] : self->origins_) {
      origin.idle.clear();
      for (asio::steady_timer* turn : origin.waiting) turn->cancel();
    }
    for (ClientConnection* connection : self->running_) connection->cancel();
    co_return;
  }

 private:
  struct Idle {
    std::unique_ptr<ClientConnection> connection;
    Clock::time_point since;
  };
  struct Origin {
    std::vector<Idle> idle;
    std::size_t open = 0;                    ///< Connections in use.
    std::list<asio::steady_timer*> waiting;  ///< Cancelled, first come first served, when a place has become free.
  };
  /// The right to use a connection; counted in its origin until given back.
  struct Lease {
    std::string origin;
    std::unique_ptr<ClientConnection> connection;
    bool kept = false;  ///< It has served before, so the peer may have closed it.
  };

  Task<base::Result<Lease>> borrow(const Url& url, Clock::time_point deadline) {
    const std::string key = url.origin();
    Origin& origin = origins_[key];
    while (origin.open >= options_.connections_per_origin && !closed_) {
      if (Clock::now() >= deadline) {
        co_return base::Error{Errc::timed_out, "Too many requests to " + url.host + " at once."};
      }
      asio::steady_timer turn(home_, deadline);
      boost::system::error_code ignored;
      const auto place = origin.waiting.insert(origin.waiting.end(), &turn);
      co_await turn.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      origin.waiting.erase(place);
    }
    if (closed_) co_return base::Error{Errc::unavailable, "The program is stopping."};

    ++origin.open;
    Lease lease{key, take_idle(origin), true};
    if (!lease.connection) {
      lease.kept = false;
      lease.connection = std::make_unique<ClientConnection>(home_, url, tls_);
    }
    running_.insert(lease.connection.get());
    if (!lease.kept) {
      const auto connect_deadline = std::min(deadline, Clock::now() + options_.connect_timeout);
      const base::Result<void> connected = co_await lease.connection->connect(connect_deadline);
      if (!connected) {
        give_back(std::move(lease), false);
        co_return connected.error();
      }
    }
    co_return base::Result<Lease>(std::move(lease));
  }

  std::unique_ptr<ClientConnection> take_idle(Origin& origin) {
    while (!origin.idle.empty()) {
      Idle newest = std::move(origin.idle.back());
      origin.idle.pop_back();
      if (Clock::now() - newest.since > options_.idle_timeout) {
        origin.idle.clear();  // The others are older still.
        break;
      }
      if (newest.connection->reusable()) return std::move(newest.connection);
    }
    return nullptr;
  }

  void give_back(Lease lease, bool healthy) {
    Origin& origin = origins_.at(lease.origin);
    --origin.open;
    if (!origin.waiting.empty()) origin.waiting.front()->cancel();
    running_.erase(lease.connection.get());
    if (healthy && !closed_ && lease.connection->reusable()) {
      origin.idle.push_back({std::move(lease.connection), Clock::now()});
    }
  }

  Executor home_;
  HttpClientOptions options_;
  std::shared_ptr<asio::ssl::context> tls_;
  std::unordered_map<std::string, Origin> origins_;
  std::unordered_set<ClientConnection*> running_;
  bool closed_ = false;
};

HttpClient::HttpClient(Executor home, HttpClientOptions options)
    : impl_(std::make_shared<Impl>(std::move(home), std::move(options))) {}

HttpClient::~HttpClient() = default;

Task<base::Result<ClientResponse>> HttpClient::send(ClientRequest request) {
  const auto home = impl_->home();
  return boost::asio::co_spawn(home, Impl::send(impl_, std::move(request)), boost::asio::use_awaitable);
}

Task<> HttpClient::close() {
  const auto home = impl_->home();
  return boost::asio::co_spawn(home, Impl::close(impl_), boost::asio::use_awaitable);
}

}  // namespace guildhall::net
