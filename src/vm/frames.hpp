#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "vm/script.hpp"

// Frames that are sent to a run (vm/protocol.hpp), each with its length.
namespace guildhall::vm {

/// The first frame of a run. `guild`: as of DescribeGuild. Throws std::length_error if it exceeds protocol::max_frame:
/// callers bound scripts.
[[nodiscard]] std::string run_frame(const ScriptRun& run, const boost::json::object& guild, const ScriptLimits& limits);

/// The first frame of a run that only checks whether `script` parses. Throws as run_frame does.
[[nodiscard]] std::string check_frame(std::string_view script);

/// The result of a call. A result that is too long is replaced by an error.
[[nodiscard]] std::string result_frame(std::uint32_t call, const base::Result<boost::json::value>& result);

/// Tells a run that its first timer is due.
[[nodiscard]] std::string wake_frame();

}  // namespace guildhall::vm
