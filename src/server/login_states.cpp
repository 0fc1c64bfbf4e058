#include "server/login_states.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "database/models/token_denylist.hpp"

namespace guildhall::server {

LoginStates::Started LoginStates::start(std::string_view return_to) const {
  const std::string state = base::random_hex(16);
  const auto expires_at = clock_.now() + lifetime;
  const boost::json::object content{
      {"state", state}, {"return_to", return_to}, {"expires_at", expires_at.time_since_epoch().count()}};
  return {state, jwe_.encrypt(boost::json::serialize(content))};
}

net::Task<std::optional<std::string>> LoginStates::finish(std::string state, std::string cookie) {
  const auto content = jwe_.decrypt(cookie);
  if (!content) co_return std::nullopt;
  // Only `start` can have written it.
  const auto value = boost::json::parse(*content);
  const base::Timestamp expires_at{std::chrono::milliseconds(value.at("expires_at").as_int64())};
  const std::string expected(value.at("state").as_string());
  const std::string return_to(value.at("return_to").as_string());
  if (!base::equal_in_constant_time(expected, state) || expires_at <= clock_.now()) co_return std::nullopt;
  const bool first_use = co_await denylist_.deny(std::move(state), expires_at);
  if (!first_use) co_return std::nullopt;
  co_return return_to;
}

}  // namespace guildhall::server
