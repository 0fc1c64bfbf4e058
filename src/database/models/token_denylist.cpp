#include "database/models/token_denylist.hpp"

#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "database/database.hpp"
#include "database/sql.hpp"

namespace guildhall::database {
namespace {

constexpr long long purge_step = 500;

bool select_spent(soci::session& sql, const std::string& id) {
  int count = 0;
  sql << "SELECT COUNT(*) FROM spent_tokens WHERE id = :id", soci::into(count), soci::use(id);
  return count > 0;
}

std::vector<std::string> select_unexpired(soci::session& sql, base::Timestamp now, std::size_t most) {
  const auto limit = static_cast<long long>(most);
  std::vector<std::string> ids;
  std::string id;
  soci::statement statement = (sql.prepare << "SELECT id FROM spent_tokens WHERE expires_at > :now LIMIT :limit",
                               soci::into(id), soci::use(now), soci::use(limit));
  statement.execute();
  while (statement.fetch()) ids.push_back(id);
  return ids;
}

/// Removes a step's worth of expired ids, and says whether there may be more.
bool purge_some(soci::session& sql, base::Timestamp now) {
  std::vector<std::string> expired;
  std::string id;
  {
    soci::statement statement =
        (sql.prepare << "SELECT id FROM spent_tokens WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit",
         soci::into(id), soci::use(now), soci::use(purge_step));
    statement.execute();
    while (statement.fetch()) expired.push_back(id);
  }
  soci::statement statement = (sql.prepare << "DELETE FROM spent_tokens WHERE id = :id", soci::use(id));
  for (auto& gone : expired) {
    id = std::move(gone);
    statement.execute(true);
  }
  return expired.size() == static_cast<std::size_t>(purge_step);
}

}  // namespace

/// What is remembered. Jobs of the database hold it as well, so it may outlive its owner.
struct TokenDenylist::State : std::enable_shared_from_this<State> {
  explicit State(std::size_t most) : most_remembered(most) {}

  const std::size_t most_remembered;
  std::mutex mutex;
  std::unordered_set<std::string> ids;
  std::unordered_set<std::string> since_load;  // spent while a load was under way
  bool complete = false;                       // `ids` has all that are unexpired
  std::uint64_t load = 0;                      // number of the load under way or done last

  void add(const std::string& id) {
    const std::lock_guard lock(mutex);
    if (ids.size() >= most_remembered) {
      complete = false;
      ++load;  // the one under way would not know of `id`
      return;
    }
    ids.insert(id);
    since_load.insert(id);
  }

  void doubt() {
    const std::lock_guard lock(mutex);
    complete = false;
  }

  [[nodiscard]] std::optional<Spent> check(const std::string& id) {
    const std::lock_guard lock(mutex);
    if (ids.contains(id)) return Spent::yes;
    if (complete) return Spent::no;
    return std::nullopt;
  }

  /// Reads anew what is unexpired; that is also how expired ids leave the memory.
  void start_load(Database& database) {
    std::uint64_t number = 0;
    {
      const std::lock_guard lock(mutex);
      number = ++load;
      since_load.clear();
    }
    database.start_read([self = shared_from_this(), number, &clock = database.clock()](soci::session& sql) {
      self->finish_load(number, select_unexpired(sql, clock.now(), self->most_remembered + 1));
    });
  }

  void finish_load(std::uint64_t number, std::vector<std::string> loaded) {
    const std::lock_guard lock(mutex);
    if (number != load) return;
    complete = loaded.size() <= most_remembered;
    ids = since_load;
    if (complete) ids.insert(std::move_iterator(loaded.begin()), std::move_iterator(loaded.end()));
  }
};

namespace {

void purge(Database& database) {
  database.start_write([&database](soci::session& sql, Changes&) {
    if (purge_some(sql, database.clock().now())) purge(database);
  });
}

}  // namespace

TokenDenylist::TokenDenylist(Database& database, std::size_t most_remembered)
    : database_(database), state_(std::make_shared<State>(most_remembered)) {
  ChangeFeed::Listener listener{[state = state_](const Change& change) { state->add(change.id); },
                                [state = state_, &database] {
                                  state->doubt();
                                  state->start_load(database);
                                }};
  subscription_ = database.feed().subscribe(Entity::spent_token, std::move(listener));
  state_->start_load(database);
  upkeep_ = database.each_minute([this] { do_upkeep(); });
}

TokenDenylist::~TokenDenylist() = default;

void TokenDenylist::do_upkeep() {
  purge(database_);
  state_->start_load(database_);
}

std::optional<Spent> TokenDenylist::known(const std::string& id) {
  if (!database_.feed().fresh()) return std::nullopt;
  return state_->check(id);
}

net::Task<Spent> TokenDenylist::check(std::string id) {
  if (const auto remembered = known(id)) co_return *remembered;
  ReadJob<bool> job = [id = std::move(id)](soci::session& sql) { return select_spent(sql, id); };
  auto reading = database_.read(std::move(job));
  const bool spent = co_await std::move(reading);
  co_return spent ? Spent::yes : Spent::no;
}

net::Task<bool> TokenDenylist::spend(std::string id, base::Timestamp expires_at) {
  WriteJob<bool> job = [id = std::move(id), expires_at](soci::session& sql, Changes& changes) {
    if (select_spent(sql, id)) return false;
    sql << "INSERT INTO spent_tokens (id, expires_at) VALUES (:id, :expires_at)", soci::use(id), soci::use(expires_at);
    changes.add(Entity::spent_token, id);
    return true;
  };
  auto writing = database_.write(std::move(job));
  co_return co_await std::move(writing);
}

}  // namespace guildhall::database
