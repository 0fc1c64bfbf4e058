#include "database/models/token_denylist.hpp"

#include <iterator>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "database/expiry.hpp"

namespace guildhall::database {
namespace {

bool is_denied(soci::session& sql, const std::string& id) {
  return *query_one<long long>(sql, "SELECT COUNT(*) FROM spent_tokens WHERE id = :id", id) > 0;
}

}  // namespace

/// The ids in memory. Jobs of the database share it, so it may outlive the denylist.
struct TokenDenylist::State : std::enable_shared_from_this<State> {
  explicit State(std::size_t max) : max_in_memory(max) {}

  const std::size_t max_in_memory;
  std::mutex mutex;
  std::unordered_set<std::string> ids;
  std::unordered_set<std::string> since_load;  // denied while a load was in flight
  bool complete = false;                       // `ids` has all that were unexpired at `loaded_at`
  base::Timestamp loaded_at{};
  std::uint64_t load = 0;  // number of the last load

  void add(const std::string& id) {
    const std::lock_guard lock(mutex);
    if (ids.size() >= max_in_memory) {
      complete = false;
      ++load;  // the one in flight does not know `id`
      return;
    }
    ids.insert(id);
    since_load.insert(id);
  }

  void doubt() {
    const std::lock_guard lock(mutex);
    complete = false;
  }

  [[nodiscard]] std::optional<TokenState> check(const std::string& id, base::Timestamp now) {
    const std::lock_guard lock(mutex);
    if (ids.contains(id)) return TokenState::denied;
    // Before `loaded_at`, because the clock was set back, ids may be unexpired that are not here.
    if (complete && now >= loaded_at) return TokenState::accepted;
    return std::nullopt;
  }

  /// Reads all unexpired ids again, so that expired ones leave the memory.
  void start_load(Database& database) {
    std::uint64_t number = 0;
    {
      const std::lock_guard lock(mutex);
      number = ++load;
      since_load.clear();
    }
    // All that are there, while it is not certain what time it is.
    const auto now = database.purge_time().value_or(base::Timestamp{});
    database.start_read([self = shared_from_this(), number, now](soci::session& sql) {
      auto loaded = query<std::string>(
          sql, "SELECT id FROM spent_tokens WHERE expires_at > :now LIMIT " + std::to_string(self->max_in_memory + 1),
          now);
      self->finish_load(number, std::move(loaded), now);
    });
  }

  void finish_load(std::uint64_t number, std::vector<std::string> loaded, base::Timestamp at) {
    const std::lock_guard lock(mutex);
    if (number != load) return;
    loaded_at = at;
    complete = loaded.size() <= max_in_memory;
    ids = since_load;
    if (complete) ids.insert(std::move_iterator(loaded.begin()), std::move_iterator(loaded.end()));
  }
};

TokenDenylist::TokenDenylist(Database& database, std::size_t max_in_memory)
    : database_(database), state_(std::make_shared<State>(max_in_memory)) {
  ChangeFeed::Listener listener{[state = state_](const Change& change) { state->add(change.id); },
                                [state = state_, &database] {
                                  state->doubt();
                                  state->start_load(database);
                                }};
  subscription_ = database.feed().subscribe(Entity::spent_token, std::move(listener));
  state_->start_load(database);
  maintenance_ = database.each_minute([this] { purge_expired(); });
}

TokenDenylist::~TokenDenylist() = default;

void TokenDenylist::purge_expired() {
  start_purge_of_expired<std::string>(database_, "spent_tokens", margin);
  state_->start_load(database_);
}

std::optional<TokenState> TokenDenylist::known(const std::string& id) {
  if (!database_.feed().fresh()) return std::nullopt;
  return state_->check(id, database_.clock().now());
}

net::Task<TokenState> TokenDenylist::check(std::string id) {
  if (const auto remembered = known(id)) co_return *remembered;
  ReadJob<bool> job = [id = std::move(id)](soci::session& sql) { return is_denied(sql, id); };
  const bool denied = co_await database_.read(std::move(job));
  co_return denied ? TokenState::denied : TokenState::accepted;
}

net::Task<bool> TokenDenylist::deny(std::string id, base::Timestamp expires_at) {
  WriteJob<bool> job = [id = std::move(id), expires_at](soci::session& sql, Changes& changes) {
    if (is_denied(sql, id)) return false;
    execute(sql, "INSERT INTO spent_tokens (id, expires_at) VALUES (:id, :expires_at)", id, expires_at);
    changes.add(Entity::spent_token, id);
    return true;
  };
  co_return co_await database_.write(std::move(job));
}

}  // namespace guildhall::database
