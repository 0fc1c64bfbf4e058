#include "app/setup/judge_discord.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "base/date_time.hpp"
#include "base/text.hpp"
#include "bot/commands/registration.hpp"
#include "discord/model/fields.hpp"
#include "server/origins.hpp"

namespace guildhall::app {
namespace {

using std::chrono::seconds;

/// What Discord says of a request that it refused.
std::string said(unsigned status, const boost::json::value& body) {
  std::string text = "HTTP " + std::to_string(status);
  if (const auto* object = body.if_object()) {
    const auto message = discord::text_field(*object, "message");
    if (message) text += ", " + *message;
  }
  return text;
}

/// What is the same for all routes; nothing if the answer is worth a closer look.
std::optional<Finding> judge_status(std::string_view check, unsigned status, const boost::json::value& body) {
  if (status == 429) {
    return failed(check, "Discord limits requests of this address or application at the moment.",
                  "Wait some minutes; if it stays so, look for another program that uses the same token.");
  }
  if (status >= 500) {
    return failed(check, "Discord failed to answer (" + said(status, body) + ").",
                  "Wait, and look at https://discordstatus.com.");
  }
  return std::nullopt;
}

struct Privileged {
  std::string_view name;  ///< As the portal shows it.
  discord::Intents intent;
  std::uint64_t flag;          ///< Of an application that Discord has approved, or of a small one (`_LIMITED`).
  std::string_view otherwise;  ///< How to do without.
};

constexpr std::array privileged{
    Privileged{"Presence Intent", discord::Intents::guild_presences, (1U << 12) | (1U << 13),
               "take GUILD_PRESENCES out of GATEWAY_INTENTS"},
    Privileged{"Server Members Intent", discord::Intents::guild_members, (1U << 14) | (1U << 15),
               "take GUILD_MEMBERS out of GATEWAY_INTENTS"},
    Privileged{"Message Content Intent", discord::Intents::message_content, (1U << 18) | (1U << 19),
               "set MESSAGE_COMMANDS=mentions"},
};

std::string in_quotes(std::string_view text) { return "`" + std::string(text) + "`"; }

}  // namespace

std::string portal_page(std::string_view client_id, std::string_view page) {
  std::string url = "https://discord.com/developers/applications";
  if (!client_id.empty()) url.append("/").append(client_id).append("/").append(page);
  return url;
}

Finding judge_client(unsigned status, const boost::json::value& body, std::string_view client_id) {
  constexpr std::string_view check = "discord.client";
  if (const auto common = judge_status(check, status, body)) return *common;
  const auto* object = body.if_object();
  const auto error = object == nullptr ? std::nullopt : discord::text_field(*object, "error");
  if (status == 200 && object != nullptr && object->contains("access_token")) {
    return ok(check, "Discord accepts DISCORD_CLIENT_ID and DISCORD_CLIENT_SECRET.");
  }
  if (status == 401 || error == "invalid_client") {
    return failed(check, "Discord does not accept DISCORD_CLIENT_ID with DISCORD_CLIENT_SECRET.",
                  "Compare both with " + portal_page(client_id, "oauth2") +
                      "; the secret is shown only once, so reset it there if in doubt.");
  }
  return failed(check, "Discord answers a request for a token with " + said(status, body) + ".",
                "Check DISCORD_API_URL, and whether a proxy answers in Discord's place.");
}

Finding judge_token(unsigned status, const boost::json::value& body, std::string_view client_id) {
  constexpr std::string_view check = "discord.token";
  if (const auto common = judge_status(check, status, body)) return *common;
  if (status == 401) {
    return failed(check, "Discord does not accept DISCORD_BOT_TOKEN.",
                  "Reset the token at " + portal_page(client_id, "bot") + " and copy the new one.");
  }
  const auto* object = body.if_object();
  const auto id = object == nullptr ? std::nullopt : discord::text_field(*object, "id");
  if (status != 200 || !id) {
    return failed(check, "Discord answers the question for the application with " + said(status, body) + ".",
                  "Check DISCORD_API_URL, and whether a proxy answers in Discord's place.");
  }
  const auto name = discord::text_field(*object, "name").value_or("?");
  if (*id != client_id) {
    return failed(check,
                  "DISCORD_BOT_TOKEN belongs to the application " + in_quotes(name) + " with the id " + *id +
                      ", not to that of DISCORD_CLIENT_ID.",
                  "Take both from the same application: " + portal_page(*id, "bot") + " or " +
                      portal_page(client_id, "bot") + ".");
  }
  return ok(check, "The token is valid; the application is " + in_quotes(name) + ".");
}

Findings judge_intents(std::uint64_t flags, discord::Intents wanted, std::string_view client_id) {
  constexpr std::string_view check = "discord.intents";
  Findings findings;
  for (const auto& one : privileged) {
    if (!contains(wanted, one.intent) || (flags & one.flag) != 0) continue;
    findings.push_back(
        failed(check, std::string(one.name) + " is off, so Discord refuses the bot's connection.",
               "Switch it on at " + portal_page(client_id, "bot") + ", or " + std::string(one.otherwise) + "."));
  }
  if (findings.empty()) findings.push_back(ok(check, "The application has the intents that the bot asks for."));
  return findings;
}

Finding judge_redirects(std::span<const std::string> registered, std::span<const std::string> wanted,
                        std::string_view client_id) {
  constexpr std::string_view check = "discord.redirects";
  const auto page = portal_page(client_id, "oauth2");
  if (wanted.empty()) {
    const bool any =
        std::ranges::any_of(registered, [](const auto& uri) { return uri.ends_with(server::callback_path); });
    if (any) return ok(check, "Discord knows a redirect to /api/auth/callback.");
    return warning(check, "No redirect of the application ends with /api/auth/callback, so nobody can log in.",
                   "Add the address that browsers use, followed by /api/auth/callback, at " + page + ".");
  }
  std::vector<std::string> missing;
  for (const auto& uri : wanted) {
    if (std::ranges::find(registered, uri) == registered.end()) missing.push_back(uri);
  }
  if (missing.empty()) return ok(check, "Discord knows the redirects that logins need.");
  return failed(check, "Discord does not redirect to " + base::join(missing) + ", so logins there fail.",
                "Add it under Redirects at " + page + ", and save.");
}

std::vector<std::string> redirects_of(const boost::json::object& application) {
  std::vector<std::string> redirects;
  const auto* registered = discord::array_field(application, "redirect_uris");
  if (registered == nullptr) return redirects;
  for (const auto& uri : *registered) {
    if (const auto* text = uri.if_string()) redirects.emplace_back(*text);
  }
  return redirects;
}

std::vector<std::string> wanted_redirects(const config::Config& config) {
  std::vector<std::string> wanted = config.discord.redirect_uris;
  if (config.server.public_url && wanted.empty()) {
    wanted.push_back(*config.server.public_url + std::string(server::callback_path));
  }
  return wanted;
}

Finding judge_commands(const boost::json::array& registered, const boost::json::array& wanted) {
  constexpr std::string_view check = "discord.commands";
  if (bot::has_commands(registered, wanted)) return ok(check, "The slash commands are registered.");
  return warning(check, "The slash commands are not registered, or are those of another version.",
                 "Start guildhall: it registers them when the bot is ready.");
}

Finding judge_session_starts(const boost::json::object& gateway) {
  constexpr std::string_view check = "discord.sessions";
  const auto* object = discord::object_field(gateway, "session_start_limit");
  const auto total = object == nullptr ? std::nullopt : discord::integer_field(*object, "total");
  const auto remaining = object == nullptr ? std::nullopt : discord::integer_field(*object, "remaining");
  if (!total || !remaining) {
    return warning(check, "Discord does not say how many sessions the bot may start.", "Check again later.");
  }
  const auto left = *remaining;
  const auto all = *total;
  const auto reset = discord::integer_field(*object, "reset_after").value_or(0);
  const std::string text = std::to_string(left) + " of " + std::to_string(all) + " session starts are left";
  const std::string when = std::to_string(reset / 60'000) + " minutes";
  if (left == 0) {
    return failed(check, text + ".", "Leave guildhall as it is: it goes on in " + when + ". Each restart costs some.");
  }
  if (left * 10 < all) {
    return warning(check, text + " until Discord resets the token.",
                   "Find out what restarts the bot or connects with its token; the count begins anew in " + when + ".");
  }
  return ok(check, text + ".");
}

Finding judge_clock(std::string_view date, base::Timestamp now) {
  constexpr std::string_view check = "clock";
  constexpr seconds tolerance{10};  // For the network delay, and because Date has whole seconds.
  const auto theirs = base::parse_http_date(date);
  if (!theirs) {
    return warning(check, "Discord does not say what time it is.", "Compare this machine's clock yourself.");
  }
  const auto ahead = std::chrono::round<seconds>(now - *theirs);
  if (std::chrono::abs(ahead) <= tolerance) return ok(check, "The clock agrees with Discord's.");
  const std::string size = std::to_string(std::chrono::abs(ahead).count()) + " s";
  return warning(check, "The clock is " + size + (ahead.count() > 0 ? " ahead of" : " behind") + " Discord's.",
                 "Let the machine synchronise its clock, for example with systemd-timesyncd or chrony.");
}

}  // namespace guildhall::app
