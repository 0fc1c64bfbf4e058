#include "discord/rest/client.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iterator>

#include "discord/rest/answer.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using base::Error;

/// How many guilds a full page has (Discord: resources/user, Get Current User Guilds).
constexpr std::size_t guilds_per_page = 200;
/// A rate limit that ends at once is not believed.
constexpr std::chrono::milliseconds shortest_wait{50};

std::string authorization_field(const Authorization& authorization) {
  const std::string scheme = authorization.kind == Authorization::Kind::bot ? "Bot " : "Bearer ";
  return scheme + std::string(authorization.token.reveal());
}

}  // namespace

class RestClient::Impl {
 public:
  explicit Impl(Parts parts) : http_(parts.http), api_url_(std::move(parts.api_url)) {}

  [[nodiscard]] net::Task<base::Result<std::vector<PartialGuild>>> guilds_page(Authorization authorization,
                                                                               base::GuildId after);
  [[nodiscard]] net::Task<base::Result<boost::json::value>> get(std::string path, Authorization authorization);

 private:
  net::HttpClient& http_;
  std::string api_url_;
};

RestClient::RestClient(Parts parts) : impl_(std::make_shared<Impl>(std::move(parts))) {}

RestClient::~RestClient() = default;

net::Task<> RestClient::close() { co_return; }

std::string user_agent(std::string_view version) {
  return "DiscordBot (https://github.com/guildhall/guildhall, " + std::string(version) + ")";
}

net::Task<base::Result<User>> RestClient::current_user(Authorization authorization) {
  const auto body = co_await impl_->get("/users/@me", std::move(authorization));
  if (!body) co_return body.error();
  auto user = parse_user(*body);
  if (!user) co_return Error{Errc::bad_upstream, "Discord answered with something that is not a user."};
  co_return std::move(*user);
}

net::Task<base::Result<std::vector<PartialGuild>>> RestClient::current_user_guilds(Authorization authorization,
                                                                                   std::chrono::milliseconds patience) {
  std::vector<PartialGuild> guilds;
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (;;) {
    const base::GuildId after = guilds.empty() ? base::GuildId{} : guilds.back().id;
    auto page = co_await impl_->guilds_page(authorization, after);
    if (page) {
      const bool last = page->size() < guilds_per_page;
      std::move(page->begin(), page->end(), std::back_inserter(guilds));
      if (last) co_return guilds;
      continue;
    }
    const Error& error = page.error();
    const auto wait = std::max(error.retry_after, shortest_wait);
    if (error.code != Errc::rate_limited || wait > patience) co_return error;
    patience -= wait;
    timer.expires_after(wait);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

net::Task<base::Result<std::vector<PartialGuild>>> RestClient::Impl::guilds_page(Authorization authorization,
                                                                                 base::GuildId after) {
  std::string path = "/users/@me/guilds?limit=" + std::to_string(guilds_per_page);
  if (after != base::GuildId{}) path += "&after=" + after.to_string();
  const auto body = co_await get(std::move(path), std::move(authorization));
  if (!body) co_return body.error();
  auto guilds = parse_partial_guilds(*body);
  // Ids that do not grow would make the pages go round in a circle.
  const auto ascending = [](const PartialGuild& a, const PartialGuild& b) { return a.id < b.id; };
  if (!guilds || (guilds->size() >= guilds_per_page &&
                  (!std::is_sorted(guilds->begin(), guilds->end(), ascending) || guilds->front().id <= after))) {
    co_return Error{Errc::bad_upstream, "Discord answered with something that is not a list of guilds."};
  }
  co_return std::move(*guilds);
}

net::Task<base::Result<boost::json::value>> RestClient::Impl::get(std::string path, Authorization authorization) {
  net::ClientRequest request;
  request.url = api_url_ + path;
  request.headers.add("Authorization", authorization_field(authorization));
  const auto response = co_await http_.send(std::move(request));
  if (!response) co_return response.error();
  co_return read_answer(*response);
}

}  // namespace guildhall::discord
