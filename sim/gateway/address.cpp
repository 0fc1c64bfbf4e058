#include "sim/gateway/address.hpp"

namespace guildhall::sim {

std::string gateway_url(const Simulation& sim, const net::Request& request) {
  const std::string host(request.headers.find("Host").value_or("127.0.0.1"));
  const bool tls = sim.tls_port != 0 && host.ends_with(':' + std::to_string(sim.tls_port));
  return (tls ? "wss://" : "ws://") + host + std::string(gateway_path);
}

}  // namespace guildhall::sim
