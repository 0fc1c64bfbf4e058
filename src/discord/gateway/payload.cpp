#include "discord/gateway/payload.hpp"

#include <simdjson.h>

#include "base/text.hpp"
#include "discord/gateway/payload_stream.hpp"

namespace guildhall::discord {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(PayloadBuffer::padding >= simdjson::SIMDJSON_PADDING);

/// Capacity that the parser keeps; it occupies about five times as much memory.
constexpr std::size_t kept_capacity = 256 * 1024;
constexpr std::string_view name_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/// The text of a value, which is skipped.
std::string_view raw_text(ondemand::value value) {
  switch (value.type().value()) {
    case ondemand::json_type::object: return base::trim(value.get_object().value().raw_json().value());
    case ondemand::json_type::array: return base::trim(value.get_array().value().raw_json().value());
    default: return base::trim(value.raw_json_token());
  }
}

/// Empty unless it looks like the name of a Discord event.
std::string_view event_name(ondemand::value value) {
  const auto token = base::trim(value.raw_json_token());
  if (token.size() <= 2 || token.front() != '"' || token.back() != '"') return {};
  const auto name = token.substr(1, token.size() - 2);
  return name.find_first_not_of(name_characters) == std::string_view::npos ? name : std::string_view();
}

}  // namespace

struct PayloadReader::Impl {
  /// What `read` returns for the object in `text`; nothing if that is malformed.
  template <class Read>
  auto read_object(std::string_view text, Read read) -> decltype(read(std::declval<ondemand::object&>())) {
    if (parser.capacity() > kept_capacity && text.size() < parser.capacity() / 4) parser = ondemand::parser();
    try {
      document = parser.iterate(text, text.size() + PayloadBuffer::padding);
      ondemand::object object = document.get_object();
      return read(object);
    } catch (const simdjson::simdjson_error&) {
      return std::nullopt;
    }
  }

  ondemand::parser parser;
  ondemand::document document;
};

PayloadReader::PayloadReader() : impl_(std::make_unique<Impl>()) {}
PayloadReader::~PayloadReader() = default;

std::optional<Payload> PayloadReader::read(std::string_view text) {
  return impl_->read_object(text, [this](ondemand::object& object) -> std::optional<Payload> {
    Payload payload;
    bool has_opcode = false;
    for (ondemand::field field : object) {
      ondemand::value value = field.value();
      if (field.key() == "op") {
        has_opcode = true;
        payload.opcode = value.get_uint64();
      } else if (field.key() == "s") {
        std::uint64_t sequence = 0;
        if (value.get_uint64().get(sequence) == simdjson::SUCCESS) payload.sequence = sequence;
      } else if (field.key() == "t") {
        payload.name = event_name(value);
      } else if (field.key() == "d") {
        payload.data = raw_text(value);
      }
    }
    // A location means that something follows the object.
    if (!has_opcode || impl_->document.current_location().error() == simdjson::SUCCESS) return std::nullopt;
    return payload;
  });
}

std::optional<std::chrono::milliseconds> PayloadReader::read_hello(std::string_view data) {
  using Result = std::optional<std::chrono::milliseconds>;
  return impl_->read_object(data, [](ondemand::object& object) -> Result {
    const std::uint64_t interval = object["heartbeat_interval"].get_uint64();
    // With an interval of more than a day, no heartbeat would be sent.
    if (interval == 0 || interval > 86'400'000) return std::nullopt;
    return std::chrono::milliseconds(interval);
  });
}

std::optional<ReadyData> PayloadReader::read_ready(std::string_view data) {
  return impl_->read_object(data, [](ondemand::object& object) -> std::optional<ReadyData> {
    const std::string_view session_id = object["session_id"].get_string();
    if (session_id.empty()) return std::nullopt;
    std::string_view resume_url;
    if (object["resume_gateway_url"].get_string().get(resume_url) != simdjson::SUCCESS) resume_url = {};
    return ReadyData{std::string(session_id), std::string(resume_url)};
  });
}

}  // namespace guildhall::discord
