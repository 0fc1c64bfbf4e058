#include "vm/frames.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstring>
#include <stdexcept>

#include "vm/protocol.hpp"

namespace guildhall::vm {
namespace {

namespace json = boost::json;

/// Empty if it is too long for a frame.
std::string framed(const json::object& object) {
  const auto text = json::serialize(object);
  if (text.size() > protocol::max_frame) return {};
  const auto length = static_cast<std::uint32_t>(text.size());
  std::string frame(sizeof length, '\0');
  std::memcpy(frame.data(), &length, sizeof length);
  return frame += text;
}

std::string first_frame(const json::object& object) {
  auto frame = framed(object);
  if (frame.empty()) throw std::length_error("the script and its input exceed the size of a frame");
  return frame;
}

json::object error_of(std::string_view message, int code) {
  json::object error{{"message", message}};
  if (code != 0) error.emplace("code", code);
  return error;
}

}  // namespace

std::string run_frame(const ScriptRun& run, const json::object& guild, const ScriptLimits& limits) {
  return first_frame({{"type", "run"},
                      {"script", run.script},
                      {"interaction", run.interaction},
                      {"guild", guild},
                      {"args", json::array(run.args.begin(), run.args.end())},
                      {"limits",
                       {{"calls", limits.calls},
                        {"callBytes", limits.call_size},
                        {"consoleLines", limits.console_lines},
                        {"consoleLineBytes", limits.console_line_size}}}});
}

std::string check_frame(std::string_view script) { return first_frame({{"type", "check"}, {"script", script}}); }

std::string wake_frame() { return framed({{"type", "wake"}}); }

std::string result_frame(std::uint32_t call, const base::Result<json::value>& result) {
  json::object frame{{"type", "result"}, {"call", call}};
  if (result) {
    frame.emplace("value", *result);
  } else {
    frame.emplace("error", error_of(result.error().message, result.error().peer_code));
  }
  auto text = framed(frame);
  if (!text.empty()) return text;
  return framed({{"type", "result"}, {"call", call}, {"error", error_of("The result is too long.", 0)}});
}

}  // namespace guildhall::vm
