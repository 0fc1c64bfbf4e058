#pragma once

#include <string_view>

namespace guildhall::schema {

/// True where `text` is a well-formed language tag (BCP 47: the grammar of RFC 5646 section 2.1), of any case, without
/// repeated variants or extensions. Whether its subtags are registered is not checked.
[[nodiscard]] bool is_language_tag(std::string_view text);

}  // namespace guildhall::schema
