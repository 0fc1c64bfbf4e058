#include "server/middleware/cors.hpp"

#include "server/responses.hpp"

namespace guildhall::server {

void add_cors(const Origins& origins, const net::Request& request, net::Response& response) {
  if (!origins.allowed.get()->empty()) response.headers.add("Vary", "Origin");
  const auto origin = request.headers.find("Origin");
  if (!origin || !origins.is_ours(*origin)) return;
  response.headers.add("Access-Control-Allow-Origin", *origin);
  response.headers.add("Access-Control-Allow-Credentials", "true");
  response.headers.add("Access-Control-Expose-Headers", "Age, ETag, Location, Retry-After, Warning, X-Request-Id");
}

net::Response options_response(const Origins& origins, const net::Request& request, std::string_view allow) {
  net::Response response = empty_response(204);
  response.headers.add("Allow", allow);
  const auto origin = request.headers.find("Origin");
  const bool preflight = request.headers.find("Access-Control-Request-Method").has_value();
  if (preflight && origin && origins.is_ours(*origin)) {
    response.headers.add("Access-Control-Allow-Methods", allow);
    response.headers.add("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-None-Match");
    response.headers.add("Access-Control-Max-Age", "600");
  }
  return response;
}

}  // namespace guildhall::server
