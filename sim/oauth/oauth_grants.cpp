#include "sim/oauth/oauth_grants.hpp"

#include <utility>

#include "base/random.hpp"

namespace guildhall::sim {
namespace {

constexpr std::chrono::minutes code_lifetime{10};
constexpr std::size_t grant_bytes = 20;
/// Beyond this the oldest authorization ends: a simulator that is asked for tokens for days must not grow for days.
constexpr std::size_t authorizations_kept = 100'000;

std::string new_code() { return base::random_hex(grant_bytes); }

std::string new_token(std::size_t length) {
  std::string token = base::random_hex((length + 1) / 2);
  token.resize(length);
  return token;
}

}  // namespace

OAuthGrants::OAuthGrants(const base::Clock& clock, std::chrono::seconds access_token_lifetime)
    : clock_(&clock), access_token_lifetime_(access_token_lifetime) {}

void OAuthGrants::set_token_lengths(std::optional<std::size_t> access, std::optional<std::size_t> refresh) {
  access_token_length_ = access.value_or(access_token_length_);
  refresh_token_length_ = refresh.value_or(refresh_token_length_);
}

std::string OAuthGrants::issue_code(ApplicationId client, UserId user, std::string redirect_uri, Scopes scopes) {
  drop_expired_codes();
  std::string code = new_code();
  codes_.emplace(code, Code{client, user, std::move(redirect_uri), std::move(scopes), clock_->now() + code_lifetime});
  return code;
}

boost::system::result<IssuedTokens, GrantRefusal> OAuthGrants::redeem_code(ApplicationId client, std::string_view code,
                                                                           std::string_view redirect_uri) {
  const auto found = codes_.find(std::string(code));
  if (found == codes_.end() || found->second.client != client || found->second.expires <= clock_->now()) {
    return GrantRefusal::code;
  }
  if (found->second.redirect_uri != redirect_uri) return GrantRefusal::redirect_uri;
  Code redeemed = std::move(found->second);
  codes_.erase(found);
  return authorize(client, redeemed.user, std::move(redeemed.scopes), new_token(refresh_token_length_));
}

boost::system::result<IssuedTokens, GrantRefusal> OAuthGrants::refresh(ApplicationId client,
                                                                       std::string_view refresh_token) {
  const auto token = tokens_.find(std::string(refresh_token));
  if (token == tokens_.end()) return GrantRefusal::refresh_token;
  Entry& entry = authorizations_.at(token->second);
  if (entry.refresh_token != refresh_token || entry.authorization.client != client) return GrantRefusal::refresh_token;
  return renew_tokens(entry, new_token(refresh_token_length_));
}

IssuedTokens OAuthGrants::grant_client_credentials(ApplicationId client, UserId owner, Scopes scopes) {
  return authorize(client, owner, std::move(scopes), std::nullopt);
}

void OAuthGrants::revoke(ApplicationId client, std::string_view token) {
  const auto found = tokens_.find(std::string(token));
  if (found == tokens_.end()) return;
  const auto entry = authorizations_.find(found->second);
  if (entry->second.authorization.client == client) end(entry);
}

void OAuthGrants::revoke_user(UserId user) {
  std::erase_if(codes_, [&](const auto& code) { return code.second.user == user; });
  for (auto entry = authorizations_.begin(); entry != authorizations_.end();) {
    const auto next = std::next(entry);
    if (entry->second.authorization.user == user) end(entry);
    entry = next;
  }
}

const Authorization* OAuthGrants::find(std::string_view access_token) const {
  const auto token = tokens_.find(std::string(access_token));
  if (token == tokens_.end()) return nullptr;
  const Entry& entry = authorizations_.at(token->second);
  if (entry.access_token != access_token || entry.authorization.access_expires <= clock_->now()) return nullptr;
  return &entry.authorization;
}

IssuedTokens OAuthGrants::authorize(ApplicationId client, UserId user, Scopes scopes,
                                    std::optional<std::string> refresh_token) {
  if (authorizations_.size() >= authorizations_kept) end(authorizations_.begin());
  const std::uint64_t id = ++last_id_;
  Entry& entry = authorizations_[id];
  entry.authorization = {id, client, user, std::move(scopes), {}};
  return renew_tokens(entry, std::move(refresh_token));
}

IssuedTokens OAuthGrants::renew_tokens(Entry& entry, std::optional<std::string> refresh_token) {
  forget_tokens(entry);
  entry.access_token = new_token(access_token_length_);
  entry.refresh_token = std::move(refresh_token);
  entry.authorization.access_expires = clock_->now() + access_token_lifetime_;
  tokens_.emplace(entry.access_token, entry.authorization.id);
  if (entry.refresh_token) tokens_.emplace(*entry.refresh_token, entry.authorization.id);
  return {entry.access_token, entry.refresh_token, access_token_lifetime_, entry.authorization.scopes};
}

void OAuthGrants::forget_tokens(const Entry& entry) {
  tokens_.erase(entry.access_token);
  if (entry.refresh_token) tokens_.erase(*entry.refresh_token);
}

void OAuthGrants::end(std::map<std::uint64_t, Entry>::iterator entry) {
  forget_tokens(entry->second);
  authorizations_.erase(entry);
}

void OAuthGrants::drop_expired_codes() {
  const auto now = clock_->now();
  std::erase_if(codes_, [&](const auto& code) { return code.second.expires <= now; });
}

}  // namespace guildhall::sim
