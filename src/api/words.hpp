#pragma once

#include <optional>
#include <string_view>

#include "schema/schema.hpp"

/// Rules about words that people type into messages.
namespace guildhall::api {

/// The word has no character that cannot be seen or changes the direction of text (base/text/hidden.hpp).
[[nodiscard]] std::optional<schema::Fault> check_visible(const boost::json::value& word);
inline constexpr std::string_view visible_rule =
    "It has no characters that cannot be seen, such as U+200B, or that change the direction of text.";

}  // namespace guildhall::api
