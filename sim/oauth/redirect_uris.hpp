#pragma once

#include <span>
#include <string>
#include <string_view>

namespace guildhall::sim {

/// Whether users may be sent back to `uri`: an absolute http or https URI without user info or fragment (RFC 6749
/// section 3.1.2) that is registered letter by letter, or whose scheme and host are those of a registration that ends
/// with `:*`.
[[nodiscard]] bool is_registered_redirect(std::span<const std::string> registered, std::string_view uri);

/// `uri` with more query parameters, already encoded, at the end of what it has.
[[nodiscard]] std::string with_query(std::string_view uri, std::string_view encoded);

}  // namespace guildhall::sim
