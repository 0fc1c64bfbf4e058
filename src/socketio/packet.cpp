#include "socketio/packet.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "socketio/json_text.hpp"

namespace guildhall::socketio {
namespace {

constexpr std::array<std::string_view, 6> reserved_events{"connect",       "connect_error", "disconnect",
                                                          "disconnecting", "newListener",   "removeListener"};

void append_arguments(std::string& out, const boost::json::array& values) {
  bool first = out.back() == '[';
  for (const auto& value : values) {
    if (!first) out.push_back(',');
    first = false;
    append_json(out, value);
  }
  out.push_back(']');
}

std::string begin_packet(PacketType type, std::string_view nsp, std::size_t attachments = 0) {
  std::string text(1, static_cast<char>('0' + static_cast<int>(type)));
  if (attachments != 0) text.append(std::to_string(attachments)).push_back('-');
  if (nsp != "/") text.append(nsp).push_back(',');
  return text;
}

bool is_reserved(std::string_view event) { return std::ranges::find(reserved_events, event) != reserved_events.end(); }

/// JavaScript's Number.MAX_SAFE_INTEGER.
constexpr std::uint64_t max_id = (std::uint64_t{1} << 53) - 1;

base::Error malformed(std::string_view what) { return {base::Errc::malformed, std::string(what)}; }

/// Reads the digits at the start of `rest`; nothing if there are none or the number is above `max`.
std::optional<std::uint64_t> read_number(std::string_view& rest, std::uint64_t max) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (failure != std::errc{} || number > max) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return number;
}

/// Reads from `/` to the comma, which may be missing where nothing follows.
std::string read_nsp(std::string_view& rest) {
  if (!rest.starts_with('/')) return "/";
  const auto length = std::min(rest.find(','), rest.size());
  std::string nsp(rest.substr(0, length));
  rest.remove_prefix(std::min(length + 1, rest.size()));
  return nsp;
}

bool is_event_name(const boost::json::value& value) {
  return value.is_number() || (value.is_string() && !is_reserved(value.get_string()));
}

/// Whether `data` is valid for a packet of that type; `present` is false if the packet has none.
bool is_valid_data(PacketType type, const boost::json::value& data, bool present) {
  switch (type) {
    case PacketType::connect: return !present || data.is_object();
    case PacketType::disconnect: return !present;
    case PacketType::connect_error: return !present || data.is_object() || data.is_string();
    case PacketType::event:
    case PacketType::binary_event:
      return data.is_array() && !data.get_array().empty() && is_event_name(data.get_array().front());
    case PacketType::ack:
    case PacketType::binary_ack: return data.is_array();
  }
  return false;
}

/// True where each placeholder within `value` names one of so many attachments.
bool placeholders_are_valid(const boost::json::value& value, std::size_t attachments) {
  const auto fits = [attachments](const boost::json::value& inner) {
    return placeholders_are_valid(inner, attachments);
  };
  if (const auto* array = value.if_array()) return std::ranges::all_of(*array, fits);
  const auto* object = value.if_object();
  if (object == nullptr) return true;
  if (const auto number = placeholder_number(value)) return *number < attachments;
  return std::ranges::all_of(*object, [&](const auto& member) { return fits(member.value()); });
}

}  // namespace

void require_unreserved(std::string_view event) {
  if (is_reserved(event)) throw std::invalid_argument('"' + std::string(event) + "\" is a reserved event name");
}

std::string encode_packet(PacketType type, std::string_view nsp, const boost::json::value& data) {
  auto text = begin_packet(type, nsp);
  if (!data.is_null()) append_json(text, data);
  return text;
}

std::string encode_event(std::string_view nsp, std::string_view event, const Arguments& arguments,
                         std::optional<std::uint64_t> id) {
  const auto attachments = arguments.attachments().size();
  auto text = begin_packet(attachments == 0 ? PacketType::event : PacketType::binary_event, nsp, attachments);
  if (id) text += std::to_string(*id);
  text.push_back('[');
  base::append_json_string(text, event);
  append_arguments(text, arguments.values());
  return text;
}

std::string encode_ack(std::string_view nsp, std::uint64_t id, const Arguments& arguments) {
  const auto attachments = arguments.attachments().size();
  auto text = begin_packet(attachments == 0 ? PacketType::ack : PacketType::binary_ack, nsp, attachments);
  text.append(std::to_string(id)).push_back('[');
  append_arguments(text, arguments.values());
  return text;
}

base::Result<std::optional<Packet>> PacketDecoder::text(std::string_view message) {
  if (incomplete_) return malformed("Text instead of an attachment");
  if (message.empty() || message.front() < '0' || message.front() > '6') return malformed("Unknown packet type");
  Packet packet;
  packet.type = static_cast<PacketType>(message.front() - '0');
  auto rest = message.substr(1);

  const bool binary = packet.type == PacketType::binary_event || packet.type == PacketType::binary_ack;
  std::uint64_t attachments = 0;
  if (binary) {
    const auto number = read_number(rest, max_attachments_);
    if (!number || *number == 0 || !rest.starts_with('-')) return malformed("Invalid number of attachments");
    attachments = *number;
    rest.remove_prefix(1);
  }

  packet.nsp = read_nsp(rest);
  if (!rest.empty() && base::is_digit(rest.front())) {
    packet.id = read_number(rest, max_id);
    if (!packet.id) return malformed("Id out of range");
  }

  if (!rest.empty()) {
    auto data = parse_json(rest);
    if (!data) return malformed("Invalid JSON");
    packet.data = std::move(*data);
  }
  if (!is_valid_data(packet.type, packet.data, !rest.empty())) return malformed("Invalid data for the packet type");
  const bool is_answer = packet.type == PacketType::ack || packet.type == PacketType::binary_ack;
  if (is_answer && !packet.id) return malformed("Acknowledgement without id");
  if (!binary) return std::optional(std::move(packet));

  packet.type = packet.type == PacketType::binary_event ? PacketType::event : PacketType::ack;
  incomplete_ = std::make_unique<Incomplete>(Incomplete{std::move(packet), attachments, message.size()});
  return std::optional<Packet>();
}

base::Result<std::optional<Packet>> PacketDecoder::binary(std::string_view message) {
  if (!incomplete_) return malformed("Unexpected attachment");
  auto& packet = incomplete_->packet;
  incomplete_->bytes += message.size();
  if (incomplete_->bytes > max_bytes_) return malformed("The attachments are too large");
  packet.attachments.emplace_back(message);
  if (packet.attachments.size() < incomplete_->attachments) return std::optional<Packet>();
  const auto complete = std::move(incomplete_);
  if (!placeholders_are_valid(packet.data, packet.attachments.size()))
    return malformed("Placeholder without attachment");
  return std::optional(std::move(packet));
}

}  // namespace guildhall::socketio
