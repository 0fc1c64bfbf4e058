#include "app/setup/listening.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cerrno>
#include <system_error>

#include "api/health.hpp"
#include "app/purpose_keys.hpp"

namespace guildhall::app {
namespace {

jwt::Jwe self_check_jwe(const config::Jwt& jwt) { return jwt::Jwe(keys_for(jwt, server::self_check_purpose)); }

}  // namespace

int try_to_listen(const config::Server& server) {
  using boost::asio::ip::tcp;
  boost::asio::io_context loop;
  boost::system::error_code error;
  const auto found =
      tcp::resolver(loop).resolve(server.host, std::to_string(server.port), tcp::resolver::passive, error);
  if (error) return EADDRNOTAVAIL;
  const auto endpoint = found.begin()->endpoint();
  tcp::acceptor acceptor(loop);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(1, error);
  return error.value();
}

Finding judge_listening(int error, const config::Server& server) {
  constexpr std::string_view check = "port";
  const std::string place = "HOST " + server.host + ", PORT " + std::to_string(server.port);
  switch (error) {
    case 0: return ok(check, place + " is free.");
    case EADDRINUSE:
      return failed(check, place + " is taken by another program.",
                    "Choose another PORT, or stop that program: `ss -ltnp` names it.");
    case EACCES:
    case EPERM:
      return failed(check, place + " is only for privileged programs.",
                    "Choose a PORT of 1024 or more, and put a reverse proxy in front.");
    case EADDRNOTAVAIL:
      return failed(check, "HOST " + server.host + " is not an address of this machine.",
                    "Set HOST=127.0.0.1 behind a reverse proxy, or 0.0.0.0 for every address.");
    default:
      return failed(check,
                    place + " cannot be used: " + std::error_code(error, std::generic_category()).message() + ".",
                    "Choose another HOST or PORT.");
  }
}

net::ClientRequest identifying_request(const std::string& url, const config::Jwt& jwt) {
  net::ClientRequest request;
  request.url = url + "/healthz";
  request.headers.add("Accept", "application/json");
  if (!jwt.keys.empty()) {
    request.headers.add(server::self_check_field,
                        server::self_check_request(self_check_jwe(jwt), base::SystemClock().now()));
  }
  return request;
}

Listener identify(const net::ClientResponse& response, const config::Jwt& jwt) {
  const auto field = response.headers.find(server::self_check_field);
  if (field && !jwt.keys.empty()) {
    if (auto received = server::read_self_check_answer(self_check_jwe(jwt), *field)) {
      return {Listener::Kind::ours, std::move(*received)};
    }
  }
  const bool alive = response.status == 200 && response.body == api::encode_alive();
  return {alive ? Listener::Kind::other_guildhall : Listener::Kind::other};
}

}  // namespace guildhall::app
