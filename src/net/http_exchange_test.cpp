// The HTTP client and server with each other, over real sockets.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <optional>
#include <thread>

#include "base/clock.hpp"
#include "net/async/future.hpp"
#include "net/http_client.hpp"
#include "net/http_server.hpp"

namespace guildhall::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using base::Errc;
using namespace std::chrono_literals;

class HttpExchange : public testing::Test {
 protected:
  HttpExchange() {
    HttpServerOptions options;
    options.head_limit = 4096;
    options.body_limit = 1000;
    options.reject = [](unsigned status, std::string_view) {
      Response response;
      response.status = status;
      return response;
    };
    server_.emplace(
        loops_, options, [this](Request& request) { return answer(request); }, base::Log(logger_, "test"));
    server_->start();
    HttpClientOptions client_options;
    client_options.user_agent = "DiscordBot (test, 1)";
    client_options.total_timeout = 2s;
    client_options.body_limit = 10'000;
    client_options.connections_per_origin = 2;
    client_.emplace(loops_.home(), client_options);
    thread_ = std::thread([this] { loops_.run(); });
  }
  ~HttpExchange() override {
    loops_.stop();
    thread_.join();
  }

  Task<Response> answer(Request& request) {
    ++served_;
    Response response;
    if (request.target == "/large") response.body = std::string(20'000, 'x');
    if (request.target == "/echo") response.body = std::string(to_string(request.method)) + " " + request.body;
    if (request.target == "/agent") response.body = std::string(request.headers.find("User-Agent").value_or("none"));
    if (request.target == "/drop") response.abort = true;
    if (request.target == "/drop-once" && !std::exchange(dropped_, true)) response.abort = true;
    if (request.target == "/wait") {
      waiting_ = true;
      asio::steady_timer timer(co_await asio::this_coro::executor);
      while (waiting_) {
        timer.expires_after(1ms);
        co_await timer.async_wait(asio::use_awaitable);
      }
      response.body = "waited";
    }
    if (request.target == "/throw") throw std::runtime_error("oops");
    co_return response;
  }

  template <class T>
  T run(Task<T> task) {
    return start(loops_.home(), std::move(task)).get();
  }

  base::Result<ClientResponse> send(Method method, const std::string& target, std::string body = "") {
    ClientRequest request;
    request.method = method;
    request.url = "http://127.0.0.1:" + std::to_string(server_->port()) + target;
    request.body = std::move(body);
    return run(client_->send(std::move(request)));
  }

  base::SystemClock clock_;
  base::Logger logger_{clock_, base::LogLevel::error};
  EventLoops loops_{2};
  std::optional<HttpServer> server_;
  std::optional<HttpClient> client_;
  std::thread thread_;
  std::atomic<int> served_{0};
  std::atomic<bool> waiting_{false};
  bool dropped_ = false;
};

TEST_F(HttpExchange, TransfersRequestsAndResponses) {
  const auto response = send(Method::post, "/echo", "hello");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200U);
  EXPECT_EQ(response->body, "POST hello");
  EXPECT_TRUE(response->headers.find("X-Request-Id"));
  EXPECT_EQ(send(Method::get, "/agent")->body, "DiscordBot (test, 1)");
}

TEST_F(HttpExchange, ReusesConnections) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(send(Method::get, "/echo"));
  EXPECT_EQ(server_->stats().accepted, 1U);
}

TEST_F(HttpExchange, SendsHeadWithoutWaitingForABody) {
  const auto response = send(Method::head, "/large");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->headers.find("Content-Length"), "20000");
  EXPECT_EQ(response->body, "");
}

TEST_F(HttpExchange, LimitsTheResponse) {
  const auto response = send(Method::get, "/large");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::bad_upstream);
}

TEST_F(HttpExchange, RetriesOnlyIfSafe) {
  ASSERT_TRUE(send(Method::get, "/echo"));  // leaves a kept connection
  served_ = 0;
  EXPECT_TRUE(send(Method::get, "/drop-once"));
  EXPECT_EQ(served_, 2);

  ASSERT_TRUE(send(Method::get, "/echo"));
  served_ = 0;
  const auto response = send(Method::post, "/drop", "once");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::unavailable);
  EXPECT_EQ(served_, 1);
}

TEST_F(HttpExchange, TimesOut) {
  const auto response = send(Method::get, "/wait");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::timed_out);
  waiting_ = false;
}

TEST_F(HttpExchange, ReleasesTheConnectionOfACancelledRequest) {
  using namespace asio::experimental::awaitable_operators;
  for (int i = 0; i < 5; ++i) {
    const auto given_up = [this]() -> Task<> {
      ClientRequest request;
      request.url = "http://127.0.0.1:" + std::to_string(server_->port()) + "/echo";
      asio::steady_timer limit(loops_.home(), 0s);
      co_await (client_->send(std::move(request)) || limit.async_wait(asio::use_awaitable));
    };
    run(given_up());
  }
  EXPECT_TRUE(send(Method::get, "/echo"));
  run(client_->close());
}

TEST_F(HttpExchange, NamesTheUnreachableHost) {
  ClientRequest request;
  request.url = "http://127.0.0.1:1/";
  const auto response = run(client_->send(std::move(request)));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::unavailable);
  EXPECT_NE(response.error().message.find("127.0.0.1:1"), std::string::npos);
}

TEST_F(HttpExchange, TurnsExceptionsIntoResponses) { EXPECT_EQ(send(Method::get, "/throw")->status, 500U); }

TEST_F(HttpExchange, LimitsHeadAndBody) {
  EXPECT_EQ(send(Method::post, "/echo", std::string(1001, 'x'))->status, 413U);
  EXPECT_EQ(send(Method::get, "/" + std::string(5000, 'x'))->status, 431U);
}

TEST_F(HttpExchange, FinishesRequestsInFlightWhenItStops) {
  ClientRequest request;
  request.url = "http://127.0.0.1:" + std::to_string(server_->port()) + "/wait";
  auto response = start(loops_.home(), client_->send(std::move(request)));
  while (!waiting_) std::this_thread::yield();
  auto stopped = start(loops_.home(), server_->stop(5s));
  waiting_ = false;
  EXPECT_EQ(response.get()->body, "waited");
  stopped.get();
  EXPECT_EQ(server_->stats().connections, 0U);
}

TEST_F(HttpExchange, AbortsRequestsAfterTheGracePeriod) {
  ClientRequest request;
  request.url = "http://127.0.0.1:" + std::to_string(server_->port()) + "/wait";
  auto response = start(loops_.home(), client_->send(std::move(request)));
  while (!waiting_) std::this_thread::yield();
  run(server_->stop(10ms));
  waiting_ = false;
  EXPECT_FALSE(response.get());
}

}  // namespace
}  // namespace guildhall::net
