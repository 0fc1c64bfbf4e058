#include "server/discord_error.hpp"

#include "api/errors.hpp"

namespace guildhall::server {

using base::Errc;

bool is_away(const base::Error& error) {
  return error.code == Errc::rate_limited || error.code == Errc::unavailable || error.code == Errc::timed_out;
}

base::Error discord_error(const base::Error& error) {
  if (error.code == Errc::rate_limited) return api::errors::discord_limit.after(error.retry_after);
  if (is_away(error)) return api::errors::discord_away.after(error.retry_after);
  return api::errors::discord_failed;
}

}  // namespace guildhall::server
