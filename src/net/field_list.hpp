#pragma once

#include <string_view>

namespace guildhall::net {

/// `text` without the spaces and tabs around it.
[[nodiscard]] std::string_view trim(std::string_view text);

/// Takes the first item, trimmed, off a list of a header field and with it `separator`, which means nothing within a
/// quoted string (RFC 9110 section 5.6).
[[nodiscard]] std::string_view take_item(std::string_view& list, char separator);

/// True where `token` is one of the items of a comma-separated list, without regard to case.
[[nodiscard]] bool lists_token(std::string_view list, std::string_view token);

}  // namespace guildhall::net
