#include "bot/custom/component_ids.hpp"

#include <array>
#include <boost/json/object.hpp>
#include <charconv>
#include <cstdint>

namespace guildhall::bot {
namespace {

/// Discord: components/reference, Custom ID: 1 to 100 characters. Bytes are never fewer.
constexpr std::size_t longest = 100;

/// FNV-1a: the same on every machine and in every version of guildhall.
std::uint64_t hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

std::string to_hex(std::uint64_t number) {
  std::array<char, 16> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return {digits.data(), end};
}

}  // namespace

std::string component_id(base::CommandId command, std::string_view custom_id) {
  std::string id = command.to_string() + ":";
  if (id.size() + custom_id.size() <= longest) return id += custom_id;
  return id + "#" + to_hex(hash(custom_id));
}

void name_components(boost::json::array& rows, base::CommandId command) {
  for (auto& row : rows) {
    for (auto& component : row.as_object().at("components").as_array()) {
      auto* custom_id = component.as_object().if_contains("custom_id");
      if (custom_id != nullptr) *custom_id = component_id(command, custom_id->as_string());
    }
  }
}

}  // namespace guildhall::bot
