#include "app/setup/listening.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "app/purpose_keys.hpp"

namespace guildhall::app {
namespace {

int listen_on(const addrinfo& address) {
  const int descriptor = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return errno;
  const int on = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const bool listens = ::bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 && ::listen(descriptor, 1) == 0;
  const int error = listens ? 0 : errno;
  ::close(descriptor);
  return error;
}

jwt::Jwe self_check_jwe(const config::Jwt& jwt) { return jwt::Jwe(keys_for(jwt, server::self_check_purpose)); }

}  // namespace

int try_to_listen(const config::Server& server) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (::getaddrinfo(server.host.c_str(), std::to_string(server.port).c_str(), &hints, &found) != 0) {
    return EADDRNOTAVAIL;
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
  return listen_on(*addresses);
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
      return failed(check, "HOST " + server.host + " is no address of this machine.",
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
                        server::ask_for_arrival(self_check_jwe(jwt), base::SystemClock().now()));
  }
  return request;
}

Listener identify(const net::ClientResponse& response, const config::Jwt& jwt) {
  const auto field = response.headers.find(server::self_check_field);
  if (field && !jwt.keys.empty()) {
    if (auto arrival = server::read_arrival(self_check_jwe(jwt), *field)) {
      return {Listener::Kind::ours, std::move(*arrival)};
    }
  }
  const bool alive = response.status == 200 && response.body == R"({"status":"ok"})";
  return {alive ? Listener::Kind::other_guildhall : Listener::Kind::other};
}

}  // namespace guildhall::app
