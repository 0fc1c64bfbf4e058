#pragma once

#include "base/result.hpp"

namespace guildhall::server {

/// Whether Discord is not available, or limits our requests.
[[nodiscard]] bool is_away(const base::Error& error);

/// The error for the person who asked, after an error of Discord's that they cannot help: Errc::unavailable while it
/// is away, otherwise bad_upstream.
[[nodiscard]] base::Error discord_error(const base::Error& error);

}  // namespace guildhall::server
