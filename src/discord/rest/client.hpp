#pragma once

#include <boost/json/value.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "discord/model/partial_guild.hpp"
#include "discord/model/user.hpp"
#include "net/http_client.hpp"

namespace guildhall::discord {

/// The User-Agent that Discord asks for (Discord: reference, User Agent).
[[nodiscard]] std::string user_agent(std::string_view version);

/// Whose rights a request has (Discord: reference, Authentication).
struct Authorization {
  enum class Kind : std::uint8_t { bearer, bot };
  Kind kind = Kind::bot;
  base::Secret token;
};

/// Discord's REST API. Any thread may call. Errors are those of `read_answer` and of net::HttpClient.
class RestClient {
 public:
  /// `api_url` without trailing slash, as `https://discord.com/api/v10`. `http` outlives the client.
  RestClient(net::HttpClient& http, std::string api_url) : http_(http), api_url_(std::move(api_url)) {}

  /// `GET /users/@me`
  [[nodiscard]] net::Task<base::Result<User>> current_user(Authorization authorization);

  /// `GET /users/@me/guilds`, all pages: the whole list or an error. Where Discord limits the rate, waits as long as it
  /// says, but not more than `patience` in all; Errc::rate_limited then.
  [[nodiscard]] net::Task<base::Result<std::vector<PartialGuild>>> current_user_guilds(
      Authorization authorization, std::chrono::milliseconds patience);

 private:
  [[nodiscard]] net::Task<base::Result<std::vector<PartialGuild>>> guilds_page(Authorization authorization,
                                                                               base::GuildId after);
  [[nodiscard]] net::Task<base::Result<boost::json::value>> get(std::string path, Authorization authorization);

  net::HttpClient& http_;
  std::string api_url_;
};

}  // namespace guildhall::discord
