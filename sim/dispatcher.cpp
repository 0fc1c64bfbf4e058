#include "sim/dispatcher.hpp"

#include "sim/rest/discord_error.hpp"

namespace guildhall::sim {

net::Task<net::Response> Dispatcher::handle(net::Request& request) {
  if (Api::owns(request.path())) co_return co_await api_.handle(request);
  if (GatewayServer::owns(request.path())) co_return gateway_.answer(request);
  if (Control::owns(request.path())) co_return control_.handle(request);
  co_return pages_.handle(request);
}

net::Response reject(unsigned status, std::string_view sentence) {
  auto error = general_error(status);
  error.message += ". ";
  error.message += sentence;
  return answer(error);
}

}  // namespace guildhall::sim
