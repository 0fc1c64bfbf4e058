#include "sim/answers.hpp"

#include <boost/json/serialize.hpp>
#include <utility>

namespace guildhall::sim {
namespace {

net::Response page_answer(unsigned status, std::string body, std::string_view policy) {
  net::Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Content-Security-Policy", policy);
  response.body = std::move(body);
  return response;
}

}  // namespace

net::Response json_answer(unsigned status, const boost::json::value& body) {
  return json_text_answer(status, boost::json::serialize(body));
}

net::Response json_text_answer(unsigned status, std::string body) {
  net::Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json");
  response.body = std::move(body);
  return response;
}

net::Response html_answer(unsigned status, std::string body) {
  return page_answer(status, std::move(body),
                     "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'");
}

net::Response script_page_answer(std::string body) {
  return page_answer(200, std::move(body),
                     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                     "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
}

net::Response no_content() {
  net::Response response;
  response.status = 204;
  return response;
}

net::Response redirect(std::string_view location) {
  net::Response response;
  response.status = 302;
  response.headers.add("Location", location);
  response.headers.add("Cache-Control", "no-store");
  return response;
}

}  // namespace guildhall::sim
