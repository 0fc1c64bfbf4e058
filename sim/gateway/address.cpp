#include "sim/gateway/address.hpp"

namespace guildhall::sim {

std::string origin_of(const net::Request& request) {
  const bool tls = request.headers.find("X-Forwarded-Proto") == "https";
  return (tls ? "https://" : "http://") + std::string(request.headers.find("Host").value_or("127.0.0.1"));
}

std::string gateway_url(const net::Request& request) {
  // http becomes ws, and https wss.
  return "ws" + origin_of(request).substr(4) + std::string(gateway_path);
}

}  // namespace guildhall::sim
