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
/// What a frame has beside a call's arguments, or a line's text.
constexpr std::size_t envelope = 256;
/// A byte of text in JSON: `\u0000`.
constexpr std::size_t longest_escape = 6;
/// What a frame counts for at least, since reading many short ones takes time too.
constexpr std::size_t least_cost = 1'024;
constexpr std::size_t deepest = 32;
constexpr std::size_t longest_name = 100;
constexpr std::size_t longest_message = 1'000;
constexpr std::size_t longest_stack = 4'000;
/// Of lines and columns. No script has more; a place beyond is an invention.
constexpr std::uint64_t farthest = 1'000'000;

/// The reasons that a run may give.
constexpr std::array reasons{Ending::syntax, Ending::exception, Ending::cpu,
                             Ending::memory, Ending::calls,     Ending::call_size};

std::size_t cost(std::size_t size) { return std::max(size, least_cost); }

/// Cuts valid UTF-8 between two characters.
std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
  while (most > 0 && continues(most)) --most;
  return std::string(text.substr(0, most));
}

const json::string* text_at(const json::object& frame, std::string_view key) {
  const auto* value = frame.if_contains(key);
  return value == nullptr ? nullptr : value->if_string();
}

/// False where `key` is there and no text.
bool take_text(const json::object& frame, std::string_view key, std::size_t most, std::string& to) {
  if (!frame.contains(key)) return true;
  const auto* text = text_at(frame, key);
  if (text == nullptr) return false;
  to = cut(*text, most);
  return true;
}

/// A whole number from 1, or nothing.
std::optional<std::uint64_t> count_at(const json::object& frame, std::string_view key) {
  const auto* value = frame.if_contains(key);
  if (value == nullptr) return std::nullopt;
  if (const auto* number = value->if_int64(); number != nullptr && *number > 0) {
    return static_cast<std::uint64_t>(*number);
  }
  if (const auto* number = value->if_uint64()) return *number;
  return std::nullopt;
}

std::optional<SourcePosition> place_of(const json::object& frame) {
  const auto line = count_at(frame, "line");
  if (!line || *line > farthest) return std::nullopt;
  const auto column = count_at(frame, "column");
  return SourcePosition{static_cast<unsigned>(*line),
                        column && *column <= farthest ? static_cast<unsigned>(*column) : 0};
}

}  // namespace

GuestReader::GuestReader(const ScriptLimits& limits)
    : limits_(limits),
      most_(protocol::longest_frame + limits.calls * cost(limits.call_size + envelope) +
            limits.console_lines * cost(limits.console_line_size * longest_escape + envelope)) {}

void GuestReader::append(std::string_view bytes) {
  buffer_.erase(0, std::exchange(begin_, 0));
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
  const auto unread = std::string_view(buffer_).substr(begin_);
  if (unread.size() < length_size) return std::nullopt;
  std::uint32_t length = 0;
  std::memcpy(&length, unread.data(), length_size);
  if (length > protocol::longest_frame) return fail(Ending::protocol, "a frame is too long");
  if (said_ + cost(length) > most_) return fail(Ending::protocol, "too much was said");
  if (unread.size() - length_size < length) return std::nullopt;
  begin_ += length_size + length;
  said_ += cost(length);
  return unread.substr(length_size, length);
}

std::optional<GuestMessage> GuestReader::read(std::string_view frame) {
  json::parse_options options;
  options.max_depth = deepest;
  boost::system::error_code malformed;
  auto value = json::parse(frame, malformed, {}, options);
  if (malformed) return fail(Ending::protocol, "a frame is not JSON in UTF-8 of a bounded depth");
  auto* object = value.if_object();
  const auto* type = object == nullptr ? nullptr : text_at(*object, "type");
  if (type == nullptr) return fail(Ending::protocol, "a frame has no type");
  if (*type == "call") return read_call(*object, frame.size());
  if (*type == "console") return read_line(*object);
  if (*type == "ended" || *type == "failed") return read_end(*object, frame.size());
  return fail(Ending::protocol, "a frame is of an unknown type");
}

std::optional<GuestMessage> GuestReader::read_call(json::object& frame, std::size_t size) {
  if (count_at(frame, "call") != calls_ + 1) return fail(Ending::protocol, "a call has a wrong number");
  if (++calls_ > limits_.calls) return fail(Ending::calls, "too many calls");
  if (size > limits_.call_size + envelope) return fail(Ending::call_size, "a call is too long");
  const auto* name = text_at(frame, "method");
  const auto method = name == nullptr ? std::nullopt : parse_method(*name);
  if (!method) return fail(Ending::protocol, "a call is of an unknown method");
  auto* arguments = frame.if_contains("arguments");
  if (arguments == nullptr || !arguments->is_object()) return fail(Ending::protocol, "a call has no arguments");
  return GuestCall{calls_, {*method, std::move(arguments->get_object())}};
}

std::optional<GuestMessage> GuestReader::read_line(const json::object& frame) {
  const auto* name = text_at(frame, "level");
  const auto level = name == nullptr ? std::nullopt : parse_console_level(*name);
  const auto* text = text_at(frame, "text");
  if (!level || text == nullptr) return fail(Ending::protocol, "a line of the console has no level or no text");
  if (lines_ >= limits_.console_lines) return std::nullopt;
  ++lines_;
  return GuestLine{*level, cut(*text, limits_.console_line_size)};
}

std::optional<GuestMessage> GuestReader::read_end(const json::object& frame, std::size_t size) {
  if (size > protocol::longest_last_frame) return fail(Ending::protocol, "the last frame is too long");
  GuestEnd end;
  if (frame.at("type").as_string() == "failed") {
    const auto* reason = text_at(frame, "reason");
    const auto* known = std::find_if(reasons.begin(), reasons.end(),
                                     [&](Ending each) { return reason != nullptr && *reason == to_string(each); });
    if (known == reasons.end()) return fail(Ending::protocol, "a failure has an unknown reason");
    auto& outcome = end.outcome;
    outcome.ending = *known;
    if (!take_text(frame, "name", longest_name, outcome.name) ||
        !take_text(frame, "message", longest_message, outcome.message) ||
        !take_text(frame, "stack", longest_stack, outcome.stack)) {
      return fail(Ending::protocol, "a failure's text is none");
    }
    outcome.position = place_of(frame);
  }
  ended_ = true;
  return end;
}

std::nullopt_t GuestReader::fail(Ending ending, std::string_view why) {
  fault_ = Fault{ending, why};
  return std::nullopt;
}

}  // namespace guildhall::vm
