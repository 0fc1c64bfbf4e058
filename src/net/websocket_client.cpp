#include "net/websocket_client.hpp"

#include <array>
#include <utility>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "net/client_connection.hpp"
#include "net/websocket.hpp"
#include "net/websocket_handshake.hpp"

namespace guildhall::net {
namespace {

/// The body limit of a response that refuses the handshake; the body is ignored.
constexpr std::size_t max_refusal = 64 * 1024;

std::string random_handshake_key() {
  std::array<std::byte, 16> bytes{};
  base::random_bytes(bytes);
  return base::encode_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

Task<base::Result<std::shared_ptr<WebSocket>>> connect_websocket(std::shared_ptr<WebSocketLoop> loop, std::string url,
                                                                 WebSocketClientOptions options) {
  const auto to = Url::parse_websocket(url);
  if (!to) co_return base::Error{base::Errc::invalid, "The URL of a WebSocket is malformed."};
  const auto deadline = std::chrono::steady_clock::now() + options.connect_timeout;
  ClientConnection connection(loop->executor(), *to, options.proxy);
  const base::Result<void> connected = co_await connection.connect(deadline);
  if (!connected) co_return connected.error();

  const std::string key = random_handshake_key();
  ClientRequest request;
  request.headers = websocket_request_headers(key);
  HttpClientOptions limits;
  limits.user_agent = options.user_agent;
  limits.body_limit = max_refusal;
  const auto answer = co_await connection.exchange(request, to->target, limits, deadline);
  if (!answer) co_return answer.error().error;
  auto agreed = check_websocket_answer(answer->status, answer->headers, key);
  if (!agreed) {
    agreed.error().message = to->host_field() + ": " + agreed.error().message;
    co_return agreed.error();
  }
  const WebSocketRules rules{WebSocketRole::client, options.max_message, false};
  co_return std::make_shared<WebSocket>(std::move(loop), connection.release(), rules);
}

}  // namespace guildhall::net
