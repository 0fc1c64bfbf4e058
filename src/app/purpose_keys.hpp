#pragma once

#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "config/config.hpp"

namespace guildhall::app {

/// Derives the keys for one purpose from those of JWT_SECRET, in their order, so that what is encrypted for one purpose
/// cannot be used for another.
[[nodiscard]] std::vector<base::Secret> keys_for(const config::Jwt& config, std::string_view purpose);

/// Encrypts the refresh tokens in table `users`.
inline constexpr std::string_view refresh_tokens_at_rest = "guildhall refresh token at rest";

}  // namespace guildhall::app
