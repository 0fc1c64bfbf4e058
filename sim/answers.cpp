#include "sim/answers.hpp"

#include <boost/json/serialize.hpp>
#include <utility>

namespace guildhall::sim {

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
  net::Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Content-Security-Policy",
                       "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'");
  response.body = std::move(body);
  return response;
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
