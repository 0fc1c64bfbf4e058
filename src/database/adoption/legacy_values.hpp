#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/log.hpp"

namespace guildhall::database::adoption {

/// A time as Sequelize and its databases write it: `2024-01-31 12:34:56`, with any fraction or none, with `T` for the
/// blank, and a zone (`Z`, `+00:00`, `+0000`) or none, which is UTC. Nothing where it is no such time, or none that
/// exists.
[[nodiscard]] std::optional<base::Timestamp> read_time(std::string_view text);

/// A level of winston or of syslog, in any case; nothing where it is none.
[[nodiscard]] std::optional<base::LogLevel> read_level(std::string_view text);

/// Discord's image hash, where `text` is one or the URL of such an image.
[[nodiscard]] std::string_view image_hash(std::string_view text);

/// `en_US` as `en-US`.
[[nodiscard]] std::string language_tag(std::string_view text);

}  // namespace guildhall::database::adoption
