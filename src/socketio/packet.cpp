#include "socketio/packet.hpp"

#include <algorithm>
#include <array>

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

}  // namespace

bool is_reserved(std::string_view event) { return std::ranges::find(reserved_events, event) != reserved_events.end(); }

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
  append_json(text, boost::json::value(event));
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

}  // namespace guildhall::socketio
