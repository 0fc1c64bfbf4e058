#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "vm/script.hpp"

// What is sent to a run (vm/protocol.hpp): whole frames, each with its length.
namespace guildhall::vm {

/// What a run begins with. Throws std::length_error where it is too long for a frame: whoever takes scripts in bounds
/// them.
[[nodiscard]] std::string run_frame(const ScriptRun& run, const ScriptLimits& limits);

/// What a run begins with that only looks whether `script` parses; like run_frame.
[[nodiscard]] std::string check_frame(std::string_view script);

/// What call number `call` came to. An answer that is too long for a frame becomes an error.
[[nodiscard]] std::string result_frame(std::uint32_t call, const base::Result<boost::json::value>& result);

}  // namespace guildhall::vm
