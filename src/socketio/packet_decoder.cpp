#include "socketio/packet_decoder.hpp"

#include <algorithm>
#include <charconv>

#include "socketio/json_text.hpp"

namespace guildhall::socketio {
namespace {

/// Number.MAX_SAFE_INTEGER: what JavaScript counts acknowledgements with.
constexpr std::uint64_t max_id = (std::uint64_t{1} << 53) - 1;

base::Error malformed(std::string_view what) { return {base::Errc::malformed, std::string(what)}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the digits at the beginning of `rest`; nothing where there are none or they make a number above `limit`.
std::optional<std::uint64_t> take_number(std::string_view& rest, std::uint64_t limit) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (failure != std::errc{} || number > limit) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return number;
}

/// From `/` to the comma, which may be left out where nothing follows.
std::string take_nsp(std::string_view& rest) {
  if (!rest.starts_with('/')) return "/";
  const auto length = std::min(rest.find(','), rest.size());
  std::string nsp(rest.substr(0, length));
  rest.remove_prefix(std::min(length + 1, rest.size()));
  return nsp;
}

bool names_event(const boost::json::value& value) {
  return value.is_number() || (value.is_string() && !is_reserved(value.get_string()));
}

/// Whether a packet of that type may carry `data`; `present` is false where it carries nothing.
bool may_carry(PacketType type, const boost::json::value& data, bool present) {
  switch (type) {
    case PacketType::connect: return !present || data.is_object();
    case PacketType::disconnect: return !present;
    case PacketType::connect_error: return !present || data.is_object() || data.is_string();
    case PacketType::event:
    case PacketType::binary_event:
      return data.is_array() && !data.get_array().empty() && names_event(data.get_array().front());
    case PacketType::ack:
    case PacketType::binary_ack: return data.is_array();
  }
  return false;
}

/// True where each placeholder within `value` stands for one of so many attachments.
bool placeholders_fit(const boost::json::value& value, std::size_t attachments) {
  const auto fits = [attachments](const boost::json::value& inner) { return placeholders_fit(inner, attachments); };
  if (const auto* array = value.if_array()) return std::ranges::all_of(*array, fits);
  const auto* object = value.if_object();
  if (object == nullptr) return true;
  if (const auto number = placeholder_number(value)) return *number < attachments;
  return std::ranges::all_of(*object, [&](const auto& member) { return fits(member.value()); });
}

}  // namespace

base::Result<std::optional<Packet>> PacketDecoder::text(std::string_view message) {
  if (incomplete_) return malformed("Text where an attachment was expected");
  if (message.empty() || message.front() < '0' || message.front() > '6') return malformed("No type of packet");
  Packet packet;
  packet.type = static_cast<PacketType>(message.front() - '0');
  auto rest = message.substr(1);

  const bool binary = packet.type == PacketType::binary_event || packet.type == PacketType::binary_ack;
  std::uint64_t attachments = 0;
  if (binary) {
    const auto number = take_number(rest, max_attachments_);
    if (!number || *number == 0 || !rest.starts_with('-')) return malformed("A wrong number of attachments");
    attachments = *number;
    rest.remove_prefix(1);
  }

  packet.nsp = take_nsp(rest);
  if (!rest.empty() && is_digit(rest.front())) {
    packet.id = take_number(rest, max_id);
    if (!packet.id) return malformed("An id out of range");
  }

  if (!rest.empty()) {
    auto data = parse_json(rest);
    if (!data) return malformed("Not JSON");
    packet.data = std::move(*data);
  }
  if (!may_carry(packet.type, packet.data, !rest.empty()))
    return malformed("Data that this type of packet cannot have");
  const bool is_answer = packet.type == PacketType::ack || packet.type == PacketType::binary_ack;
  if (is_answer && !packet.id) return malformed("An acknowledgement of nothing");
  if (!binary) return std::optional(std::move(packet));

  packet.type = packet.type == PacketType::binary_event ? PacketType::event : PacketType::ack;
  incomplete_ = std::make_unique<Incomplete>(Incomplete{std::move(packet), attachments});
  return std::optional<Packet>();
}

base::Result<std::optional<Packet>> PacketDecoder::binary(std::string_view message) {
  if (!incomplete_) return malformed("An attachment where none was expected");
  auto& packet = incomplete_->packet;
  packet.attachments.emplace_back(message);
  if (packet.attachments.size() < incomplete_->attachments) return std::optional<Packet>();
  const auto complete = std::move(incomplete_);
  if (!placeholders_fit(packet.data, packet.attachments.size())) return malformed("A placeholder for no attachment");
  return std::optional(std::move(packet));
}

}  // namespace guildhall::socketio
