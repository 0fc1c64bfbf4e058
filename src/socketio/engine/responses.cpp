#include "socketio/engine/responses.hpp"

#include <boost/asio/dispatch.hpp>

namespace guildhall::socketio::engine {
namespace {

std::string_view message_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::unknown_transport: return "Transport unknown";
    case ErrorCode::unknown_sid: return "Session ID unknown";
    case ErrorCode::bad_handshake_method: return "Bad handshake method";
    case ErrorCode::bad_request: return "Bad request";
    case ErrorCode::forbidden: return "Forbidden";
    case ErrorCode::unsupported_protocol_version: return "Unsupported protocol version";
  }
  return "Bad request";
}

net::Response make_response(unsigned status, std::string_view type, std::string body) {
  net::Response response{.status = status, .body = std::move(body)};
  response.headers.reserve(5);
  response.headers.add("Content-Type", type);
  response.headers.add("Cache-Control", "no-store");
  return response;
}

net::Response make_error(unsigned status, ErrorCode code, std::string_view message) {
  std::string body = R"({"code":)" + std::to_string(static_cast<int>(code));
  body.append(R"(,"message":")").append(message).append("\"}");
  return make_response(status, "application/json", std::move(body));
}

}  // namespace

net::Response error_response(ErrorCode code) {
  return make_error(code == ErrorCode::forbidden ? 403 : 400, code, message_of(code));
}

net::Response unavailable_response(std::string_view message) {
  auto response = make_error(503, ErrorCode::forbidden, message);
  response.headers.add("Retry-After", "1");
  return response;
}

net::Response payload_response(std::string payload) {
  return make_response(200, "text/plain; charset=UTF-8", std::move(payload));
}

net::Response ok_response() { return make_response(200, "text/html", "ok"); }

void allow_origin(const net::Request& request, net::Response& response) {
  const auto origin = request.headers.find("Origin");
  if (!origin) return;
  response.headers.set("Access-Control-Allow-Origin", *origin);
  response.headers.set("Access-Control-Allow-Credentials", "true");
  response.headers.set("Vary", "Origin");
}

bool is_preflight(const net::Request& request) {
  return request.method == net::Method::options && request.headers.find("Origin") &&
         request.headers.find("Access-Control-Request-Method");
}

net::Response preflight_response(const net::Request& request) {
  net::Response response{.status = 204};
  response.headers.add("Access-Control-Allow-Methods", "GET, POST");
  if (const auto fields = request.headers.find_list("Access-Control-Request-Headers")) {
    response.headers.add("Access-Control-Allow-Headers", *fields);
  }
  response.headers.add("Access-Control-Max-Age", "600");
  return response;
}

void PendingResponse::give(net::Response response) {
  const std::lock_guard lock(mutex_);
  if (!executor_) return;
  boost::asio::dispatch(*executor_, [self = shared_from_this(), response = std::move(response)]() mutable {
    self->response_ = std::move(response);
    self->given_.set();
  });
}

net::Task<net::Response> PendingResponse::wait(std::shared_ptr<PendingResponse> pending) {
  struct Guard {
    PendingResponse& pending;
    ~Guard() {
      const std::lock_guard lock(pending.mutex_);
      pending.executor_.reset();
    }
  };
  const Guard guard{*pending};
  co_await pending->given_.wait();
  co_return std::move(*pending->response_);
}

}  // namespace guildhall::socketio::engine
