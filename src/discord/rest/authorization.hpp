#pragma once

#include <cstdint>

#include "base/secret.hpp"

namespace guildhall::discord {

/// Whose rights a request has (Discord: reference, Authentication).
struct Authorization {
  enum class Kind : std::uint8_t { bearer, bot };
  Kind kind = Kind::bot;
  base::Secret token;
};

}  // namespace guildhall::discord
