#pragma once

#include "sim/rest/api_route.hpp"

namespace guildhall::sim {

/// POST /oauth2/token (RFC 6749): authorization_code, refresh_token, client_credentials.
[[nodiscard]] net::Response issue_tokens(const ApiCall& call);
/// POST /oauth2/token/revoke (RFC 7009).
[[nodiscard]] net::Response revoke_token(const ApiCall& call);
/// GET /oauth2/authorize below /api: users are sent on to the page.
[[nodiscard]] net::Response redirect_to_authorize_page(const ApiCall& call);

}  // namespace guildhall::sim
