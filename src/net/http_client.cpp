#include "net/http_client.hpp"

#include <algorithm>
#include <list>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "net/async/event.hpp"
#include "net/async/spawn.hpp"
#include "net/client_connection.hpp"

namespace guildhall::net {
namespace {

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
    if (!url) co_return base::Error{Errc::invalid, "The request URL is malformed."};
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
      while (!origin.queue.empty()) call_next(origin);
    }
    for (ClientConnection* connection : self->running_) connection->cancel();
    co_return;
  }

 private:
  struct Idle {
    std::unique_ptr<ClientConnection> connection;
    Clock::time_point since;
  };
  class QueuePlace;
  struct Origin {
    std::vector<Idle> idle;
    std::size_t open = 0;          ///< Connections in use.
    std::list<QueuePlace*> queue;  ///< Requests that wait until fewer are in use; first come, first served.
  };
  /// The right to use a connection, counted in its origin. Its destructor gives the connection back, also when the
  /// request is cancelled.
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
    bool kept = false;     ///< It was used before, so the peer may have closed it.
    bool healthy = false;  ///< It may be used again.
  };
  /// A place in an origin's queue, for as long as it lives. If a request is cancelled after it was called, the next one
  /// is called.
  class QueuePlace {
   public:
    explicit QueuePlace(Origin& origin) : origin_(origin), place_(origin.queue.insert(origin.queue.end(), this)) {}
    QueuePlace(const QueuePlace&) = delete;
    QueuePlace& operator=(const QueuePlace&) = delete;
    ~QueuePlace() {
      if (!called_.is_set()) origin_.queue.erase(place_);
      if (called_.is_set() && !resumed_) call_next(origin_);
    }

    Task<> wait_until(Clock::time_point deadline) {
      co_await called_.wait_until(deadline);
      resumed_ = true;
    }

    void call() { called_.set(); }

   private:
    Origin& origin_;
    std::list<QueuePlace*>::iterator place_;
    Event called_;
    bool resumed_ = false;
  };

  static void call_next(Origin& origin) {
    if (origin.queue.empty()) return;
    QueuePlace* next = origin.queue.front();
    origin.queue.pop_front();
    next->call();
  }

  Task<base::Result<Lease>> borrow(const Url& url, Clock::time_point deadline) {
    Origin& origin = origins_[url.origin()];
    while (origin.open >= options_.connections_per_origin && !closed_) {
      if (Clock::now() >= deadline) {
        co_return base::Error{Errc::timed_out, "Too many simultaneous requests to " + url.host + "."};
      }
      QueuePlace place(origin);
      co_await place.wait_until(deadline);
    }
    if (closed_) co_return base::Error{Errc::unavailable, "The program is stopping."};

    Lease lease(*this, origin);
    lease.connection = take_idle(origin);
    lease.kept = lease.connection != nullptr;
    if (!lease.kept) lease.connection = std::make_unique<ClientConnection>(home_, url, options_.proxy);
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
        origin.idle.clear();  // The others are older.
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
  return run_on(impl_->home(), Impl::send(impl_, std::move(request)));
}

Task<> HttpClient::close() { return run_on(impl_->home(), Impl::close(impl_)); }

}  // namespace guildhall::net
