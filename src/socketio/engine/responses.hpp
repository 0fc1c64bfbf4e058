#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "net/async/event.hpp"
#include "net/http.hpp"
#include "net/task.hpp"

namespace guildhall::socketio::engine {

/// The official server's error codes.
enum class ErrorCode : std::uint8_t {
  unknown_transport = 0,
  unknown_sid = 1,
  bad_handshake_method = 2,
  bad_request = 3,
  forbidden = 4,
  unsupported_protocol_version = 5,
};

/// `{"code":1,"message":"Session ID unknown"}` with status 400, or 403 for `forbidden`.
[[nodiscard]] net::Response error_response(ErrorCode code);

/// 503 with Retry-After, while the server accepts no new sockets. `message` must need no JSON escaping.
[[nodiscard]] net::Response unavailable_response(std::string_view message);

/// Answers a poll with a payload.
[[nodiscard]] net::Response payload_response(std::string payload);

/// Answers a POST with `ok`.
[[nodiscard]] net::Response ok_response();

/// Allows pages of the request's Origin to read `response` (Fetch standard, CORS protocol).
void allow_origin(const net::Request& request, net::Response& response);

[[nodiscard]] bool is_preflight(const net::Request& request);
[[nodiscard]] net::Response preflight_response(const net::Request& request);

/// The response to a request that a socket, perhaps on another event loop, gives later. The request may be cancelled
/// first, and even its event loop destroyed; the response is then dropped.
class PendingResponse : public std::enable_shared_from_this<PendingResponse> {
 public:
  /// `executor` is the request's.
  explicit PendingResponse(net::Executor executor) : executor_(std::move(executor)) {}

  /// Call once; any thread.
  void give(net::Response response);

  /// Call on the request's event loop.
  [[nodiscard]] static net::Task<net::Response> wait(std::shared_ptr<PendingResponse> pending);

 private:
  std::mutex mutex_;
  std::optional<net::Executor> executor_;  ///< Empty once nobody waits. Under the mutex.
  std::optional<net::Response> response_;  ///< This and the next only on the request's event loop.
  net::Event given_;
};

}  // namespace guildhall::socketio::engine
