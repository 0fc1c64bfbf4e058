#include "bot/render/response.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "api/discord_message.hpp"
#include "bot/render/embed.hpp"
#include "bot/render/placeholders.hpp"
#include "database/models/command.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

/// Discord: resources/message, Create Message.
constexpr std::size_t content_limit = 2000;
/// Bytes of a parsed value per byte of its JSON.
constexpr std::size_t bytes_per_character = 6;
/// Bytes of a cache entry beside its response.
constexpr std::size_t entry_weight = 128;

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

std::optional<json::object> Response::render(std::span<const std::string_view> arguments, const ComponentIds& ids,
                                             const ComponentOrigin& origin) const {
  json::object message;
  if (const auto* content = parts_.at("content").if_string()) {
    auto filled = fill_placeholders(*content, arguments, content_limit);
    if (!is_blank(filled)) message.emplace("content", filled);
  }
  auto embeds = render_embeds(parts_.at("embeds").as_array(), arguments);
  if (!embeds.empty()) message.emplace("embeds", std::move(embeds));
  if (!components_.empty()) message.emplace("components", components_.sign(ids, origin));
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
