#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.hpp"

namespace guildhall::base {

/// Reads ISO 8601 as Discord, browsers (`<input type="datetime-local">`) and Python write it:
/// `2026-01-31T12:34:56.789Z`, with a space for the `T`, any fraction of a second or none, without seconds or without a
/// time; the zone as `Z`, `UTC`, `+05:30`, `+0530` or `+05`; without one it is UTC. Nothing for other texts, dates that
/// do not exist, and where the year in UTC is not from 1 to 9999.
[[nodiscard]] std::optional<Timestamp> parse_date_time(std::string_view text);

/// Reads the date of an HTTP field (RFC 9110 section 5.6.7): `Wed, 21 Oct 2015 07:28:00 GMT`. Nothing for another form.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace guildhall::base
