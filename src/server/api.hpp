#pragma once

#include "net/http.hpp"
#include "net/http_server.hpp"
#include "net/router.hpp"
#include "server/route.hpp"
#include "server/services.hpp"

namespace guildhall::server {

/// Answers the product's requests: finds the route, checks who may use it, runs its handler, turns errors into answers,
/// counts and logs. Any event loop may call.
class Api {
 public:
  explicit Api(Services& services);

  /// Throws only std::bad_alloc. `request` outlives the task.
  [[nodiscard]] net::Task<net::Response> answer(net::Request& request);

  /// Refuses a request whose body is incomplete where its head tells what the answer is: nobody need be sent a body, or
  /// have it kept, who may not send it. `head` outlives the task.
  [[nodiscard]] net::Task<net::HeadVerdict> judge_head(net::Request& head);

 private:
  [[nodiscard]] net::Task<net::Response> dispatch(net::Request& request, const net::RouteMatch& match);
  [[nodiscard]] net::Task<std::optional<net::Response>> refuse(const net::Request& head, const net::RouteMatch& match);
  void finish(const net::Request& request, const net::RouteMatch& match, net::Response& response);

  Services& services_;
  net::Router router_;
};

/// Header fields of every answer (OWASP Secure Headers). `own` is PUBLIC_URL.
[[nodiscard]] net::Headers security_headers(std::string_view own);

}  // namespace guildhall::server
