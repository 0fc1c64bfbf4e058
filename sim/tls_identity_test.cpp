#include "sim/tls_identity.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace guildhall::sim {
namespace {

/// Whether a client that trusts `ca_pem` alone takes the certificate of `identity`.
bool is_trusted(const TlsIdentity& identity, const std::string& ca_pem) {
  BIO* memory = BIO_new_mem_buf(ca_pem.data(), static_cast<int>(ca_pem.size()));
  X509* authority = PEM_read_bio_X509(memory, nullptr, nullptr, nullptr);
  X509_STORE* store = X509_STORE_new();
  X509_STORE_add_cert(store, authority);
  X509_STORE_CTX* check = X509_STORE_CTX_new();
  X509_STORE_CTX_init(check, store, SSL_CTX_get0_certificate(identity.context->native_handle()), nullptr);
  X509_STORE_CTX_set_purpose(check, X509_PURPOSE_SSL_SERVER);
  const bool trusted = X509_verify_cert(check) == 1;
  X509_STORE_CTX_free(check);
  X509_STORE_free(store);
  X509_free(authority);
  BIO_free(memory);
  return trusted;
}

TEST(TlsIdentity, IsTrustedByWhoTrustsItsAuthority) {
  const auto identity = make_tls_identity("127.0.0.1");
  const auto other = make_tls_identity("127.0.0.1");
  EXPECT_TRUE(is_trusted(identity, identity.ca_pem));
  EXPECT_FALSE(is_trusted(identity, other.ca_pem));
}

TEST(TlsIdentity, IsForTheLocalHostAndTheNameGiven) {
  const auto identity = make_tls_identity("sim.example");
  X509* certificate = SSL_CTX_get0_certificate(identity.context->native_handle());
  EXPECT_EQ(X509_check_host(certificate, "localhost", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(certificate, "sim.example", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(certificate, "discord.com", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_check_ip_asc(certificate, "127.0.0.1", 0), 1);
}

TEST(TlsIdentity, CertifiesItsOwnKey) {
  EXPECT_EQ(SSL_CTX_check_private_key(make_tls_identity("127.0.0.1").context->native_handle()), 1);
}

}  // namespace
}  // namespace guildhall::sim
