#pragma once

#include <string>
#include <string_view>

namespace guildhall::server {

/// What a User-Agent (RFC 9110 section 10.1.5) says, in words for people: `Firefox on Linux`, `curl`. Empty if it says
/// nothing; at most 100 bytes of printable ASCII otherwise.
[[nodiscard]] std::string browser_name(std::string_view user_agent);

}  // namespace guildhall::server
