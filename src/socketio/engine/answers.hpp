#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::socketio::engine {

/// What the official server refuses, by its numbers.
enum class Refusal : std::uint8_t {
  unknown_transport = 0,
  unknown_sid = 1,
  bad_handshake_method = 2,
  bad_request = 3,
  forbidden = 4,
  unsupported_protocol_version = 5,
};

/// `{"code":1,"message":"Session ID unknown"}` with status 400, or 403 for `forbidden`.
[[nodiscard]] net::Response refuse(Refusal refusal);

/// 503 for a server that takes no more sockets, now or ever.
[[nodiscard]] net::Response refuse_for_now(std::string_view sentence);

/// What a poll gets: the payload's packets.
[[nodiscard]] net::Response poll_answer(std::string payload);

/// What a POST gets: `ok`.
[[nodiscard]] net::Response post_answer();

/// Allows pages of the request's Origin to read `response` (Fetch standard, CORS protocol).
void allow_origin(const net::Request& request, net::Response& response);

/// True for the request with which a browser asks whether it may send another one, and the answer that it may.
[[nodiscard]] bool is_preflight(const net::Request& request);
[[nodiscard]] net::Response preflight_answer(const net::Request& request);

}  // namespace guildhall::socketio::engine
