#include "base/base64.hpp"

#include <array>
#include <cstdint>

namespace guildhall::base {
namespace {

constexpr std::string_view standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t foreign = 0xFF;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(foreign);
  for (std::size_t i = 0; i < standard.size(); ++i) {
    values[static_cast<std::uint8_t>(standard[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}
constexpr auto values = make_values();

constexpr std::uint32_t byte(char c) { return static_cast<std::uint8_t>(c); }

/// All but the padding.
void append_digits(std::string& out, std::string_view bytes, std::string_view alphabet) {
  std::size_t at = 0;
  for (; at + 3 <= bytes.size(); at += 3) {
    const std::uint32_t group = byte(bytes[at]) << 16 | byte(bytes[at + 1]) << 8 | byte(bytes[at + 2]);
    const std::array<char, 4> digits{alphabet[group >> 18], alphabet[group >> 12 & 63], alphabet[group >> 6 & 63],
                                     alphabet[group & 63]};
    out.append(digits.data(), digits.size());
  }
  if (bytes.size() - at == 1) {
    const std::uint32_t group = byte(bytes[at]) << 16;
    out.push_back(alphabet[group >> 18]);
    out.push_back(alphabet[group >> 12 & 63]);
  } else if (bytes.size() - at == 2) {
    const std::uint32_t group = byte(bytes[at]) << 16 | byte(bytes[at + 1]) << 8;
    out.push_back(alphabet[group >> 18]);
    out.push_back(alphabet[group >> 12 & 63]);
    out.push_back(alphabet[group >> 6 & 63]);
  }
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
  append_digits(out, bytes, standard);
  out.append((3 - bytes.size() % 3) % 3, '=');
}

std::string encode_base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  append_base64(out, bytes);
  return out;
}

std::string encode_base64url(std::string_view bytes) {
  std::string out;
  append_digits(out, bytes, url_safe);
  return out;
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 == 0) {
    if (text.ends_with('=')) text.remove_suffix(1);
    if (text.ends_with('=')) text.remove_suffix(1);
  }
  if (text.size() % 4 == 1) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t group = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::uint8_t value = values[static_cast<std::uint8_t>(c)];
    if (value == foreign) return std::nullopt;
    group = group << 6 | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out.push_back(static_cast<char>(group >> bits & 0xFF));
  }
  return out;
}

}  // namespace guildhall::base
