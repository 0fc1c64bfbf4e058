#include "database/models/kept_token_repository.hpp"

#include <utility>

#include "database/expiry.hpp"

namespace guildhall::database {

KeptTokenRepository::KeptTokenRepository(Database& database)
    : database_(database),
      maintenance_(
          database.each_minute([&database] { start_purge_of_expired<std::string>(database, KeptToken::table); })) {}

net::Task<> KeptTokenRepository::add(KeptToken token) {
  WriteJob<void> job = [token = std::move(token)](soci::session& sql, Changes&) { insert(sql, token); };
  co_await database_.write(std::move(job));
}

net::Task<std::optional<KeptToken>> KeptTokenRepository::find(std::string id) {
  ReadJob<std::optional<KeptToken>> job = [id = std::move(id)](soci::session& sql) {
    return select_one<KeptToken>(sql, "WHERE id = :id", id);
  };
  co_return co_await database_.read(std::move(job));
}

net::Task<> KeptTokenRepository::remove(std::string id) {
  WriteJob<void> job = [id = std::move(id)](soci::session& sql, Changes&) {
    execute(sql, "DELETE FROM kept_tokens WHERE id = :id", id);
  };
  co_await database_.write(std::move(job));
}

}  // namespace guildhall::database
