#include "api/discord_message.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "api/discord_component.hpp"
#include "api/discord_embed.hpp"
#include "api/discord_shared.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

std::optional<Fault> says_something(const json::value& response) {
  const bool silent = response.at("content").is_null() && response.at("embeds").as_array().empty() &&
                      response.at("components").as_array().empty();
  if (!silent) return std::nullopt;
  return Fault{"", "A response needs content, an embed or a component."};
}

std::optional<Fault> embeds_fit_together(const json::value& response) {
  std::size_t length = 0;
  for (const json::value& embed : response.at("embeds").as_array()) length += embed_text_length(embed);
  if (length <= embeds_text_limit) return std::nullopt;
  return Fault{"/embeds", "Must be at most " + std::to_string(embeds_text_limit) +
                              " characters in all embeds together; these have " + std::to_string(length) + "."};
}

std::optional<Fault> ids_are_unique(const json::value& response) {
  auto found = check_unique_ids(response.at("components"));
  if (found) found->pointer.insert(0, "/components");
  return found;
}

}  // namespace

const Schema& command_response_schema() {
  static const Schema schema =
      object({
                 part("content", text().length(1, 2000).visible().otherwise(nullptr).describe(
                                     "Discord's Markdown; `${1}` to `${n}` stand for the arguments.")),
                 part("embeds", list(embed_schema()).items(0, 10).otherwise(json::array{})),
                 part("components", list(top_component_schema()).items(0, 5).otherwise(json::array{})),
                 part("onlyCaller", only_caller()),
                 part("expiresAfter", expires_after()),
             })
          .named("CommandResponse")
          .describe("What the bot answers. In answers of this API content, embeds and components are there.")
          .rule(&says_something, "It needs content, an embed or a component.")
          .rule(&embeds_fit_together,
                "Titles, descriptions, fields, footers and authors of all embeds have at most "
                "6000 characters together.")
          .rule(&ids_are_unique, "No two components have the same custom_id.");
  return schema;
}

}  // namespace guildhall::api
