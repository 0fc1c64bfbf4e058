#include "api/auth.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value_to.hpp>

#include "base/encoding.hpp"
#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;

const Schema& token_request_schema() {
  static const Schema schema =
      object({
                 required("code", text().length(1, 512).example("NhhvTDYsFcdgNLnnLijcl7Ku7bEEeee")),
                 required("redirect_uri", text()
                                              .length(1, 2048)
                                              .describe("The redirect URI of the authorize request.")
                                              .example("https://dashboard.example/callback")),
             })
          .named("TokenRequest");
  return schema;
}

base::Result<TokenRequest> parse_token_request(json::value body) {
  if (const auto valid = token_request_schema().validate(body); !valid) return valid.error();
  return TokenRequest{json::value_to<std::string>(body.at("code")),
                      json::value_to<std::string>(body.at("redirect_uri"))};
}

base::Result<TokenRequest> parse_token_request(const std::vector<std::pair<std::string, std::string>>& form) {
  json::object body;
  for (const auto& [name, value] : form) {
    if (!body.emplace(name, value).second) return base::invalid(base::json_pointer(name), "Must not be given twice.");
  }
  return parse_token_request(json::value(std::move(body)));
}

const Schema& token_schema() {
  static const Schema schema =
      object({required("token", text().describe("A compact JWE, for `Authorization: Bearer`."))}).named("Token");
  return schema;
}

std::string encode_token(std::string_view token) {
  std::string out;
  ObjectWriter(out).text("token", token).close();
  return out;
}

}  // namespace guildhall::api
