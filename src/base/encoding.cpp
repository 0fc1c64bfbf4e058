#include "base/encoding.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <boost/algorithm/hex.hpp>
#include <iterator>

#include "base/text.hpp"

namespace guildhall::base {
namespace {

const unsigned char* data_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

unsigned char* end_of(std::string& text, std::size_t size) {
  return reinterpret_cast<unsigned char*>(text.data() + size);
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\f': out += "\\f"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      out += "\\u00";
      out += hex[static_cast<unsigned char>(c) >> 4U];
      out += hex[static_cast<unsigned char>(c) & 0xFU];
  }
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
  const auto size = out.size();
  out.resize(size + (bytes.size() + 2) / 3 * 4);  // OpenSSL ends it with a zero, where the string's own is.
  EVP_EncodeBlock(end_of(out, size), data_of(bytes), static_cast<int>(bytes.size()));
}

std::string encode_base64(std::string_view bytes) {
  std::string out;
  append_base64(out, bytes);
  return out;
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 == 0) {
    if (text.ends_with('=')) text.remove_suffix(1);
    if (text.ends_with('=')) text.remove_suffix(1);
  }
  const auto is_foreign = [](char c) { return !is_alnum(c) && c != '+' && c != '/'; };
  if (text.size() % 4 == 1 || std::ranges::any_of(text, is_foreign)) return std::nullopt;
  std::string padded(text);
  padded.append((4 - text.size() % 4) % 4, '=');
  std::string out(padded.size() / 4 * 3, '\0');
  EVP_DecodeBlock(end_of(out, 0), data_of(padded), static_cast<int>(padded.size()));
  out.resize(text.size() * 3 / 4);
  return out;
}

std::string encode_base64url(std::string_view bytes) {
  std::string out = encode_base64(bytes);
  out.resize((bytes.size() * 4 + 2) / 3);
  std::ranges::replace(out, '+', '-');
  std::ranges::replace(out, '/', '_');
  return out;
}

std::optional<std::string> decode_base64url(std::string_view text) {
  std::string standard(text);
  std::ranges::replace(standard, '-', '+');
  std::ranges::replace(standard, '_', '/');
  auto bytes = decode_base64(standard);
  if (!bytes || encode_base64url(*bytes) != text) return std::nullopt;
  return bytes;
}

std::string to_hex(std::span<const std::byte> bytes) {
  std::string text;
  const std::string_view raw(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  boost::algorithm::hex_lower(raw, std::back_inserter(text));
  return text;
}

std::optional<std::string> from_hex(std::string_view text) try {
  std::string bytes;
  boost::algorithm::unhex(text, std::back_inserter(bytes));
  return bytes;
} catch (const boost::algorithm::hex_decode_error&) {
  return std::nullopt;
}

std::string json_pointer(std::string_view token) {
  std::string pointer = "/";
  for (const char c : token) c == '~' ? pointer += "~0" : c == '/' ? pointer += "~1" : pointer += c;
  return pointer;
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, copied, i - copied);
    append_escaped(out, c);
    copied = i + 1;
  }
  out.append(text, copied);
  out += '"';
}

}  // namespace guildhall::base
