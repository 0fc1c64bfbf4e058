// The WebSocket client with this folder's own server, over real sockets.
#include "net/websocket_client.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdlib>
#include <future>
#include <optional>
#include <thread>

#include "base/clock.hpp"
#include "net/async/future.hpp"
#include "net/http_server.hpp"
#include "net/websocket.hpp"
#include "net/websocket_handshake.hpp"
#include "testing/event_queue.hpp"
#include "testing/temporary_directory.hpp"

namespace guildhall::net {
namespace {

namespace asio = boost::asio;
using base::Errc;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// The server's side of a WebSocket: sends back what it gets.
class Echo final : public Upgrade, public WebSocketListener {
 public:
  explicit Echo(std::shared_ptr<WebSocketLoop> loop) : loop_(std::move(loop)) {}

  void take(UpgradedConnection connection) override {
    const auto socket = std::make_shared<WebSocket>(loop_, std::move(connection), WebSocketRules{});
    send(*socket, "welcome");  // Right behind the head of the answer.
    socket->start(*this);
  }
  void on_message(WebSocket& socket, Opcode, std::string_view message) override {
    message == "close" ? socket.close(static_cast<CloseCode>(4009), "as asked") : send(socket, message);
  }
  void on_close(WebSocket&, CloseCode) override {}

 private:
  static void send(WebSocket& socket, std::string_view text) {
    auto frame = std::make_shared<std::string>();
    append_frame(*frame, Opcode::text, text);
    const std::string_view bytes = *frame;
    socket.send(frame, bytes);
  }

  std::shared_ptr<WebSocketLoop> loop_;
};

/// Lets a test wait for what comes.
class Heard final : public WebSocketListener {
 public:
  void on_message(WebSocket&, Opcode, std::string_view message) override { events.add(std::string(message)); }
  void on_close(WebSocket&, CloseCode code) override { events.add("closed " + std::to_string(static_cast<int>(code))); }

  test::EventQueue events;
};

class WebSocketClientTest : public ::testing::Test {
 protected:
  WebSocketClientTest() : loop_(std::make_shared<WebSocketLoop>(loops_.home())) {}

  ~WebSocketClientTest() override {
    if (thread_.joinable()) {
      run(drop(std::move(socket_)));
      loops_.stop();
      thread_.join();
    }
  }

  void serve(std::shared_ptr<asio::ssl::context> tls = nullptr) {
    HttpServerOptions options;
    options.tls = std::move(tls);
    options.reject = [](unsigned status, std::string_view) {
      Response response;
      response.status = status;
      return response;
    };
    server_.emplace(
        loops_, options, [this](Request& request) { return answer(request); }, base::Log(logger_, "test"));
    server_->start();
    thread_ = std::thread([this] { loops_.run(); });
  }

  Task<Response> answer(Request& request) {
    agent_ = std::string(request.headers.find("User-Agent").value_or("none"));
    auto answer = answer_websocket(request, DeflateOffer::yes);
    EXPECT_FALSE(answer.deflate) << "nobody asked for it";
    if (request.target == "/wrong-key") answer.response.headers.set("Sec-WebSocket-Accept", "AAAA");
    if (request.target == "/no-upgrade") answer.response.headers.remove("Upgrade");
    if (request.target == "/extension") answer.response.headers.add("Sec-WebSocket-Extensions", "permessage-deflate");
    if (request.target == "/protocol") answer.response.headers.add("Sec-WebSocket-Protocol", "chat");
    if (request.target == "/refused" || request.target == "/busy") {
      Response response;
      response.status = request.target == "/busy" ? 503 : 403;
      response.body = "no";
      co_return response;
    }
    answer.response.upgrade = std::make_shared<Echo>(loop_);
    echo_ = answer.response.upgrade;
    co_return std::move(answer.response);
  }

  template <class T>
  T run(Task<T> task) {
    return net::start(loops_.home(), std::move(task)).get();
  }
  static Task<> drop(std::shared_ptr<WebSocket> socket) {
    if (socket) socket->abort();
    co_return;
  }
  static Task<> start(std::shared_ptr<WebSocket> socket, WebSocketListener* listener) {
    socket->start(*listener);
    co_return;
  }
  static Task<> send(std::shared_ptr<WebSocket> socket, std::string text) {
    auto frame = std::make_shared<std::string>();
    append_masked_frame(*frame, Opcode::text, text, {1, 2, 3, 4});
    const std::string_view bytes = *frame;
    socket->send(frame, bytes);
    co_return;
  }

  /// Connects and starts; the error's message where that fails.
  std::string connect(const std::string& url) {
    WebSocketClientOptions options;
    options.user_agent = "test (1)";
    options.connect_timeout = limit_;
    auto connected = run(connect_websocket(loop_, url, options));
    if (!connected) {
      code_ = connected.error().code;
      return connected.error().message;
    }
    socket_ = *connected;
    run(start(socket_, &heard_));
    return "connected";
  }
  std::string url(const std::string& target = "/") const {
    return "ws://127.0.0.1:" + std::to_string(server_->port()) + target;
  }

  base::SystemClock clock_;
  base::Logger logger_{clock_, base::LogLevel::error};
  EventLoops loops_{1};
  std::shared_ptr<WebSocketLoop> loop_;
  std::optional<HttpServer> server_;
  std::thread thread_;
  Heard heard_;
  std::shared_ptr<WebSocket> socket_;
  std::shared_ptr<Upgrade> echo_;
  std::string agent_;
  std::optional<Errc> code_;
  std::chrono::milliseconds limit_{10s};
};

TEST_F(WebSocketClientTest, ExchangesMessagesWithAServer) {
  serve();
  ASSERT_EQ(connect(url("/chat?x=1")), "connected");
  EXPECT_EQ(heard_.events.next(), "welcome");
  EXPECT_EQ(agent_, "test (1)");
  const std::string large(300'000, 'x');
  run(send(socket_, large));
  EXPECT_EQ(heard_.events.next(), large);
  run(send(socket_, "close"));
  EXPECT_EQ(heard_.events.next(), "closed 4009");
}

TEST_F(WebSocketClientTest, RefusesInvalidHandshakeResponses) {
  serve();
  for (const auto* target : {"/wrong-key", "/no-upgrade", "/extension", "/protocol"}) {
    code_.reset();
    EXPECT_NE(connect(url(target)), "connected") << target;
    EXPECT_EQ(code_, Errc::bad_upstream) << target;
  }
}

TEST_F(WebSocketClientTest, ReportsTheStatusOfARefusal) {
  serve();
  EXPECT_THAT(connect(url("/refused")), HasSubstr("failed with HTTP 403"));
  EXPECT_EQ(code_, Errc::refused);
  EXPECT_THAT(connect(url("/busy")), HasSubstr("failed with HTTP 503"));
  EXPECT_EQ(code_, Errc::unavailable);
}

TEST_F(WebSocketClientTest, FailsInTimeIfTheServerIsAwayOrSilent) {
  serve();
  asio::io_context context;
  asio::ip::tcp::acceptor silent(context, {asio::ip::make_address("127.0.0.1"), 0});
  limit_ = 100ms;
  connect("ws://127.0.0.1:" + std::to_string(silent.local_endpoint().port()));
  EXPECT_EQ(code_, Errc::timed_out);
  const auto port = silent.local_endpoint().port();
  silent.close();
  connect("ws://127.0.0.1:" + std::to_string(port));
  EXPECT_EQ(code_, Errc::unavailable);
  connect("http://127.0.0.1/");
  EXPECT_EQ(code_, Errc::invalid);
}

/// Certificates for `localhost` that only their files vouch for: one of an authority that is trusted, and a stranger's.
class WebSocketClientTlsTest : public WebSocketClientTest {
 protected:
  static void SetUpTestSuite() {
    folder.emplace();
    make_certificate("trusted");
    make_certificate("stranger");
    // Read once by the process, with the first connection over TLS.
    ::setenv("SSL_CERT_FILE", folder->file("trusted.pem").c_str(), 1);
  }
  static void TearDownTestSuite() {
    ::unsetenv("SSL_CERT_FILE");
    folder.reset();
  }

  void serve_as(const std::string& who) {
    auto tls = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    tls->use_certificate_chain_file(folder->file(who + ".pem"));
    tls->use_private_key_file(folder->file(who + ".key"), asio::ssl::context::pem);
    serve(std::move(tls));
  }
  std::string secure_url(const std::string& host) const {
    return "wss://" + host + ":" + std::to_string(server_->port()) + "/";
  }

 private:
  static void make_certificate(const std::string& who) {
    const std::string make =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" + who +
        " -addext subjectAltName=DNS:localhost -keyout " + folder->file(who + ".key") + " -out " +
        folder->file(who + ".pem") + " 2>/dev/null";
    if (std::system(make.c_str()) != 0) throw std::runtime_error("openssl cannot make a certificate");
  }

  static inline std::optional<test::TemporaryDirectory> folder;
};

TEST_F(WebSocketClientTlsTest, ExchangesMessagesOverTls) {
  serve_as("trusted");
  ASSERT_EQ(connect(secure_url("localhost")), "connected");
  EXPECT_EQ(heard_.events.next(), "welcome");
  const std::string large(300'000, 'x');
  run(send(socket_, large));
  EXPECT_EQ(heard_.events.next(), large);
  run(send(socket_, "close"));
  EXPECT_EQ(heard_.events.next(), "closed 4009");
}

TEST_F(WebSocketClientTlsTest, RefusesAnUntrustedCertificate) {
  serve_as("stranger");
  EXPECT_THAT(connect(secure_url("localhost")), HasSubstr("certificate verify failed"));
  EXPECT_EQ(code_, Errc::bad_upstream);
}

TEST_F(WebSocketClientTlsTest, RefusesACertificateOfAnotherHost) {
  serve_as("trusted");
  EXPECT_THAT(connect(secure_url("127.0.0.1")), HasSubstr("certificate verify failed"));
  EXPECT_EQ(code_, Errc::bad_upstream);
}

}  // namespace
}  // namespace guildhall::net
