#include "discord/rest/client.hpp"

#include "discord/rest/answer.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using base::Error;

std::string authorization_field(const Authorization& authorization) {
  const std::string scheme = authorization.kind == Authorization::Kind::bot ? "Bot " : "Bearer ";
  return scheme + std::string(authorization.token.reveal());
}

}  // namespace

std::string user_agent(std::string_view version) {
  return "DiscordBot (https://github.com/guildhall/guildhall, " + std::string(version) + ")";
}

net::Task<base::Result<User>> RestClient::current_user(Authorization authorization) {
  const auto body = co_await get("/users/@me", std::move(authorization));
  if (!body) co_return body.error();
  auto user = parse_user(*body);
  if (!user) co_return Error{Errc::bad_upstream, "Discord answered with something that is not a user."};
  co_return std::move(*user);
}

net::Task<base::Result<std::vector<PartialGuild>>> RestClient::current_user_guilds(Authorization authorization,
                                                                                   base::GuildId after) {
  std::string path = "/users/@me/guilds?limit=" + std::to_string(guilds_per_page);
  if (after != base::GuildId{}) path += "&after=" + after.to_string();
  const auto body = co_await get(std::move(path), std::move(authorization));
  if (!body) co_return body.error();
  auto guilds = parse_partial_guilds(*body);
  if (!guilds) co_return Error{Errc::bad_upstream, "Discord answered with something that is not a list of guilds."};
  co_return std::move(*guilds);
}

net::Task<base::Result<boost::json::value>> RestClient::get(std::string path, Authorization authorization) {
  net::ClientRequest request;
  request.url = api_url_ + path;
  request.headers.add("Authorization", authorization_field(authorization));
  const auto response = co_await http_.send(std::move(request));
  if (!response) co_return response.error();
  co_return read_answer(*response);
}

}  // namespace guildhall::discord
