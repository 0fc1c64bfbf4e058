#include "domain/admins.hpp"

#include <algorithm>
#include <utility>

#include "api/errors.hpp"

namespace guildhall::domain {

using base::Errc;
using base::Error;

Admins::Admins(database::UserRepository& users, std::vector<base::UserId> listed, base::Log log)
    : users_(users), listed_(std::move(listed)), log_(std::move(log)) {}

database::AdminGrant Admins::grant_at_login(base::UserId id) const {
  const auto listed = listed_.get();
  return std::ranges::find(*listed, id) != listed->end() ? database::AdminGrant::grant : database::AdminGrant::leave;
}

net::Task<> Admins::apply_list() {
  std::vector<base::UserId> ids = *listed_.get();
  const auto changes = co_await users_.apply_admin_list(std::move(ids));
  for (const auto id : changes.granted) log_.info("Granted role ADMIN: ADMIN_USER_IDS names the user", {{"user", id}});
  for (const auto id : changes.revoked) {
    log_.warn("Revoked role ADMIN: ADMIN_USER_IDS does not name the user any more", {{"user", id}});
  }
}

net::Task<std::vector<database::Admin>> Admins::list() { return users_.admins(); }

net::Task<base::Result<void>> Admins::add(base::UserId id) {
  const bool added = co_await users_.add_admin(id);
  if (added) co_return base::Result<void>();
  co_return Error{Errc::not_found, "Nobody with the id " + id.to_string() +
                                       " has logged in. Let them log in first, or put the id into ADMIN_USER_IDS."};
}

net::Task<base::Result<void>> Admins::remove(base::UserId id) {
  if (grant_at_login(id) == database::AdminGrant::grant) {
    co_return Error{Errc::conflict, "ADMIN_USER_IDS names " + id.to_string() +
                                        ": take the id out of it, and the role goes at the next reload or start."};
  }
  const bool removed = co_await users_.remove_admin(id);
  if (removed) co_return base::Result<void>();
  co_return Error{Errc::not_found, id.to_string() + " does not hold role ADMIN."};
}

net::Task<base::Result<void>> Admins::grant(base::UserId actor, base::UserId id) {
  const auto added = co_await add(id);
  if (added) log_.info("Granted role ADMIN", {{"user", id}, {"by", actor}});
  co_return added;
}

net::Task<base::Result<void>> Admins::revoke(base::UserId actor, base::UserId id) {
  if (actor == id) co_return api::errors::own_role;
  const auto removed = co_await remove(id);
  if (removed) log_.warn("Revoked role ADMIN", {{"user", id}, {"by", actor}});
  co_return removed;
}

}  // namespace guildhall::domain
