#include "database/models/trigger_keys.hpp"

#include <set>
#include <string>
#include <vector>

#include "base/text/word_key.hpp"
#include "database/models/command.hpp"
#include "database/rows.hpp"
#include "database/transaction.hpp"

namespace guildhall::database {
namespace {

struct UnkeyedTrigger {
  base::CommandId id;
  std::string trigger;
};
BOOST_DESCRIBE_STRUCT(UnkeyedTrigger, (), (id, trigger))

struct SharedKey {
  base::GuildId guild_id;
  std::string trigger_key;
};
BOOST_DESCRIBE_STRUCT(SharedKey, (), (guild_id, trigger_key))

constexpr std::size_t keys_page = 1000;

/// Writes the keys with one statement.
void write_keys(soci::session& sql, std::span<const UnkeyedTrigger> rows) {
  std::vector<std::string> keys;
  for (const auto& row : rows) {
    keys.push_back(base::word_key(row.trigger));
    if (keys.back().empty()) keys.back() = row.trigger;  // no word, but it must not be looked at again
  }
  soci::statement statement(sql);
  std::string cases;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    details::bind(statement, rows[i].id);
    details::bind(statement, keys[i]);
    cases += " WHEN :i" + std::to_string(i) + " THEN :k" + std::to_string(i);
  }
  for (const auto& row : rows) details::bind(statement, row.id);
  details::prepare(
      statement, "UPDATE commands SET trigger_key = CASE id" + cases + " END WHERE id IN " + placeholders(rows.size()));
  statement.execute(true);
}

/// Makes commands with the same key case-sensitive if that tells them apart. Returns how many.
std::size_t separate(soci::session& sql, const SharedKey& shared) {
  const auto same =
      query<UnkeyedTrigger>(sql, "SELECT id, `trigger` FROM commands WHERE guild_id = :guild AND trigger_key = :key",
                            shared.guild_id, shared.trigger_key);
  std::set<std::string> spellings;
  for (const auto& row : same) spellings.insert(base::word_key(row.trigger, base::Case::keep));
  if (spellings.size() < 2) return 0;
  execute(sql, "UPDATE commands SET case_sensitive = 1 WHERE guild_id = :guild AND trigger_key = :key", shared.guild_id,
          shared.trigger_key);
  return same.size();
}

}  // namespace

FilledTriggerKeys fill_trigger_keys(soci::session& sql, const Dialect& dialect) {
  const std::string unkeyed = "SELECT id, `trigger` FROM commands WHERE trigger_key = '' AND `trigger` <> '' LIMIT " +
                              std::to_string(keys_page);
  FilledTriggerKeys filled;
  if (query<UnkeyedTrigger>(sql, unkeyed).empty()) return filled;
  dialect.begin(sql, Access::write);
  Transaction transaction(sql);
  for (auto rows = query<UnkeyedTrigger>(sql, unkeyed); !rows.empty(); rows = query<UnkeyedTrigger>(sql, unkeyed)) {
    const std::vector<UnkeyedTrigger>& page = rows;
    for (const auto chunk : chunked(std::span(page))) write_keys(sql, chunk);
    filled.commands += rows.size();
  }
  const auto shared = query<SharedKey>(
      sql, "SELECT guild_id, trigger_key FROM commands GROUP BY guild_id, trigger_key HAVING COUNT(*) > 1");
  for (const auto& key : shared) filled.case_sensitive += separate(sql, key);
  transaction.commit();
  return filled;
}

}  // namespace guildhall::database
