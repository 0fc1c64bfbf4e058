#pragma once

#include <string>

#include "base/secret.hpp"

namespace guildhall::discord {

/// Names the bot that a token is for without telling the token: 32 hex digits.
[[nodiscard]] std::string bot_fingerprint(const base::Secret& token);

}  // namespace guildhall::discord
