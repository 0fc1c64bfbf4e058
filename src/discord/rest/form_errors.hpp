#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace guildhall::discord {

/// What Discord says of a request's fields (Discord: reference, Error Messages) as a sentence:
/// `/embeds/0/title: This field is required (BASE_TYPE_REQUIRED); /content: ...`. Empty where `errors` has none. Only
/// the first few are said, and none of what may be a token or somebody's text.
[[nodiscard]] std::string form_errors(const boost::json::value& errors);

/// The beginning of `text` without what may be a token or somebody's text: what stands in double quotation marks, and
/// words that are too long for words, are `*`. What is said goes into the log, and whoever answers in Discord's place
/// may send back the token that it was sent.
[[nodiscard]] std::string without_quotations(std::string_view text);

}  // namespace guildhall::discord
