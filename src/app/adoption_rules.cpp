#include "app/adoption_rules.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "api/command.hpp"
#include "api/guild.hpp"
#include "app/purpose_keys.hpp"
#include "jwt/jwe.hpp"

namespace guildhall::app {
namespace {

namespace json = boost::json;
using database::adoption::CheckedCommand;

/// JSON that was encoded once too often is a text of JSON; any other text is content.
json::value read_response(std::string_view text, boost::system::error_code& error) {
  json::value response = json::parse(text, error);
  if (error || !response.is_string()) return response;
  boost::system::error_code not_twice;
  json::value inner = json::parse(response.as_string(), not_twice);
  if (!not_twice && inner.is_object()) return inner;
  return json::object{{"content", response}};
}

/// Takes away what is null, and what no answer of ours has; whether there was any of the latter.
bool trim(json::object& response) {
  static constexpr std::array<std::string_view, 5> known{"content", "embeds", "components", "onlyCaller",
                                                         "expiresAfter"};
  json::object kept;
  bool trimmed = false;
  for (auto& [name, value] : response) {
    const bool is_known = std::find(known.begin(), known.end(), std::string_view(name)) != known.end();
    if (is_known && !value.is_null()) kept.emplace(name, value);
    trimmed = trimmed || (!is_known && !value.is_null());
  }
  response = std::move(kept);
  return trimmed;
}

/// A script in a column of JSON is a JSON string, and none is `null`.
json::value read_interaction(const std::optional<std::string>& text) {
  if (!text || *text == "null") return nullptr;
  if (!text->starts_with('"')) return json::value(*text);
  boost::system::error_code error;
  json::value script = json::parse(*text, error);
  return !error && script.is_string() ? script : json::value(*text);
}

base::Result<CheckedCommand> check_command(std::string_view trigger, std::string_view response,
                                           const std::optional<std::string>& interaction) {
  boost::system::error_code error;
  json::value answer = read_response(response, error);
  if (error) return base::invalid("/response", "its response is not JSON");
  CheckedCommand checked;
  if (answer.is_object()) checked.trimmed = trim(answer.as_object());
  json::object body{
      {"trigger", trigger}, {"response", std::move(answer)}, {"interaction", read_interaction(interaction)}};
  auto input = api::parse_command_create(std::move(body));
  if (!input) {
    auto fault = input.error();
    fault.message.insert(0, fault.field + ": ");
    return fault;
  }
  checked.response = std::move(input->response).value_or("");
  checked.interaction = std::move(input->interaction).value_or(std::nullopt);
  return checked;
}

/// Whether the API would let a guild have `value` as its `setting`.
bool is_allowed(std::string_view setting, std::string_view value) {
  return api::parse_guild_update(json::object{{setting, value}}).has_value();
}

}  // namespace

database::adoption::Rules adoption_rules(const config::Jwt& config) {
  const auto seal = std::make_shared<const jwt::Jwe>(keys_for(config, refresh_tokens_at_rest));
  return {check_command, [](std::string_view prefix) { return is_allowed("prefix", prefix); },
          [](std::string_view tag) { return is_allowed("language", tag); },
          [seal](const base::Secret& token) { return seal->encrypt(token.reveal()); }};
}

}  // namespace guildhall::app
