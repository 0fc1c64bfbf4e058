#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/schema.hpp"

namespace guildhall::api {

/// The body of POST /api/auth/token: what Discord's authorize page gave the client.
struct TokenRequest {
  std::string code;
  std::string redirect_uri;
};

[[nodiscard]] const schema::Schema& token_request_schema();
[[nodiscard]] base::Result<TokenRequest> parse_token_request(boost::json::value body);
/// The same from a form body's names and values. A repeated name is an error.
[[nodiscard]] base::Result<TokenRequest> parse_token_request(
    const std::vector<std::pair<std::string, std::string>>& form);

[[nodiscard]] const schema::Schema& token_schema();
/// `{"token": ...}`.
[[nodiscard]] std::string encode_token(std::string_view token);

}  // namespace guildhall::api
