#include "server/body.hpp"

#include "api/errors.hpp"
#include "schema/json_text.hpp"

namespace guildhall::server {

bool has_content_type(const net::Request& request, std::string_view type) {
  const auto field = request.headers.find("Content-Type").value_or("");
  auto media_type = field.substr(0, field.find(';'));
  while (media_type.ends_with(' ') || media_type.ends_with('\t')) media_type.remove_suffix(1);
  return net::equal_ignoring_case(media_type, type);
}

base::Result<boost::json::value> read_json(const net::Request& request) {
  if (!has_content_type(request, "application/json")) return api::errors::not_json_type;
  return schema::parse_json(request.body);
}

base::Result<net::FormFields> read_query(const net::Request& request) {
  auto fields = net::parse_form(request.query());
  if (!fields) return api::errors::malformed_query;
  return *std::move(fields);
}

}  // namespace guildhall::server
