#pragma once

#include <string>

#include "api/command.hpp"
#include "base/result.hpp"
#include "net/http.hpp"
#include "server/body.hpp"

namespace guildhall::server::routes {

/// How the request wants a list of commands. Errc::malformed, invalid.
[[nodiscard]] inline base::Result<api::CommandListQuery> command_list_query(const net::Request& request) {
  const auto fields = read_query(request);
  if (!fields) return fields.error();
  return api::parse_command_list_query(*fields);
}

/// The part of a key of JsonCache that tells pages apart.
[[nodiscard]] inline std::string page_key(const api::CommandListQuery& query) {
  return "/" + query.before.to_string() + "/" + std::to_string(query.limit);
}

}  // namespace guildhall::server::routes
