#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "base/result.hpp"
#include "net/http_client.hpp"

namespace guildhall::discord {

/// What an answer of Discord's REST API means (Discord: topics/opcodes-and-status-codes, topics/rate-limits).
///
/// 2xx: its JSON, null for an empty body; Errc::bad_upstream where it is not JSON. 401 Errc::unauthenticated, 403
/// forbidden, 404 not_found, 429 rate_limited with the time to wait, other 4xx refused, 5xx unavailable; the message
/// says what Discord said, with the places of `errors`, but without what may be a token or somebody's text. The error's
/// `peer_code` is Discord's code.
[[nodiscard]] base::Result<boost::json::value> read_answer(const net::ClientResponse& response);

}  // namespace guildhall::discord
