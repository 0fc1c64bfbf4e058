#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::net {

/// Names and values of a query or an `application/x-www-form-urlencoded` body, in order.
using FormFields = std::vector<std::pair<std::string, std::string>>;

/// Decodes (WHATWG URL section 5.1: `+` is a space). Nothing if a percent sign is not followed by two hex digits or a
/// decoded byte is NUL.
[[nodiscard]] std::optional<FormFields> parse_form(std::string_view text);

[[nodiscard]] std::string encode_form(const FormFields& fields);

/// The value of the first field of that name.
[[nodiscard]] std::optional<std::string_view> find_field(const FormFields& fields, std::string_view name);

/// Percent-encodes everything but RFC 3986's unreserved characters.
[[nodiscard]] std::string encode_component(std::string_view text);

/// Undoes percent-encoding; `+` stays. Nothing if it is malformed or encodes NUL.
[[nodiscard]] std::optional<std::string> decode_component(std::string_view text);

/// The value of a cookie in a Cookie header field (RFC 6265 section 4.2); the first of that name.
[[nodiscard]] std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name);

}  // namespace guildhall::net
