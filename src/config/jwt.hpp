#pragma once

#include <vector>

#include "base/secret.hpp"
#include "config/option.hpp"

namespace guildhall::config {

/// The session token's keys.
struct Jwt {
  std::vector<base::Secret> keys;  ///< 32 bytes each, at least one: the first encrypts, all decrypt.
};

[[nodiscard]] Section jwt_section();

}  // namespace guildhall::config
