#pragma once

// For tests: a small HTTP server that answers as Discord does.

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
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
#include "net/event_loops.hpp"
#include "net/http_server.hpp"

namespace guildhall::discord {

/// Answers with what was planned, else from a bucket for each path, else with 200 and an empty object. Records what it
/// was asked.
class FakeDiscord {
 public:
  struct Asked {
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
      : server_(
            loops, net::HttpServerOptions{}, [this](net::Request& request) { return answer(request); },
            base::Log(logger, "test")) {
    server_.start();
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/api/v10"; }

  /// The next request is answered with this.
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

  /// Each path is a bucket of its own from now on, as those of channels are; what goes beyond it is 429.
  void limit(Limit limit) {
    const std::lock_guard lock(mutex_);
    limit_ = limit;
  }

  [[nodiscard]] std::vector<Asked> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  [[nodiscard]] std::size_t refused() const {
    const std::lock_guard lock(mutex_);
    return refused_;
  }

 private:
  using Clock = std::chrono::steady_clock;
  struct Window {
    Clock::time_point ends;
    unsigned used = 0;
  };

  net::Task<net::Response> answer(net::Request& request) {
    co_return next_answer({request.method, request.target, request.headers, request.body});
  }

  net::Response next_answer(Asked asked) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(asked);
    if (!planned_.empty()) {
      net::Response response = std::move(planned_.front());
      planned_.pop_front();
      return response;
    }
    net::Response response{200, {}, "{}"};
    if (limit_) take(windows_[asked.target], response);
    return response;
  }

  void take(Window& window, net::Response& response) {
    const auto now = Clock::now();
    if (window.ends <= now) window = {now + limit_->period, 0};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(window.ends - now).count();
    const auto seconds = std::to_string(static_cast<double>(left) / 1000);
    if (window.used >= limit_->requests) {
      ++refused_;
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

  mutable std::mutex mutex_;
  std::deque<net::Response> planned_;
  std::vector<Asked> asked_;
  std::optional<Limit> limit_;
  std::map<std::string, Window> windows_;
  std::size_t refused_ = 0;
  net::HttpServer server_;
};

}  // namespace guildhall::discord
