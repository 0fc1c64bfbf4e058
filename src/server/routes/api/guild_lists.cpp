#include "server/guild_lists.hpp"

#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {
namespace {

net::Response to_response(const GuildLists::Json& json) {
  return json ? shared_json_response(*json) : server::to_response(json.error());
}

template <GuildLists::List which>
net::Task<net::Response> show_list(Context& context) {
  co_return to_response(co_await context.services.guild_lists.list(context.guild->id(), which));
}

net::Task<net::Response> search_members(Context& context) {
  const auto fields = read_query(context.request);
  if (!fields) co_return server::to_response(fields.error());
  auto query = api::parse_member_query(*fields);
  if (!query) co_return server::to_response(query.error());
  auto searching = context.services.guild_lists.members(context.guild->id(), *std::move(query));
  co_return to_response(co_await std::move(searching));
}

}  // namespace

std::vector<Route> guild_lists() {
  const auto operation = [](std::string_view id, std::string_view summary, std::string_view description,
                            const schema::Schema& schema, std::string_view example) {
    return api::Operation{.id = id,
                          .tag = "Guilds",
                          .summary = summary,
                          .description = description,
                          .answers = {{200, "The list.", {}, api::json_content(schema, example)}}};
  };
  constexpr std::string_view cached = "As Discord lists them for the bot, cached for some seconds.";
  auto members = operation("searchMembers", "Members whose name begins with something", cached, api::members_schema(),
                           R"([{"id": "2000000000000000002", "username": "grace", "globalName": "Grace", "nick": null,
                               "avatar": null}])");
  members.parameters = api::member_query_parameters();
  members.errors = {api::errors::field_required, api::errors::malformed_query};
  return {
      {net::Method::get, "/api/guilds/:id/channels", Access::guild_manager, show_list<GuildLists::List::channels>,
       operation("listChannels", "A server's channels and categories",
                 "In Discord's order, without threads. Cached for some seconds.", api::channels_schema(),
                 R"([{"id": "4000000000000000001", "type": 0, "name": "general", "parentId": null, "position": 0}])")},
      {net::Method::get, "/api/guilds/:id/roles", Access::guild_manager, show_list<GuildLists::List::roles>,
       operation("listRoles", "A server's roles", "The highest first. Cached for some seconds.", api::roles_schema(),
                 R"([{"id": "3000000000000000001", "name": "@everyone", "color": 0, "position": 0, "managed": false,
                      "mentionable": false}])")},
      {net::Method::get, "/api/guilds/:id/emojis", Access::guild_manager, show_list<GuildLists::List::emojis>,
       operation("listEmojis", "A server's emojis", cached, api::emojis_schema(),
                 R"([{"id": "6000000000000000001", "name": "gear", "animated": false, "available": true}])")},
      {net::Method::get, "/api/guilds/:id/members", Access::guild_manager, search_members, std::move(members)},
  };
}

}  // namespace guildhall::server::routes
