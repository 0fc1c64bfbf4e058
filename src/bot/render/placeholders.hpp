#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::schema {
struct Format;
}

namespace guildhall::bot {

/// What placeholders stand for.
struct PlaceholderValues {
  std::span<const std::string_view> arguments{};  ///< `${1}` to `${n}`
  std::string_view user_id{};                     ///< `${user.id}`, and as a mention `${user}`
  std::string_view user_name{};                   ///< `${user.name}`
  std::string_view user_avatar{};                 ///< `${user.avatar}`, an address
};

/// `text` with its placeholders replaced by `values`, and by nothing for an argument that there is not. Placeholders
/// inside values are not replaced, unknown ones stay as they are. A result of more than `limit` code points is cut and
/// ends with an ellipsis; the time it takes is bounded by `limit`, not by the full length. `limit` is at least 1.
[[nodiscard]] std::string fill_placeholders(std::string_view text, const PlaceholderValues& values, std::size_t limit);

/// The same for an address. Nothing if it is longer than `limit` code points, or not of `format`.
[[nodiscard]] std::optional<std::string> fill_url(std::string_view url, const PlaceholderValues& values,
                                                  std::size_t limit, const schema::Format& format);

/// Whether `text` is empty or only white space, which Discord treats alike.
[[nodiscard]] bool is_blank(std::string_view text);

}  // namespace guildhall::bot
