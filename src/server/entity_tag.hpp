#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "database/models/command.hpp"
#include "net/http.hpp"

namespace guildhall::server {

/// Entity tags (RFC 9110 section 8.8.3) of commands: strong, one for each revision.

[[nodiscard]] std::string entity_tag(const database::Command& command);

/// The revision that If-Match (section 13.1.1) asks for; empty without that field, or with `*`. Of several tags the
/// command's own counts. Errc::precondition_failed if none is the command's.
[[nodiscard]] base::Result<std::optional<std::uint64_t>> if_match(const net::Request& request,
                                                                  const database::Command& command);

/// Whether If-None-Match (section 13.1.2) names the command's tag, so that the client has it already.
[[nodiscard]] bool if_none_match(const net::Request& request, const database::Command& command);

}  // namespace guildhall::server
