#pragma once

#include <memory>
#include <string>
#include <utility>

#include "net/http.hpp"

namespace guildhall::server {

/// An answer whose body is JSON text.
[[nodiscard]] inline net::Response json_response(unsigned status, std::string body) {
  net::Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.body = std::move(body);
  return response;
}

/// As `json_response`, for a body that other answers have too.
[[nodiscard]] inline net::Response shared_json_response(std::shared_ptr<const std::string> body) {
  auto response = json_response(200, "");
  response.shared_body = std::move(body);
  return response;
}

/// An answer without a body.
[[nodiscard]] inline net::Response empty_response(unsigned status) {
  net::Response response;
  response.status = status;
  return response;
}

/// Sends a browser elsewhere, with GET.
[[nodiscard]] inline net::Response redirect_response(std::string_view location) {
  net::Response response;
  response.status = 302;
  response.headers.add("Location", location);
  return response;
}

}  // namespace guildhall::server
