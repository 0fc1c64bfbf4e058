#include "bot/render/response.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "api/discord_message.hpp"
#include "bot/render/embed.hpp"
#include "bot/render/placeholders.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

/// Discord: resources/message, Create Message.
constexpr std::size_t content_limit = 2000;
/// A parsed value takes about this much more than its text.
constexpr std::size_t parsed_size = 6;

}  // namespace

base::Result<Response> Response::parse(std::string_view text) {
  boost::system::error_code error;
  json::value parsed = json::parse(text, error);
  if (error) return base::Error{base::Errc::malformed, "The command's response is not JSON."};
  // What the API wrote is in its normal form already; what somebody wrote by hand gets it here.
  if (const auto valid = api::command_response_schema().validate(parsed); !valid) return valid.error();
  auto& parts = parsed.as_object();
  auto components = ComponentRows::take_from(parts);
  return Response(std::move(parts), std::move(components), text.size() * parsed_size);
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

}  // namespace guildhall::bot
