#include "discord/gateway/session_store.hpp"

#include <openssl/evp.h>

#include <array>
#include <span>
#include <stdexcept>

#include "base/encoding.hpp"

namespace guildhall::discord {

std::string bot_fingerprint(const base::Secret& token) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const auto text = token.reveal();
  if (::EVP_Digest(text.data(), text.size(), digest.data(), &size, ::EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return base::to_hex(std::as_bytes(std::span(digest)).first(16));
}

}  // namespace guildhall::discord
