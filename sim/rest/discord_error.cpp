#include "sim/rest/discord_error.hpp"

#include "sim/answers.hpp"
#include "sim/rest/form_reader.hpp"

namespace guildhall::sim {

std::string_view to_string(RateLimitScope scope) {
  switch (scope) {
    case RateLimitScope::global: return "global";
    case RateLimitScope::shared: return "shared";
    case RateLimitScope::user: break;
  }
  return "user";
}

DiscordError general_error(unsigned status) {
  return {status, 0, std::to_string(status) + ": " + std::string(net::reason_phrase(status))};
}

DiscordError unknown_guild() { return {404, 10004, "Unknown Guild"}; }
DiscordError missing_scope() { return {403, 50026, "Missing required OAuth2 scope"}; }
DiscordError invalid_api_version() { return {400, 50041, "Invalid API version provided"}; }

DiscordError unknown_channel() { return {404, 10003, "Unknown Channel"}; }
DiscordError unknown_message() { return {404, 10008, "Unknown Message"}; }
DiscordError unknown_user() { return {404, 10013, "Unknown User"}; }
DiscordError unknown_emoji() { return {404, 10014, "Unknown Emoji"}; }
DiscordError unknown_webhook() { return {404, 10015, "Unknown Webhook"}; }
DiscordError missing_access() { return {403, 50001, "Missing Access"}; }
DiscordError missing_permissions() { return {403, 50013, "Missing Permissions"}; }
DiscordError empty_message() { return {400, 50006, "Cannot send an empty message"}; }

DiscordError invalid_form(std::string_view field, std::string_view code, std::string_view problem) {
  FormProblems problems;
  problems.add({std::string(field)}, code, problem);
  return problems.error();
}

DiscordError not_a_snowflake(std::string_view field, std::string_view value) {
  return invalid_form(field, "NUMBER_TYPE_COERCE", "Value \"" + std::string(value) + "\" is not snowflake.");
}

net::Response answer(const DiscordError& error) {
  boost::json::object body{{"message", error.message}, {"code", error.code}};
  if (!error.errors.empty()) body["errors"] = error.errors;
  return json_answer(error.status, body);
}

net::Response rate_limited_answer(RateLimitScope scope, std::chrono::milliseconds retry_after) {
  const bool global = scope == RateLimitScope::global;
  // Written by hand, because Boost.JSON writes 3E-1.
  std::string body = scope == RateLimitScope::shared ? R"({"message":"The resource is being rate limited.")"
                                                     : R"({"message":"You are being rate limited.")";
  body += R"(,"retry_after":)" + to_decimal_seconds(retry_after);
  body += global ? R"(,"global":true,"code":0})" : R"(,"global":false,"code":0})";
  auto response = json_text_answer(429, std::move(body));
  response.headers.add("Retry-After", std::to_string(std::chrono::ceil<std::chrono::seconds>(retry_after).count()));
  response.headers.add("X-RateLimit-Scope", to_string(scope));
  if (global) response.headers.add("X-RateLimit-Global", "true");
  return response;
}

std::string to_decimal_seconds(std::chrono::milliseconds time) {
  std::string digits = std::to_string(time.count());
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  digits.insert(digits.size() - 3, ".");
  return digits;
}

}  // namespace guildhall::sim
