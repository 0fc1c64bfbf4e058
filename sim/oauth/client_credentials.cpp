#include "sim/oauth/client_credentials.hpp"

#include <openssl/evp.h>

#include <optional>
#include <utility>

#include "base/secret.hpp"

namespace guildhall::sim {
namespace {

struct Credentials {
  std::string id;
  std::string secret;
};

std::optional<std::string> decode_base64(std::string_view text) {
  std::string decoded(text.size(), '\0');
  auto* out = reinterpret_cast<unsigned char*>(decoded.data());
  const auto* in = reinterpret_cast<const unsigned char*>(text.data());
  const int size = ::EVP_DecodeBlock(out, in, static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  // OpenSSL counts the padding as bytes.
  std::size_t padding = 0;
  while (padding < 2 && text.size() > padding && text[text.size() - 1 - padding] == '=') ++padding;
  decoded.resize(static_cast<std::size_t>(size) - padding);
  return decoded;
}

/// The credentials of a Basic header field; both parts are form-encoded first.
std::optional<Credentials> parse_basic(std::string_view header) {
  constexpr std::string_view scheme = "Basic ";
  if (!net::equal_ignoring_case(header.substr(0, scheme.size()), scheme)) return std::nullopt;
  const auto text = decode_base64(header.substr(scheme.size()));
  if (!text) return std::nullopt;
  const auto colon = text->find(':');
  if (colon == std::string::npos) return std::nullopt;
  auto id = net::decode_component(std::string_view(*text).substr(0, colon));
  auto secret = net::decode_component(std::string_view(*text).substr(colon + 1));
  if (!id || !secret) return std::nullopt;
  return Credentials{std::move(*id), std::move(*secret)};
}

std::string text_of(const net::FormFields& form, std::string_view name) {
  return std::string(net::find_field(form, name).value_or(""));
}

}  // namespace

TokenError invalid_request(std::string description) { return {400, "invalid_request", std::move(description)}; }

boost::system::result<ApplicationId, TokenError> authenticate_client(const Application& application,
                                                                     const net::Request& request,
                                                                     const net::FormFields& form) {
  const TokenError refused{401, "invalid_client", {}};
  std::optional<Credentials> credentials;
  if (const auto header = request.headers.find("Authorization")) {
    if (net::find_field(form, "client_secret")) {
      return invalid_request("The client authenticates in the header and in the form.");
    }
    credentials = parse_basic(*header);
    const auto in_form = net::find_field(form, "client_id");
    if (credentials && in_form && *in_form != credentials->id) return refused;
  } else {
    credentials = Credentials{text_of(form, "client_id"), text_of(form, "client_secret")};
  }
  if (!credentials || credentials->id != application.id.to_string() ||
      !base::equal_in_constant_time(credentials->secret, application.client_secret)) {
    return refused;
  }
  return application.id;
}

}  // namespace guildhall::sim
