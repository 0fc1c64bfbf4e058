#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "server/services.hpp"

namespace guildhall::server {

/// A Set-Cookie field (RFC 6265) of ours: HttpOnly, SameSite=Lax, Secure where `origins.own` is https. A lifetime of
/// zero removes the cookie.
[[nodiscard]] std::string set_cookie(const Origins& origins, std::string_view name, std::string_view value,
                                     std::string_view path, std::chrono::seconds lifetime);

}  // namespace guildhall::server
