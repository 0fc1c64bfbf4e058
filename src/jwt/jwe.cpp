#include "jwt/jwe.hpp"

#include <cjose/cjose.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <stdexcept>

#include "base/encoding.hpp"

namespace guildhall::jwt {
namespace {

template <auto release>
struct Releaser {
  void operator()(auto* handle) const { release(handle); }
};
using JwkHandle = std::unique_ptr<cjose_jwk_t, Releaser<cjose_jwk_release>>;
using JweHandle = std::unique_ptr<cjose_jwe_t, Releaser<cjose_jwe_release>>;
using HeaderHandle = std::unique_ptr<cjose_header_t, Releaser<cjose_header_release>>;

/// For memory that cjose allocated.
struct Free {
  void operator()(void* memory) const { cjose_get_dealloc()(memory); }
};

constexpr std::size_t iv_size = 12;   // 96 bits
constexpr std::size_t tag_size = 16;  // 128 bits

[[noreturn]] void fail(const char* what, const cjose_err& error) {
  throw std::runtime_error(std::string(what) + ": " + (error.message != nullptr ? error.message : "unknown"));
}

/// Decoded: header, encrypted key, initialization vector, ciphertext, authentication tag.
using Segments = std::array<std::string, 5>;

std::optional<Segments> split(std::string_view token) {
  Segments segments;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto dot = token.find('.');
    const bool last = i + 1 == segments.size();
    auto segment = base::decode_base64url(token.substr(0, dot));
    if (!segment || (dot == std::string_view::npos) != last) return std::nullopt;
    segments[i] = *std::move(segment);
    if (!last) token.remove_prefix(dot + 1);
  }
  return segments;
}

bool is_our_header(std::string_view text) {
  boost::system::error_code malformed;
  const auto value = boost::json::parse(text, malformed);
  const auto* header = malformed ? nullptr : value.if_object();
  if (header == nullptr || header->contains("zip") || header->contains("crit")) return false;
  const auto is = [header](std::string_view name, std::string_view expected) {
    const auto* member = header->if_contains(name);
    return member != nullptr && member->is_string() && member->get_string() == expected;
  };
  return is("alg", CJOSE_HDR_ALG_DIR) && is("enc", CJOSE_HDR_ENC_A256GCM);
}

}  // namespace

struct Jwe::Key {
  JwkHandle jwk;
};

Jwe::Jwe(std::span<const base::Secret> keys, std::size_t accepted_size)
    : keys_(make_keys(keys)), accepted_size_(accepted_size) {}

Jwe::~Jwe() = default;

Jwe::Keys Jwe::make_keys(std::span<const base::Secret> keys) {
  if (keys.empty()) throw std::invalid_argument("a key is needed");
  Keys made;
  for (const auto& key : keys) {
    const auto bytes = key.reveal();
    if (bytes.size() != 32) throw std::invalid_argument("a key must have 32 bytes");
    cjose_err error{};
    JwkHandle jwk(cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), &error));
    if (!jwk) fail("cjose_jwk_create_oct_spec", error);
    made.push_back({std::move(jwk)});
  }
  return made;
}

void Jwe::replace_keys(std::span<const base::Secret> keys) { keys_.set(make_keys(keys)); }

std::string Jwe::encrypt(std::string_view plaintext) const {
  cjose_err error{};
  const HeaderHandle header(cjose_header_new(&error));
  if (!header || !cjose_header_set(header.get(), CJOSE_HDR_ALG, CJOSE_HDR_ALG_DIR, &error) ||
      !cjose_header_set(header.get(), CJOSE_HDR_ENC, CJOSE_HDR_ENC_A256GCM, &error)) {
    fail("cjose_header_set", error);
  }
  const auto keys = keys_.get();
  const JweHandle jwe(cjose_jwe_encrypt(keys->front().jwk.get(), header.get(),
                                        reinterpret_cast<const std::uint8_t*>(plaintext.data()), plaintext.size(),
                                        &error));
  if (!jwe) fail("cjose_jwe_encrypt", error);
  const std::unique_ptr<char, Free> compact(cjose_jwe_export(jwe.get(), &error));
  if (!compact) fail("cjose_jwe_export", error);
  return compact.get();
}

std::optional<std::string> Jwe::decrypt(std::string_view token) const {
  if (token.size() > accepted_size_) return std::nullopt;
  const auto segments = split(token);
  if (!segments) return std::nullopt;
  const auto& [header, encrypted_key, iv, ciphertext, tag] = *segments;
  if (!encrypted_key.empty() || iv.size() != iv_size || tag.size() != tag_size || ciphertext.empty() ||
      !is_our_header(header)) {
    return std::nullopt;
  }
  const auto keys = keys_.get();
  for (const Key& key : *keys) {
    cjose_err error{};
    const JweHandle jwe(cjose_jwe_import(token.data(), token.size(), &error));
    if (!jwe) return std::nullopt;
    std::size_t length = 0;
    const std::unique_ptr<std::uint8_t, Free> plaintext(cjose_jwe_decrypt(jwe.get(), key.jwk.get(), &length, &error));
    if (plaintext) return std::string(reinterpret_cast<const char*>(plaintext.get()), length);
  }
  return std::nullopt;
}

base::Secret derive_key(const base::Secret& key, std::string_view purpose) {
  const std::unique_ptr<EVP_KDF, Releaser<EVP_KDF_free>> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  const std::unique_ptr<EVP_KDF_CTX, Releaser<EVP_KDF_CTX_free>> context(EVP_KDF_CTX_new(kdf.get()));
  std::string digest = "SHA256";
  std::string secret(key.reveal());
  std::string info(purpose);
  const std::array parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.data(), secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
      OSSL_PARAM_construct_end(),
  };
  std::string derived(32, '\0');
  if (!context || EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char*>(derived.data()), derived.size(),
                                 parameters.data()) != 1) {
    throw std::runtime_error("HKDF failed");
  }
  return base::Secret(std::move(derived));
}

}  // namespace guildhall::jwt
