#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <optional>
#include <string_view>

#include "net/http_client.hpp"

namespace guildhall::discord {

/// A time in seconds with decimals, as header fields have it, rounded up to milliseconds. Nothing where it is none, or
/// negative.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_seconds(std::optional<std::string_view> text);

/// When to come back: the body's `retry_after`, which is exact, or the header field Retry-After. Nothing where the
/// answer tells neither; never more than an hour.
[[nodiscard]] std::optional<std::chrono::milliseconds> find_retry_after(const net::ClientResponse& response,
                                                                        const boost::json::value& body);

}  // namespace guildhall::discord
