#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace guildhall::schema {

/// A rule about a text, besides its length.
struct Format {
  std::string_view name;     ///< OpenAPI's `format`; empty if none is registered.
  std::string_view pattern;  ///< ECMA 262, without anchors: accepts everything that `accepts` does, or more.
  bool (*accepts)(std::string_view text);
  std::string_view message;  ///< For a text that does not match.
  /// The normal form of a text that matches; null if each is in it.
  std::string (*normal)(std::string_view text) = nullptr;
};

/// Another way to write a number.
struct Spelling {
  std::string_view pattern;  ///< As in Format.
  std::optional<std::int64_t> (*read)(std::string_view text);
  std::string_view message;
};

namespace format {

/// http or https with a host.
extern const Format web_url;
/// The target of a link button: a web_url, or discord:// for a place in the client.
extern const Format link_url;
/// The same with placeholders such as `${1}`, also for the whole: what is fixed can become such a URL.
extern const Format web_url_template;
extern const Format link_url_template;
/// An id of Discord: digits, at most 2^64-1.
extern const Format snowflake;
/// RFC 3339, or what base::parse_date_time reads besides; the normal form is in UTC.
extern const Format date_time;
/// A well-formed BCP 47 tag.
extern const Format language_tag;
/// No white space (of any script) and no control characters.
extern const Format one_word;
/// `#rrggbb`, `#rgb`, `0xrrggbb`, decimal digits, or a name of discord.js.
extern const Spelling color;

}  // namespace format
}  // namespace guildhall::schema
