#include "discord/gateway/payload.hpp"

#include <simdjson.h>

#include "discord/gateway/payload_stream.hpp"

namespace guildhall::discord {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(PayloadBuffer::padding >= simdjson::SIMDJSON_PADDING);

/// Capacity that the parser keeps; it occupies about five times as much memory.
constexpr std::size_t kept_capacity = 256 * 1024;

std::string_view trim(std::string_view token) {
  const auto end = token.find_last_not_of(" \t\r\n");
  return end == std::string_view::npos ? std::string_view() : token.substr(0, end + 1);
}

/// The text of a value, which is skipped.
std::optional<std::string_view> raw(ondemand::value value) {
  ondemand::json_type type{};
  if (value.type().get(type) != simdjson::SUCCESS) return std::nullopt;
  std::string_view text;
  if (type == ondemand::json_type::object) {
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return std::nullopt;
    if (object.raw_json().get(text) != simdjson::SUCCESS) return std::nullopt;
  } else if (type == ondemand::json_type::array) {
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return std::nullopt;
    if (array.raw_json().get(text) != simdjson::SUCCESS) return std::nullopt;
  } else {
    text = value.raw_json_token();
  }
  return trim(text);
}

bool is_null(ondemand::value& value) {
  bool null = false;
  return value.is_null().get(null) == simdjson::SUCCESS && null;
}

/// A number or null.
bool read_sequence(ondemand::value value, std::optional<std::uint64_t>& sequence) {
  if (is_null(value)) return true;
  std::uint64_t number = 0;
  if (value.get_uint64().get(number) != simdjson::SUCCESS) return false;
  sequence = number;
  return true;
}

/// A name in capitals or null.
bool read_name(ondemand::value value, std::string_view& name) {
  if (is_null(value)) return true;
  const auto token = trim(value.raw_json_token());
  if (token.size() < 2 || token.front() != '"' || token.back() != '"') return false;
  name = token.substr(1, token.size() - 2);
  return !name.empty() && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

bool read_field(ondemand::field& field, Payload& payload, bool& has_opcode) {
  ondemand::value value = field.value();
  if (field.key() == "op") {
    has_opcode = true;
    return value.get_uint64().get(payload.opcode) == simdjson::SUCCESS;
  }
  if (field.key() == "s") return read_sequence(value, payload.sequence);
  if (field.key() == "t") return read_name(value, payload.name);
  if (field.key() != "d") return true;
  const auto data = raw(value);
  if (data) payload.data = *data;
  return data.has_value();
}

}  // namespace

struct PayloadReader::Impl {
  /// Parses `text` as an object.
  bool begin(std::string_view text) {
    if (parser.capacity() > kept_capacity && text.size() < parser.capacity() / 4) parser = ondemand::parser();
    const auto error = parser.iterate(text, text.size() + PayloadBuffer::padding).get(document);
    return error == simdjson::SUCCESS && document.get_object().get(object) == simdjson::SUCCESS;
  }

  ondemand::parser parser;
  ondemand::document document;
  ondemand::object object;
};

PayloadReader::PayloadReader() : impl_(std::make_unique<Impl>()) {}

PayloadReader::~PayloadReader() = default;

std::optional<Payload> PayloadReader::read(std::string_view text) {
  if (!impl_->begin(text)) return std::nullopt;
  Payload payload;
  bool has_opcode = false;
  for (auto item : impl_->object) {
    ondemand::field field;
    if (std::move(item).get(field) != simdjson::SUCCESS) return std::nullopt;
    if (!read_field(field, payload, has_opcode)) return std::nullopt;
  }
  // A location means that something follows the object.
  if (!has_opcode || impl_->document.current_location().error() == simdjson::SUCCESS) return std::nullopt;
  return payload;
}

std::optional<std::chrono::milliseconds> PayloadReader::read_hello(std::string_view data) {
  std::uint64_t interval = 0;
  if (!impl_->begin(data)) return std::nullopt;
  if (impl_->object["heartbeat_interval"].get_uint64().get(interval) != simdjson::SUCCESS) return std::nullopt;
  // With an interval of more than a day, no heartbeat would be sent.
  if (interval == 0 || interval > 86'400'000) return std::nullopt;
  return std::chrono::milliseconds(interval);
}

std::optional<ReadyData> PayloadReader::read_ready(std::string_view data) {
  if (!impl_->begin(data)) return std::nullopt;
  std::string_view session_id;
  std::string_view resume_url;
  if (impl_->object["session_id"].get_string().get(session_id) != simdjson::SUCCESS) return std::nullopt;
  if (impl_->object["resume_gateway_url"].get_string().get(resume_url) != simdjson::SUCCESS) return std::nullopt;
  if (session_id.empty() || resume_url.empty()) return std::nullopt;
  return ReadyData{std::string(session_id), std::string(resume_url)};
}

}  // namespace guildhall::discord
