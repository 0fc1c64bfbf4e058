#pragma once

// For tests.

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "net/async/event.hpp"
#include "net/event_loops.hpp"
#include "net/http_server.hpp"

namespace guildhall::discord {

/// An HTTP server in Discord's place. Its answers are the planned ones, then rate limits by path if there are any, then
/// 200 with an empty object. Records the requests.
class FakeDiscord {
 public:
  struct Received {
    net::Method method = net::Method::get;
    std::string target;
    net::Headers headers;
    std::string body;
  };
  struct Limit {
    unsigned requests = 1;
    std::chrono::milliseconds period{1000};
  };

  explicit FakeDiscord(net::EventLoops& loops, base::Logger& logger)
      : home_(loops.home()),
        server_(
            loops, net::HttpServerOptions{}, [this](net::Request& request) { return answer(request); },
            base::Log(logger, "test")) {
    server_.start();
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/api/v10"; }

  /// The answer to the next request.
  void plan(net::Response response) {
    const std::lock_guard lock(mutex_);
    planned_.push_back(std::move(response));
  }
  void plan(unsigned status, std::string body) { plan({status, {}, std::move(body)}); }
  void plan_drop() {
    net::Response response;
    response.abort = true;
    plan(std::move(response));
  }
  void plan_429(std::string_view scope, std::string_view retry_after) {
    plan({429,
          {{"X-RateLimit-Scope", std::string(scope)}, {"Retry-After", "1"}},
          R"({"message":"You are being rate limited.","retry_after":)" + std::string(retry_after) + "}"});
  }

  /// Requests wait for their response until `release`. Only where the loops are one loop.
  void hold() { held_ = std::make_shared<net::Event>(); }
  void release() {
    boost::asio::post(home_, [held = std::exchange(held_, nullptr)] { held->set(); });
  }

  /// Makes each path a bucket of its own, as channels are; requests beyond the limit get a 429.
  void limit(Limit limit) {
    const std::lock_guard lock(mutex_);
    limit_ = limit;
  }

  [[nodiscard]] std::vector<Received> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  [[nodiscard]] std::size_t limited() const {
    const std::lock_guard lock(mutex_);
    return limited_;
  }

 private:
  using Clock = std::chrono::steady_clock;
  struct Window {
    Clock::time_point ends;
    unsigned used = 0;
  };

  net::Task<net::Response> answer(net::Request& request) {
    Received received{request.method, request.target, request.headers, request.body};
    auto response = next_answer(std::move(received));
    // A copy, since `release` lets go of it.
    if (const auto held = held_) co_await held->wait();
    co_return response;
  }

  net::Response next_answer(Received request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    if (!planned_.empty()) {
      net::Response response = std::move(planned_.front());
      planned_.pop_front();
      return response;
    }
    net::Response response{200, {}, "{}"};
    if (limit_) take(windows_[request.target], response);
    return response;
  }

  void take(Window& window, net::Response& response) {
    const auto now = Clock::now();
    if (window.ends <= now) window = {now + limit_->period, 0};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(window.ends - now).count();
    const auto seconds = std::to_string(static_cast<double>(left) / 1000);
    if (window.used >= limit_->requests) {
      ++limited_;
      response = {429, {{"X-RateLimit-Scope", "user"}}, R"({"retry_after":)" + seconds + "}"};
    } else {
      ++window.used;
    }
    const auto reset = std::chrono::duration<double>(window.ends.time_since_epoch()).count();
    response.headers.set("X-RateLimit-Bucket", "abcd1234");
    response.headers.set("X-RateLimit-Limit", std::to_string(limit_->requests));
    response.headers.set("X-RateLimit-Remaining", std::to_string(limit_->requests - window.used));
    response.headers.set("X-RateLimit-Reset", std::to_string(reset));
    response.headers.set("X-RateLimit-Reset-After", seconds);
  }

  net::Executor home_;
  std::shared_ptr<net::Event> held_;
  mutable std::mutex mutex_;
  std::deque<net::Response> planned_;
  std::vector<Received> requests_;
  std::optional<Limit> limit_;
  std::map<std::string, Window> windows_;
  std::size_t limited_ = 0;
  net::HttpServer server_;
};

}  // namespace guildhall::discord
