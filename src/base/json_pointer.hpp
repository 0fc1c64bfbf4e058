#pragma once

#include <string>
#include <string_view>

namespace guildhall::base {

/// The JSON pointer to a member or an element, `/token` with `~` and `/` escaped (RFC 6901 section 3). Pointers are
/// joined by appending.
[[nodiscard]] std::string json_pointer(std::string_view token);

}  // namespace guildhall::base
