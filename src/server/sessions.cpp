#include "server/sessions.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "api/errors.hpp"
#include "base/failure.hpp"
#include "database/change_feed.hpp"
#include "net/async/spawn.hpp"
#include "server/browser_name.hpp"
#include "server/errors.hpp"
#include "server/kept_tokens.hpp"
#include "server/user_guilds.hpp"

namespace guildhall::server {
namespace {

using base::Errc;
using base::Error;

/// The profile, the address, the guilds that the person may manage.
constexpr std::string_view login_scope = "identify email guilds";
/// No token is valid for longer, however long Discord's own is.
constexpr std::chrono::days max_session{30};
/// How long a logout waits for Discord.
constexpr std::chrono::seconds revoke_timeout{5};
/// How often a refused refresh looks for a refresh token that another process has saved in the meantime.
constexpr int max_rotation_polls = 10;
constexpr std::chrono::milliseconds rotation_poll_interval{100};
/// How many rotated refresh tokens are kept while the database is not available.
constexpr std::size_t max_unsaved = 1000;

/// The error for the person who logs in or refreshes, after Discord's error.
Error login_error(const Error& error) { return error.code == Errc::refused ? error : discord_error(error); }

}  // namespace

Sessions::Sessions(Parts parts) : parts_(std::move(parts)), refreshes_(parts_.home) {}

std::string Sessions::authorize_url(std::string_view redirect_uri, std::string_view state) const {
  return parts_.oauth.authorize_url(redirect_uri, login_scope, state);
}

net::Task<base::Result<IssuedToken>> Sessions::log_in(std::string code, std::string redirect_uri,
                                                      std::string user_agent) {
  const auto& ours = parts_.redirect_uris;
  if (!ours.empty() && std::find(ours.begin(), ours.end(), redirect_uri) == ours.end()) {
    co_return api::errors::foreign_redirect_uri;
  }
  const auto grant = co_await parts_.oauth.exchange(std::move(code), std::move(redirect_uri));
  if (!grant) {
    if (grant.error().code == Errc::bad_upstream)
      parts_.log.error("A login failed", {{"reason", grant.error().message}});
    co_return login_error(grant.error());
  }
  auto access_token = grant->access_token;
  auto user = co_await parts_.rest.current_user(std::move(access_token));
  if (!user) {
    // If Discord does not accept a fresh token, that is Discord's mistake, not the person's.
    if (user.error().code == Errc::refused) co_return api::errors::discord_failed;
    co_return login_error(user.error());
  }

  database::DiscordProfile profile{user->id, std::move(user->username), std::move(user->global_name),
                                   std::move(user->avatar), std::move(user->email)};
  const auto id = profile.id;
  auto sealed = seal(grant->refresh_token).value_or("");
  const auto admin_grant = parts_.grant_at_login(id);
  [[maybe_unused]] const auto user_row =
      co_await parts_.users.save_login(std::move(profile), std::move(sealed), admin_grant);
  parts_.user_guilds.forget(id);
  auto session_id = parts_.random_hex(16);
  auto issuing = issue(id, *grant, std::move(session_id), std::move(user_agent));
  auto issued = co_await std::move(issuing);
  co_return issued;
}

net::Task<base::Result<IssuedToken>> Sessions::refresh(jwt::Claims claims, std::string user_agent) {
  const auto user = claims.id;
  std::function<net::Task<Grant>()> work = [this, claims] { return refresh_grant(claims); };
  const auto grant = co_await refreshes_.run(user, std::move(work));
  if (!grant) co_return grant.error();
  auto issuing = issue(user, *grant, claims.session_id, std::move(user_agent));
  auto issued = co_await std::move(issuing);
  co_return issued;
}

net::Task<> Sessions::log_out(jwt::Claims claims) {
  using namespace boost::asio::experimental::awaitable_operators;
  co_await deny(claims.session_id, claims.expires_at);
  parts_.user_guilds.forget(claims.id);
  co_await parts_.kept_tokens.forget(claims);
  const base::Secret stored = co_await stored_refresh_token(claims.id);
  if (stored == claims.refresh_token) co_await parts_.users.replace_refresh_token(claims.id, std::nullopt);

  auto revoking = revoke(claims.id, claims.access_token);
  auto settling = net::sleep_for(database::ChangeFeed::settle_time);
  co_await (std::move(revoking) && std::move(settling));
}

net::Task<> Sessions::revoke(base::UserId user, base::Secret token) {
  using namespace boost::asio::experimental::awaitable_operators;
  const auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::steady_timer limit(executor, revoke_timeout);
  auto outcome = co_await (parts_.oauth.revoke(std::move(token)) || limit.async_wait(boost::asio::use_awaitable));
  if (outcome.index() == 1) {
    parts_.log.warn("Discord did not revoke a token in time", {{"user", user}});
  } else if (const auto& revoked = std::get<0>(outcome); !revoked) {
    parts_.log.warn("Discord did not revoke a token", {{"user", user}, {"reason", revoked.error().message}});
  }
}

net::Task<> Sessions::deny(std::string session_id, base::Timestamp expires_at) {
  // Tokens of the session that were issued since may be valid for longer than this one.
  const auto denied_until = std::max<base::Timestamp>(expires_at, parts_.clock.now() + max_session);
  co_await parts_.token_denylist.deny(std::move(session_id), denied_until);
}

bool Sessions::note_seen(const std::string& session_id) {
  const auto now = parts_.clock.steady();
  const std::lock_guard lock(mutex_);
  const auto* seen = seen_.find(session_id);
  if (seen != nullptr && now - *seen < seen_interval) return false;
  seen_.put(session_id, now);
  return true;
}

void Sessions::note_use(const jwt::Claims& claims, std::string_view user_agent) {
  if (!note_seen(claims.session_id)) return;
  const auto now = parts_.clock.now();
  auto saving = parts_.session_rows.save(
      {claims.session_id, claims.id, browser_name(user_agent), claims.issued_at, now, claims.expires_at});
  net::spawn(parts_.home, std::move(saving), [log = parts_.log](const std::exception_ptr& failure) {
    log.debug("The use of a session was not noted", {{"reason", base::describe(failure)}});
  });
}

net::Task<std::vector<database::Session>> Sessions::list(base::UserId user) { return parts_.session_rows.list(user); }

net::Task<bool> Sessions::end(base::UserId user, std::string session_id) {
  const auto sessions = co_await list(user);
  const auto found = std::ranges::find(sessions, session_id, &database::Session::id);
  if (found == sessions.end()) co_return false;
  co_await deny(std::move(session_id), found->expires_at);
  co_await net::sleep_for(database::ChangeFeed::settle_time);
  co_return true;
}

net::Task<> Sessions::end_others(jwt::Claims claims) {
  for (;;) {
    auto sessions = co_await list(claims.id);
    std::erase_if(sessions, [&claims](const auto& session) { return session.id == claims.session_id; });
    if (sessions.empty()) break;
    for (const auto& session : sessions) co_await deny(session.id, session.expires_at);
  }
  co_await net::sleep_for(database::ChangeFeed::settle_time);
}

net::Task<IssuedToken> Sessions::issue(base::UserId user, discord::TokenGrant grant, std::string session_id,
                                       std::string user_agent) {
  jwt::Claims claims;
  claims.id = user;
  claims.access_token = grant.access_token;
  claims.refresh_token = grant.refresh_token;
  claims.token_type = grant.token_type;
  claims.scope = grant.scope;
  claims.issued_at = std::chrono::floor<std::chrono::seconds>(parts_.clock.now());
  claims.expires_at = claims.issued_at + std::min<std::chrono::seconds>(grant.expires_in, max_session);
  claims.token_id = parts_.random_hex(16);
  claims.session_id = std::move(session_id);
  IssuedToken issued{parts_.tokens.encode(claims), claims.expires_at};
  const base::Timestamp now = claims.issued_at;
  note_seen(claims.session_id);
  auto saving =
      parts_.session_rows.save({claims.session_id, user, browser_name(user_agent), now, now, claims.expires_at});
  co_await std::move(saving);
  if (issued.token.size() > jwt::SessionTokens::max_cookie_size) {
    claims.tokens_kept = true;
    issued.token = parts_.tokens.encode(claims);
    co_await parts_.kept_tokens.keep(std::move(claims));
  }
  co_return issued;
}

net::Task<Sessions::Grant> Sessions::refresh_grant(jwt::Claims claims) {
  std::vector<base::Secret> tried;
  auto grant = co_await try_refresh(claims.id, unsaved(claims.id), tried);
  if (grant) co_return *grant;

  // The stored refresh token is the person's newest.
  base::Secret stored = co_await stored_refresh_token(claims.id);
  grant = co_await try_refresh(claims.id, std::move(stored), tried);
  if (grant) co_return *grant;

  // The session's own login may have been another authorization.
  grant = co_await try_refresh(claims.id, claims.refresh_token, tried);
  if (grant) co_return *grant;

  // Another process may have used the stored one at the same time, and may still be saving its successor.
  for (int poll = 0; poll < max_rotation_polls && !tried.empty(); ++poll) {
    base::Secret rotated = co_await stored_refresh_token(claims.id);
    grant = co_await try_refresh(claims.id, std::move(rotated), tried);
    if (grant) co_return *grant;
    co_await net::sleep_for(rotation_poll_interval);
  }
  co_return api::errors::session_ended;
}

/// Discord's answer to `token`; empty if Discord refuses it, or has refused it before.
net::Task<std::optional<Sessions::Grant>> Sessions::try_refresh(base::UserId user, base::Secret token,
                                                                std::vector<base::Secret>& tried) {
  if (token.empty() || std::find(tried.begin(), tried.end(), token) != tried.end()) co_return std::nullopt;
  tried.push_back(token);
  Grant grant = co_await parts_.oauth.refresh(std::move(token));
  if (grant) {
    co_await store_refresh_token(user, grant->refresh_token);
    co_return grant;
  }
  if (grant.error().code == Errc::refused) co_return std::nullopt;
  co_return Grant(login_error(grant.error()));
}

net::Task<base::Secret> Sessions::stored_refresh_token(base::UserId user) {
  const auto sealed = co_await parts_.users.refresh_token(user);
  if (!sealed) co_return base::Secret();
  // A token that was sealed with a key that is no longer in JWT_SECRET cannot be read any more.
  co_return base::Secret(parts_.seal.decrypt(*sealed).value_or(""));
}

net::Task<> Sessions::store_refresh_token(base::UserId user, base::Secret token) {
  {
    const std::lock_guard lock(mutex_);
    if (unsaved_.size() < max_unsaved || unsaved_.contains(user)) unsaved_.insert_or_assign(user, token);
  }
  auto sealed = seal(token);
  co_await parts_.users.replace_refresh_token(user, std::move(sealed));
  const std::lock_guard lock(mutex_);
  unsaved_.erase(user);
}

std::optional<std::string> Sessions::seal(const base::Secret& token) const {
  if (token.empty()) return std::nullopt;
  return parts_.seal.encrypt(token.reveal());
}

base::Secret Sessions::unsaved(base::UserId user) {
  const std::lock_guard lock(mutex_);
  const auto found = unsaved_.find(user);
  return found == unsaved_.end() ? base::Secret() : found->second;
}

}  // namespace guildhall::server
