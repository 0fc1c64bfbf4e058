#include "server/login_states.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/encoding.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"
#include "database/models/session_stores.hpp"

namespace guildhall::server {
namespace {

constexpr std::size_t secret_bytes = 16;

bool is_secret(std::string_view cookie) { return cookie.size() == 2 * secret_bytes && base::from_hex(cookie); }

}  // namespace

LoginStates::Started LoginStates::start(Login login, std::string_view cookie) const {
  const auto secret = is_secret(cookie) ? std::string(cookie) : base::random_hex(secret_bytes);
  const auto expires_at = clock_.now() + lifetime;
  const boost::json::object content{{"id", base::random_hex(secret_bytes)},
                                    {"browser", secret},
                                    {"return_to", login.return_to},
                                    {"redirect_uri", login.redirect_uri},
                                    {"expires_at", expires_at.time_since_epoch().count()}};
  return {jwe_.encrypt(boost::json::serialize(content)), secret};
}

net::Task<LoginStates::Finished> LoginStates::finish(std::string state, std::string cookie) {
  Finished finished;
  const auto content = jwe_.decrypt(state);
  if (!content) co_return finished;
  // Only `start` can have written it.
  const auto value = boost::json::parse(*content);
  const auto text = [&value](std::string_view name) { return std::string(value.at(name).as_string()); };
  finished.login = Login{text("return_to"), text("redirect_uri")};
  const base::Timestamp expires_at{std::chrono::milliseconds(value.at("expires_at").as_int64())};
  if (!base::equal_in_constant_time(text("browser"), cookie) || expires_at <= clock_.now()) co_return finished;
  std::string id = text("id");
  finished.valid = co_await denylist_.deny(std::move(id), expires_at);
  co_return finished;
}

}  // namespace guildhall::server
