#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/setup/finding.hpp"
#include "base/clock.hpp"
#include "config/config.hpp"
#include "discord/gateway/options.hpp"

// What Discord's answers say about an installation. Without I/O.
namespace guildhall::app {

/// The page of the developer portal for an application, such as `bot` or `oauth2`; without an id the list of all.
[[nodiscard]] std::string portal_page(std::string_view client_id, std::string_view page);

/// An answer to a client-credentials token request (Discord: topics/oauth2).
[[nodiscard]] Finding judge_client(unsigned status, const boost::json::value& body, std::string_view client_id);

/// An answer to `GET /applications/@me` as the bot: whether the token is valid and the application's own.
[[nodiscard]] Finding judge_token(unsigned status, const boost::json::value& body, std::string_view client_id);

/// Whether the application has the privileged intents among `wanted`, by its flags (Discord: resources/application,
/// Application Flags).
[[nodiscard]] Findings judge_intents(std::uint64_t flags, discord::Intents wanted, std::string_view client_id);

/// Whether Discord redirects to each of `wanted` after a login.
[[nodiscard]] Finding judge_redirects(std::span<const std::string> registered, std::span<const std::string> wanted,
                                      std::string_view client_id);

/// Those that `GET /applications/@me` names.
[[nodiscard]] std::vector<std::string> redirects_of(const boost::json::object& application);

/// The redirect URIs that logins need: DISCORD_REDIRECT_URIS or, if unset, PUBLIC_URL's callback. Empty where guildhall
/// serves whatever address a browser uses.
[[nodiscard]] std::vector<std::string> wanted_redirects(const config::Config& config);

/// Whether the slash commands are registered.
[[nodiscard]] Finding judge_commands(const boost::json::array& registered, const boost::json::array& wanted);

/// `GET /gateway/bot` (Discord: events/gateway, Session Start Limit Object).
[[nodiscard]] Finding judge_session_starts(const boost::json::object& gateway);

/// Our clock against an HTTP Date of Discord's (RFC 9110 section 5.6.7); `now` when it came.
[[nodiscard]] Finding judge_clock(std::string_view date, base::Timestamp now);

}  // namespace guildhall::app
