#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace guildhall::jwt {

/// Encrypts and decrypts compact JWE (RFC 7516 section 7.1) with `alg: dir` and `enc: A256GCM`, and with nothing else.
/// Immutable, so any thread may use it.
class Jwe {
 public:
  /// Longest token that is looked at, in bytes.
  static constexpr std::size_t longest = 8 * 1024;

  /// `keys` are 32 bytes each, at least one; the first encrypts, all decrypt.
  explicit Jwe(std::span<const base::Secret> keys);
  ~Jwe();
  Jwe(const Jwe&) = delete;
  Jwe& operator=(const Jwe&) = delete;

  [[nodiscard]] std::string encrypt(std::string_view plaintext) const;

  /// The plaintext, if `token` is well-formed, of exactly our algorithms, without compression (`zip`) or extensions
  /// (`crit`), in canonical base64url (so that no byte can be changed unnoticed) and authentic under one of the keys.
  /// Nothing otherwise, without a reason.
  [[nodiscard]] std::optional<std::string> decrypt(std::string_view token) const;

 private:
  struct Key;
  std::unique_ptr<Key[]> keys_;
  std::size_t key_count_;
};

/// 32 bytes for one purpose from a key for another (HKDF-SHA256, RFC 5869), so that what was encrypted for one purpose
/// is of no use for another.
[[nodiscard]] base::Secret derive_key(const base::Secret& key, std::string_view purpose);

}  // namespace guildhall::jwt
