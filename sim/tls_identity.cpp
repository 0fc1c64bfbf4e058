#include "sim/tls_identity.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <boost/asio/ip/address.hpp>
#include <stdexcept>

#include "base/random.hpp"

namespace guildhall::sim {
namespace {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* pointer) const {
    free(pointer);
  }
};

using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Memory = std::unique_ptr<BIO, Free<BIO_free>>;

constexpr long day = 24 * 3600;

/// `result` of an OpenSSL call, unless that failed.
template <class T>
T checked(T result, const char* what) {
  if (!result) throw std::runtime_error(std::string("OpenSSL cannot make a ") + what);
  return result;
}

Key make_key() { return Key(checked(EVP_EC_gen("P-256"), "key")); }

void set_random_serial(X509* certificate) {
  const std::string digits = base::random_hex(16);
  BIGNUM* parsed = nullptr;
  checked(BN_hex2bn(&parsed, digits.c_str()), "serial number");
  const Number number(parsed);
  checked(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)), "serial number");
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension extension(checked(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), "certificate"));
  checked(X509_add_ext(certificate, extension.get(), -1), "certificate");
}

/// A certificate for `name` and `key`, not yet signed.
Certificate draft(const std::string& name, EVP_PKEY* key) {
  Certificate certificate(checked(X509_new(), "certificate"));
  X509_set_version(certificate.get(), X509_VERSION_3);
  set_random_serial(certificate.get());
  // An hour back, since clocks differ.
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 90 * day);
  const auto* text = reinterpret_cast<const unsigned char*>(name.c_str());
  checked(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8, text, -1, -1, 0),
          "certificate");
  checked(X509_set_pubkey(certificate.get(), key), "certificate");
  return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
  checked(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)), "certificate");
  checked(X509_sign(certificate, issuer_key, EVP_sha256()), "certificate");
}

Certificate make_authority(EVP_PKEY* key) {
  auto authority = draft("discord-sim authority " + base::random_hex(4), key);
  add_extension(authority.get(), authority.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(authority.get(), authority.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(authority.get(), authority.get(), NID_subject_key_identifier, "hash");
  sign(authority.get(), authority.get(), key);
  return authority;
}

std::string alternative_names(const std::string& host) {
  std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
  boost::system::error_code no_address;
  boost::asio::ip::make_address(host, no_address);
  if (host != "localhost" && host != "127.0.0.1" && host != "::1") names += (no_address ? ",DNS:" : ",IP:") + host;
  return names;
}

Certificate make_leaf(const std::string& host, EVP_PKEY* key, X509* authority, EVP_PKEY* authority_key) {
  auto leaf = draft("discord-sim", key);
  add_extension(leaf.get(), authority, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(leaf.get(), authority, NID_key_usage, "critical,digitalSignature");
  add_extension(leaf.get(), authority, NID_ext_key_usage, "serverAuth");
  add_extension(leaf.get(), authority, NID_subject_alt_name, alternative_names(host));
  add_extension(leaf.get(), authority, NID_subject_key_identifier, "hash");
  add_extension(leaf.get(), authority, NID_authority_key_identifier, "keyid");
  sign(leaf.get(), authority, authority_key);
  return leaf;
}

std::string to_pem(X509* certificate) {
  const Memory memory(checked(BIO_new(BIO_s_mem()), "certificate"));
  checked(PEM_write_bio_X509(memory.get(), certificate), "certificate");
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace

TlsIdentity make_tls_identity(const std::string& host) {
  const auto authority_key = make_key();
  const auto authority = make_authority(authority_key.get());
  const auto key = make_key();
  const auto leaf = make_leaf(host, key.get(), authority.get(), authority_key.get());

  auto context = std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
  context->set_options(boost::asio::ssl::context::no_tlsv1 | boost::asio::ssl::context::no_tlsv1_1);
  checked(SSL_CTX_use_certificate(context->native_handle(), leaf.get()), "TLS context");
  checked(SSL_CTX_use_PrivateKey(context->native_handle(), key.get()), "TLS context");
  return {std::move(context), to_pem(authority.get())};
}

}  // namespace guildhall::sim
