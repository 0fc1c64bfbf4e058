#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/log.hpp"

namespace guildhall::domain {

/// A time as Sequelize and its databases write it: `2024-01-31 12:34:56`, with any fraction or none, with `T` for the
/// space, and with a zone (`Z`, `+00:00`, `+0000`) or none, which means UTC. Nothing for other texts.
[[nodiscard]] std::optional<base::Timestamp> read_time(std::string_view text);

/// A level of winston or of syslog, in any case; nothing for an unknown one.
[[nodiscard]] std::optional<base::LogLevel> read_level(std::string_view text);

/// Discord's image hash, out of a hash or the URL of an image.
[[nodiscard]] std::string_view image_hash(std::string_view text);

/// `en_US` as `en-US`.
[[nodiscard]] std::string language_tag(std::string_view text);

/// A response; JSON that was encoded twice is decoded twice, and a JSON string becomes the content. Nothing if `text`
/// is not JSON.
[[nodiscard]] std::optional<boost::json::value> read_response(std::string_view text);

/// A script, which in a column of JSON is a JSON string; null if there is none.
[[nodiscard]] boost::json::value read_interaction(const std::optional<std::string>& text);

}  // namespace guildhall::domain
