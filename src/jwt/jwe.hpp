#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/reloadable.hpp"
#include "base/secret.hpp"

namespace guildhall::jwt {

/// Encrypts and decrypts compact JWE (RFC 7516 section 7.1) with `alg: dir` and `enc: A256GCM`. Any thread may use it.
class Jwe {
 public:
  /// The size of the largest token that strangers may send, in bytes.
  static constexpr std::size_t max_size = 8 * 1024UL;

  /// At least one key, of 32 bytes each; the first encrypts, all decrypt. `accepted_size` is the size of the largest
  /// token that `decrypt` accepts, in bytes.
  explicit Jwe(std::span<const base::Secret> keys, std::size_t accepted_size = max_size);
  ~Jwe();
  Jwe(const Jwe&) = delete;
  Jwe& operator=(const Jwe&) = delete;

  /// From now on these keys count, as for the constructor.
  void replace_keys(std::span<const base::Secret> keys);

  [[nodiscard]] std::string encrypt(std::string_view plaintext) const;

  /// The plaintext of a token that is well-formed, has exactly our algorithms, no compression (`zip`) and no extensions
  /// (`crit`), is canonical base64url (so that no byte can be changed unnoticed), and is authentic under one of the
  /// keys. Nothing otherwise.
  [[nodiscard]] std::optional<std::string> decrypt(std::string_view token) const;

 private:
  struct Key;
  using Keys = std::vector<Key>;

  [[nodiscard]] static Keys make_keys(std::span<const base::Secret> keys);

  base::Reloadable<Keys> keys_;
  const std::size_t accepted_size_;
};

/// Derives a 32-byte key for one purpose (HKDF-SHA256, RFC 5869), so that what one purpose encrypts is useless for
/// another.
[[nodiscard]] base::Secret derive_key(const base::Secret& key, std::string_view purpose);

}  // namespace guildhall::jwt
