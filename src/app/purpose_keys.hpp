#pragma once

#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "config/config.hpp"

namespace guildhall::app {

/// Keys for one purpose, derived from those of JWT_SECRET in their order, so that what was encrypted for one purpose is
/// of no use for another.
[[nodiscard]] std::vector<base::Secret> keys_for(const config::Jwt& config, std::string_view purpose);

/// For table `users`.
inline constexpr std::string_view refresh_tokens_at_rest = "guildhall refresh token at rest";

}  // namespace guildhall::app
