#include "bot/components/component_ids.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "base/encoding.hpp"
#include "base/utf8.hpp"

namespace guildhall::bot {
namespace {

constexpr char separator = '.';
constexpr std::size_t tag_size = 10;
// The flags' byte: the upper half is the version of the format.
constexpr unsigned char version = 0x10;
constexpr unsigned char has_caller = 1;
constexpr unsigned char has_expiry = 2;
constexpr unsigned char has_invocation = 4;
constexpr unsigned char is_hashed = 8;

void put_varint(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7U) out += static_cast<char>((number & 0x7F) | 0x80);
  out += static_cast<char>(number);
}

void put_fixed(std::string& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out += static_cast<char>((number >> static_cast<unsigned>(shift)) & 0xFF);
}

/// Reads numbers from bytes. After a missing number or one that is not in its shortest form every read fails.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  unsigned char byte() {
    if (rest_.empty()) bad_ = true;
    if (bad_) return 0;
    const auto first = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return first;
  }

  std::uint64_t varint() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto next = byte();
      const std::uint64_t part = next & 0x7FU;
      if (shift == 63 && part > 1) break;
      number |= part << shift;
      if ((next & 0x80U) != 0) continue;
      if (next == 0 && shift > 0) break;
      return number;
    }
    bad_ = true;
    return 0;
  }

  std::uint64_t fixed() {
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = (number << 8U) | byte();
    return number;
  }

  [[nodiscard]] bool done() const { return !bad_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool bad_ = false;
};

/// The signed bytes without tag and custom id.
std::string encode(const ComponentClaims& claims, std::optional<std::uint64_t> hash) {
  unsigned char flags = version;
  if (claims.caller) flags |= has_caller;
  if (claims.expires) flags |= has_expiry;
  if (claims.invocation) flags |= has_invocation;
  if (hash) flags |= is_hashed;
  std::string out(1, static_cast<char>(flags));
  put_varint(out, claims.command.value());
  put_varint(out, claims.revision);
  if (claims.caller) put_fixed(out, claims.caller->value());
  if (claims.expires) put_varint(out, static_cast<std::uint64_t>(claims.expires->time_since_epoch().count()));
  if (claims.invocation) put_fixed(out, claims.invocation->value());
  if (hash) put_fixed(out, *hash);
  return out;
}

std::optional<VerifiedId> decode(base::GuildId guild, std::string_view bytes) {
  Reader reader(bytes);
  const auto flags = reader.byte();
  if ((flags & 0xF0U) != version) return std::nullopt;
  VerifiedId id;
  id.claims.guild = guild;
  id.claims.command = base::CommandId{reader.varint()};
  id.claims.revision = reader.varint();
  if ((flags & has_caller) != 0) id.claims.caller = base::UserId{reader.fixed()};
  if ((flags & has_expiry) != 0) {
    const auto seconds = reader.varint();
    if (seconds > UINT32_MAX) return std::nullopt;
    id.claims.expires = std::chrono::sys_seconds(std::chrono::seconds(seconds));
  }
  if ((flags & has_invocation) != 0) id.claims.invocation = InvocationId{reader.fixed()};
  if ((flags & is_hashed) != 0) id.hash = reader.fixed();
  if (!reader.done()) return std::nullopt;
  return id;
}

std::string tag(const base::Secret& key, base::GuildId guild, std::string_view encoded, std::string_view custom_id) {
  std::string signed_bytes;
  put_fixed(signed_bytes, guild.value());
  // No separator needed: the encoded bytes tell where they end.
  signed_bytes += encoded;
  signed_bytes += custom_id;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  const auto secret = key.reveal();
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(signed_bytes.data()), signed_bytes.size(), digest.data(),
           &length) == nullptr) {
    throw std::runtime_error("HMAC failed");
  }
  return {reinterpret_cast<const char*>(digest.data()), tag_size};
}

std::size_t base64_length(std::size_t bytes) { return (bytes * 4 + 2) / 3; }

}  // namespace

ComponentIds::ComponentIds(std::vector<base::Secret> keys) { replace_keys(std::move(keys)); }

void ComponentIds::replace_keys(std::vector<base::Secret> keys) {
  if (keys.empty()) throw std::invalid_argument("ComponentIds needs a key");
  keys_.set(std::move(keys));
}

std::size_t ComponentIds::max_custom_id(const ComponentClaims& claims) {
  return max_length - base64_length(encode(claims, std::nullopt).size() + tag_size) - 1;
}

std::string ComponentIds::sign(const ComponentClaims& claims, std::string_view custom_id) const {
  // Counting bytes where it is not valid UTF-8 is safe: there are never fewer bytes than characters.
  const bool fits = base::count_code_points(custom_id).value_or(custom_id.size()) <= max_custom_id(claims);
  auto encoded = encode(claims, fits ? std::nullopt : std::optional(hash(custom_id)));
  encoded += tag(keys_.get()->front(), claims.guild, encoded, fits ? custom_id : std::string_view());
  auto id = base::encode_base64url(encoded);
  if (fits) (id += separator) += custom_id;
  return id;
}

std::optional<VerifiedId> ComponentIds::verify(base::GuildId guild, std::string_view id) const {
  const auto end = std::min(id.find(separator), id.size());
  const auto bytes = base::decode_base64url(id.substr(0, end));
  if (!bytes || bytes->size() <= tag_size) return std::nullopt;
  const auto encoded = std::string_view(*bytes).substr(0, bytes->size() - tag_size);
  const auto given = std::string_view(*bytes).substr(encoded.size());
  const auto custom_id = end == id.size() ? std::string_view() : id.substr(end + 1);
  bool authentic = false;
  const auto keys = keys_.get();
  for (const auto& key : *keys) {
    authentic |= base::equal_in_constant_time(tag(key, guild, encoded, custom_id), given);
  }
  if (!authentic) return std::nullopt;
  auto verified = decode(guild, encoded);
  // An id with a hash has no dot, every other id has one.
  if (!verified || verified->hash.has_value() != (end == id.size())) return std::nullopt;
  verified->custom_id = custom_id;
  return verified;
}

/// FNV-1a.
std::uint64_t ComponentIds::hash(std::string_view custom_id) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : custom_id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace guildhall::bot
