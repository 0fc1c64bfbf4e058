#include "server/kept_tokens.hpp"

#include <memory>
#include <utility>

namespace guildhall::server {

net::Task<> KeptTokens::keep(jwt::Claims claims) {
  database::KeptToken token{claims.token_id, seal_.encrypt(claims.access_token.reveal()),
                            seal_.encrypt(claims.refresh_token.reveal()), claims.expires_at};
  co_await store_.add(std::move(token));
}

net::Task<SessionClaims> KeptTokens::complete(SessionClaims claims) {
  std::string id = claims->token_id;
  const auto kept = co_await store_.find(std::move(id));
  const auto access_token = kept ? seal_.decrypt(kept->access_token) : std::nullopt;
  if (!access_token || access_token->empty()) co_return nullptr;
  auto completed = std::make_shared<jwt::Claims>(*claims);
  completed->access_token = base::Secret(*access_token);
  completed->refresh_token = base::Secret(seal_.decrypt(kept->refresh_token).value_or(""));
  co_return completed;
}

net::Task<> KeptTokens::forget(jwt::Claims claims) {
  if (claims.tokens_kept) co_await store_.remove(std::move(claims.token_id));
}

}  // namespace guildhall::server
