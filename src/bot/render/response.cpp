#include "bot/render/response.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "api/discord_message.hpp"
#include "bot/render/embed.hpp"
#include "bot/render/placeholders.hpp"
#include "database/models/command.hpp"
#include "schema/format.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

/// Discord: resources/message, Create Message.
constexpr std::size_t content_limit = 2000;
/// Discord: components/reference, Button.
constexpr std::size_t link_limit = 512;
/// Bytes of a parsed value per byte of its JSON.
constexpr std::size_t bytes_per_character = 6;
/// Bytes of a cache entry beside its response.
constexpr std::size_t entry_weight = 128;

/// Fills in the addresses of link buttons; a button whose address is none then is left out, and a row without buttons.
void fill_links(json::array& rows, const PlaceholderValues& values) {
  const auto is_lost = [&](json::value& button) {
    auto* const url = button.as_object().if_contains("url");
    if (url == nullptr || url->as_string().find("${") == json::string::npos) return false;
    const auto filled = fill_url(url->as_string(), values, link_limit, schema::format::link_url);
    if (filled) *url = *filled;
    return !filled;
  };
  const auto is_empty = [&](json::value& row) {
    auto& buttons = row.as_object().at("components").as_array();
    buttons.erase(std::remove_if(buttons.begin(), buttons.end(), is_lost), buttons.end());
    return buttons.empty();
  };
  rows.erase(std::remove_if(rows.begin(), rows.end(), is_empty), rows.end());
}

}  // namespace

base::Result<Response> Response::parse(std::string_view text) {
  boost::system::error_code error;
  json::value parsed = json::parse(text, error);
  if (error) return base::Error{base::Errc::malformed, "The command's response is not JSON."};
  // Rows written by hand are not normalised yet; for the API's this changes nothing.
  if (const auto valid = api::command_response_schema().validate(parsed); !valid) return valid.error();
  auto& parts = parsed.as_object();
  auto components = ComponentRows::take_from(parts);
  return Response(std::move(parts), std::move(components), text.size() * bytes_per_character);
}

std::optional<json::object> Response::render(const PlaceholderValues& values, const ComponentIds& ids,
                                             const ComponentOrigin& origin) const {
  json::object message;
  if (const auto* content = parts_.at("content").if_string()) {
    auto filled = fill_placeholders(*content, values, content_limit);
    if (!is_blank(filled)) message.emplace("content", filled);
  }
  auto embeds = render_embeds(parts_.at("embeds").as_array(), values);
  if (!embeds.empty()) message.emplace("embeds", std::move(embeds));
  if (!components_.empty()) {
    auto rows = components_.sign(ids, origin);
    fill_links(rows, values);
    if (!rows.empty()) message.emplace("components", std::move(rows));
  }
  if (message.empty()) return std::nullopt;
  message.emplace("allowed_mentions", json::object{{"parse", json::array{}}, {"replied_user", false}});
  return message;
}

std::shared_ptr<const Response> ResponseCache::find(base::CommandId command, std::uint64_t revision) {
  const auto* const entry = entries_.find(command);
  return entry == nullptr || entry->revision != revision ? nullptr : entry->response;
}

void ResponseCache::put(base::CommandId command, std::uint64_t revision, std::shared_ptr<const Response> response) {
  const auto weight = entry_weight + response->weight();
  entries_.put(command, {revision, std::move(response)}, weight);
}

base::Result<std::shared_ptr<const Response>> ResponseCache::find_or_parse(const database::Command& command) {
  if (auto cached = find(command.id, command.revision)) return cached;
  auto parsed = Response::parse(command.response);
  if (!parsed) return parsed.error();
  auto response = std::make_shared<const Response>(std::move(*parsed));
  put(command.id, command.revision, response);
  return response;
}

}  // namespace guildhall::bot
