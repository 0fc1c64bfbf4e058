#include "vm/guest_reader.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <cstring>
#include <utility>

#include "vm/protocol.hpp"

namespace guildhall::vm {
namespace {

namespace json = boost::json;

constexpr std::size_t length_size = sizeof(std::uint32_t);
/// Bytes of a frame besides a call's arguments or a line's text.
constexpr std::size_t envelope_size = 256;
/// Bytes of JSON for one byte of text: `\u0000`.
constexpr std::size_t max_escape_size = 6;
/// What a short frame counts for, because reading many of them takes time too.
constexpr std::size_t min_cost = 1'024;
constexpr std::size_t max_depth = 32;
constexpr std::size_t max_name = 100;
constexpr std::size_t max_message = 1'000;
constexpr std::size_t max_stack = 4'000;
/// Milliseconds; longer than any run.
constexpr std::uint64_t max_idle = 3'600'000;
/// Of lines and columns. Greater ones are forged.
constexpr std::uint64_t max_position = 1'000'000;

/// What a run may report as the reason of its failure.
constexpr std::array reported_endings{Ending::syntax, Ending::exception, Ending::cpu,
                                      Ending::memory, Ending::calls,     Ending::call_size};

std::size_t cost(std::size_t size) { return std::max(size, min_cost); }

/// Truncates valid UTF-8 between two characters.
std::string truncated(std::string_view text, std::size_t max) {
  if (text.size() <= max) return std::string(text);
  const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
  while (max > 0 && continues(max)) --max;
  return std::string(text.substr(0, max));
}

const json::string* text_at(const json::object& frame, std::string_view key) {
  const auto* value = frame.if_contains(key);
  return value == nullptr ? nullptr : value->if_string();
}

/// False if `key` is present but not a string.
bool read_text(const json::object& frame, std::string_view key, std::size_t max, std::string& into) {
  if (!frame.contains(key)) return true;
  const auto* text = text_at(frame, key);
  if (text == nullptr) return false;
  into = truncated(*text, max);
  return true;
}

/// A positive integer, or nothing.
std::optional<std::uint64_t> positive_at(const json::object& frame, std::string_view key) {
  const auto* value = frame.if_contains(key);
  if (value == nullptr) return std::nullopt;
  if (const auto* number = value->if_int64(); number != nullptr && *number > 0) {
    return static_cast<std::uint64_t>(*number);
  }
  if (const auto* number = value->if_uint64()) return *number;
  return std::nullopt;
}

std::optional<SourcePosition> position_of(const json::object& frame) {
  const auto line = positive_at(frame, "line");
  if (!line || *line > max_position) return std::nullopt;
  const auto column = positive_at(frame, "column");
  return SourcePosition{static_cast<unsigned>(*line),
                        column && *column <= max_position ? static_cast<unsigned>(*column) : 0};
}

}  // namespace

GuestReader::GuestReader(const ScriptLimits& limits)
    : limits_(limits),
      max_total_(protocol::max_frame + limits.calls * cost(limits.call_size + envelope_size) +
                 limits.console_lines * cost(limits.console_line_size * max_escape_size + envelope_size)) {}

void GuestReader::append(std::string_view bytes) {
  buffer_.erase(0, std::exchange(unread_, 0));
  buffer_ += bytes;
}

std::optional<GuestMessage> GuestReader::next() {
  while (!fault_ && !ended_) {
    const auto frame = take_frame();
    if (!frame) break;
    if (auto message = read(*frame)) return message;
  }
  return std::nullopt;
}

std::optional<std::string_view> GuestReader::take_frame() {
  const auto unread = std::string_view(buffer_).substr(unread_);
  if (unread.size() < length_size) return std::nullopt;
  std::uint32_t length = 0;
  std::memcpy(&length, unread.data(), length_size);
  if (length > protocol::max_frame) return fail(Ending::protocol, "a frame is too long");
  if (total_ + cost(length) > max_total_) return fail(Ending::protocol, "too many bytes");
  if (unread.size() - length_size < length) return std::nullopt;
  unread_ += length_size + length;
  total_ += cost(length);
  return unread.substr(length_size, length);
}

std::optional<GuestMessage> GuestReader::read(std::string_view frame) {
  json::parse_options options;
  options.max_depth = max_depth;
  boost::system::error_code malformed;
  auto value = json::parse(frame, malformed, {}, options);
  if (malformed) return fail(Ending::protocol, "a frame is not valid JSON or too deep");
  auto* object = value.if_object();
  const auto* type = object == nullptr ? nullptr : text_at(*object, "type");
  if (type == nullptr) return fail(Ending::protocol, "a frame has no type");
  if (*type == "call") return read_call(*object, frame.size());
  if (*type == "console") return read_line(*object);
  if (*type == "idle") return read_idle(*object, frame.size());
  if (*type == "ended" || *type == "failed") return read_end(*object, frame.size());
  return fail(Ending::protocol, "a frame has an unknown type");
}

std::optional<GuestMessage> GuestReader::read_call(json::object& frame, std::size_t size) {
  if (positive_at(frame, "call") != calls_ + 1) return fail(Ending::protocol, "a call has the wrong number");
  if (++calls_ > limits_.calls) return fail(Ending::calls, "too many calls");
  if (size > limits_.call_size + envelope_size) return fail(Ending::call_size, "a call is too long");
  const auto* name = text_at(frame, "method");
  const auto method = name == nullptr ? std::nullopt : parse_method(*name);
  if (!method) return fail(Ending::protocol, "a call has an unknown method");
  auto* arguments = frame.if_contains("arguments");
  if (arguments == nullptr || !arguments->is_object()) return fail(Ending::protocol, "a call has no arguments");
  return GuestCall{calls_, {*method, std::move(arguments->get_object())}};
}

std::optional<GuestMessage> GuestReader::read_line(const json::object& frame) {
  const auto* name = text_at(frame, "level");
  const auto level = name == nullptr ? std::nullopt : parse_console_level(*name);
  const auto* text = text_at(frame, "text");
  if (!level || text == nullptr) return fail(Ending::protocol, "a console line has no valid level or text");
  if (lines_ >= limits_.console_lines) return std::nullopt;
  ++lines_;
  return GuestLine{*level, truncated(*text, limits_.console_line_size)};
}

std::optional<GuestMessage> GuestReader::read_idle(const json::object& frame, std::size_t size) {
  if (size > envelope_size) return fail(Ending::protocol, "an idle frame is too long");
  total_ -= cost(size);
  GuestIdle idle;
  if (const auto wait = positive_at(frame, "wait")) idle.wait = std::chrono::milliseconds(std::min(*wait, max_idle));
  idle.memory = std::min(positive_at(frame, "memory").value_or(0), std::uint64_t{limits_.memory});
  const std::chrono::microseconds max_cpu = limits_.cpu;
  if (const auto cpu = positive_at(frame, "cpu")) {
    idle.cpu = std::chrono::microseconds(std::min(*cpu, static_cast<std::uint64_t>(max_cpu.count())));
  }
  return idle;
}

std::optional<GuestMessage> GuestReader::read_end(const json::object& frame, std::size_t size) {
  if (size > protocol::max_last_frame) return fail(Ending::protocol, "the last frame is too long");
  GuestEnd end;
  if (frame.at("type").as_string() == "failed") {
    const auto* reason = text_at(frame, "reason");
    const auto* known = std::find_if(reported_endings.begin(), reported_endings.end(),
                                     [&](Ending each) { return reason != nullptr && *reason == to_string(each); });
    if (known == reported_endings.end()) return fail(Ending::protocol, "a failure has an unknown reason");
    auto& outcome = end.outcome;
    outcome.ending = *known;
    if (!read_text(frame, "name", max_name, outcome.name) ||
        !read_text(frame, "message", max_message, outcome.message) ||
        !read_text(frame, "stack", max_stack, outcome.stack)) {
      return fail(Ending::protocol, "a failure's text is not a string");
    }
    outcome.position = position_of(frame);
  }
  ended_ = true;
  return end;
}

std::nullopt_t GuestReader::fail(Ending ending, std::string_view why) {
  fault_ = Fault{ending, why};
  return std::nullopt;
}

}  // namespace guildhall::vm
