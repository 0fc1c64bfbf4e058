#include "server/body.hpp"

#include <boost/json/parse.hpp>

namespace guildhall::server {

using base::Errc;
using base::Error;

bool has_content_type(const net::Request& request, std::string_view type) {
  const auto field = request.headers.find("Content-Type").value_or("");
  auto media_type = field.substr(0, field.find(';'));
  while (media_type.ends_with(' ') || media_type.ends_with('\t')) media_type.remove_suffix(1);
  return net::equal_ignoring_case(media_type, type);
}

base::Result<boost::json::value> read_json(const net::Request& request) {
  if (!has_content_type(request, "application/json")) {
    return Error{Errc::unsupported_media_type, "The body must be application/json."};
  }
  boost::system::error_code malformed;
  auto value = boost::json::parse(request.body, malformed);
  if (malformed) return Error{Errc::malformed, "The body is not JSON: " + malformed.message() + "."};
  return value;
}

}  // namespace guildhall::server
