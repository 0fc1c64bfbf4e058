#include "net/http_client.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
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
  Impl(Executor home, HttpClientOptions options) : home_(std::move(home)), options_(std::move(options)) {}

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
      lease->healthy = outcome.has_value();
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
      while (!origin.waiting.empty()) call_next(origin);
    }
    for (ClientConnection* connection : self->running_) connection->cancel();
    co_return;
  }

 private:
  struct Idle {
    std::unique_ptr<ClientConnection> connection;
    Clock::time_point since;
  };
  class Turn;
  struct Origin {
    std::vector<Idle> idle;
    std::size_t open = 0;      ///< Connections in use.
    std::list<Turn*> waiting;  ///< For a place among those; first come, first served.
  };
  /// The right to use a connection, counted in its origin. It is given back when the lease ends, which is also how a
  /// request that is cancelled ends.
  struct Lease {
    Lease(Impl& of, Origin& at) : pool(&of), origin(&at) { ++at.open; }
    Lease(Lease&& other) noexcept
        : pool(other.pool),
          origin(std::exchange(other.origin, nullptr)),
          connection(std::move(other.connection)),
          kept(other.kept),
          healthy(other.healthy) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (origin != nullptr) pool->take_back(*this);
    }

    Impl* pool;
    Origin* origin;
    std::unique_ptr<ClientConnection> connection;
    bool kept = false;     ///< It has served before, so the peer may have closed it.
    bool healthy = false;  ///< It may serve again.
  };
  /// Waits in line for as long as it lives. Who was called and then cancelled calls the next one.
  class Turn {
   public:
    Turn(const Executor& home, Origin& origin, Clock::time_point deadline)
        : timer_(home, deadline), origin_(origin), place_(origin.waiting.insert(origin.waiting.end(), this)) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
      if (!called_) origin_.waiting.erase(place_);
      if (called_ && !came_) call_next(origin_);
    }

    Task<> wait() {
      boost::system::error_code ignored;
      co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      came_ = true;
    }

    void call() {
      called_ = true;
      timer_.cancel();
    }

   private:
    asio::steady_timer timer_;
    Origin& origin_;
    std::list<Turn*>::iterator place_;
    bool called_ = false;
    bool came_ = false;
  };

  static void call_next(Origin& origin) {
    if (origin.waiting.empty()) return;
    Turn* next = origin.waiting.front();
    origin.waiting.pop_front();
    next->call();
  }

  Task<base::Result<Lease>> borrow(const Url& url, Clock::time_point deadline) {
    Origin& origin = origins_[url.origin()];
    while (origin.open >= options_.connections_per_origin && !closed_) {
      if (Clock::now() >= deadline) {
        co_return base::Error{Errc::timed_out, "Too many requests to " + url.host + " at once."};
      }
      Turn turn(home_, origin, deadline);
      co_await turn.wait();
    }
    if (closed_) co_return base::Error{Errc::unavailable, "The program is stopping."};

    Lease lease(*this, origin);
    lease.connection = take_idle(origin);
    lease.kept = lease.connection != nullptr;
    if (!lease.kept) lease.connection = std::make_unique<ClientConnection>(home_, url);
    running_.insert(lease.connection.get());
    if (!lease.kept) {
      const auto connect_deadline = std::min(deadline, Clock::now() + options_.connect_timeout);
      const base::Result<void> connected = co_await lease.connection->connect(connect_deadline);
      if (!connected) co_return connected.error();
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

  void take_back(Lease& lease) {
    Origin& origin = *lease.origin;
    --origin.open;
    call_next(origin);
    running_.erase(lease.connection.get());
    if (lease.healthy && !closed_ && lease.connection->reusable()) {
      origin.idle.push_back({std::move(lease.connection), Clock::now()});
    }
  }

  Executor home_;
  HttpClientOptions options_;
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
