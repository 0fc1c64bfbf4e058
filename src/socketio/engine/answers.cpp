#include "socketio/engine/answers.hpp"

namespace guildhall::socketio::engine {
namespace {

std::string_view message_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::unknown_transport: return "Transport unknown";
    case Refusal::unknown_sid: return "Session ID unknown";
    case Refusal::bad_handshake_method: return "Bad handshake method";
    case Refusal::bad_request: return "Bad request";
    case Refusal::forbidden: return "Forbidden";
    case Refusal::unsupported_protocol_version: return "Unsupported protocol version";
  }
  return "Bad request";
}

/// `message` needs no escaping.
net::Response error(unsigned status, Refusal refusal, std::string_view message) {
  net::Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "no-store");
  response.body.append(R"({"code":)").append(std::to_string(static_cast<int>(refusal)));
  response.body.append(R"(,"message":")").append(message).append("\"}");
  return response;
}

net::Response text(std::string_view type, std::string body) {
  net::Response response;
  response.headers.reserve(5);
  response.headers.add("Content-Type", type);
  response.headers.add("Cache-Control", "no-store");
  response.body = std::move(body);
  return response;
}

}  // namespace

net::Response refuse(Refusal refusal) {
  return error(refusal == Refusal::forbidden ? 403 : 400, refusal, message_of(refusal));
}

net::Response refuse_for_now(std::string_view sentence) {
  net::Response response = error(503, Refusal::forbidden, sentence);
  response.headers.add("Retry-After", "1");
  return response;
}

net::Response poll_answer(std::string payload) { return text("text/plain; charset=UTF-8", std::move(payload)); }

net::Response post_answer() { return text("text/html", "ok"); }

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

net::Response preflight_answer(const net::Request& request) {
  net::Response response;
  response.status = 204;
  response.headers.add("Access-Control-Allow-Methods", "GET, POST");
  if (const auto fields = request.headers.find_list("Access-Control-Request-Headers")) {
    response.headers.add("Access-Control-Allow-Headers", *fields);
  }
  response.headers.add("Access-Control-Max-Age", "600");
  return response;
}

}  // namespace guildhall::socketio::engine
