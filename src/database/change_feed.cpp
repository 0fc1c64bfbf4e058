#include "database/change_feed.hpp"

#include <soci/soci.h>

#include "database/insert_many.hpp"

namespace guildhall::database {
namespace {

constexpr long long page = 1000;
constexpr std::chrono::minutes between_marks{1};

long long newest_number(soci::session& sql) {
  long long newest = 0;
  sql << "SELECT COALESCE(MAX(seq), 0) FROM changes", soci::into(newest);
  return newest;
}

}  // namespace

ChangeFeed::Subscription ChangeFeed::subscribe(Entity entity, Listener listener) {
  const std::lock_guard lock(mutex_);
  const auto key = next_key_++;
  listeners_.emplace(key, std::pair{entity, std::move(listener)});
  return {*this, key};
}

void ChangeFeed::unsubscribe(std::uint64_t key) {
  const std::lock_guard lock(mutex_);
  listeners_.erase(key);
}

std::vector<ChangeFeed::Numbered> ChangeFeed::append(soci::session& sql, const Changes& changes,
                                                     base::Timestamp now) const {
  std::vector<Numbered> rows;
  for (const auto& change : changes.all()) rows.push_back({0, change});
  if (writers_ == Writers::only_this || rows.empty()) return rows;

  const Destination feed{"changes", "entity, entity_id, created_at", 3, "seq"};
  const auto numbers = insert_numbered(sql, feed, rows, [&now](soci::statement& statement, const Numbered& row) {
    statement.exchange(soci::use(row.change.entity));
    statement.exchange(soci::use(row.change.id));
    statement.exchange(soci::use(now));
  });
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].number = numbers[i];
  return rows;
}

void ChangeFeed::announce(std::span<const Numbered> committed) {
  const std::lock_guard lock(mutex_);
  for (const auto& [number, change] : committed) {
    tell(change);
    if (writers_ == Writers::many && number > newest_ - overlap_) told_.insert(number);
  }
}

void ChangeFeed::begin(soci::session& sql, TimePoint now) {
  if (writers_ == Writers::only_this) return;
  const auto newest = newest_number(sql);
  const std::lock_guard lock(mutex_);
  newest_ = newest;
  polled_ = now;
  trusted_until_ = (now + trust).time_since_epoch().count();
}

void ChangeFeed::poll(soci::session& sql, TimePoint now) {
  if (now - polled_ > keep / 2) tell_missed();  // rows may have gone unseen
  auto cursor = newest_ - overlap_;
  while (read_page(sql, cursor)) {
  }
  const std::lock_guard lock(mutex_);
  told_.erase(told_.begin(), told_.upper_bound(newest_ - overlap_));
  if (marks_.empty() || now - marks_.back().first >= between_marks) marks_.emplace_back(now, newest_);
  polled_ = now;
  trusted_until_ = (now + trust).time_since_epoch().count();
}

/// Tells of the rows behind `cursor`, and says whether there may be more.
bool ChangeFeed::read_page(soci::session& sql, std::int64_t& cursor) {
  const long long from = cursor;
  std::vector<Numbered> rows;
  long long number = 0;
  int entity = 0;
  std::string id;
  soci::statement statement =
      (sql.prepare << "SELECT seq, entity, entity_id FROM changes WHERE seq > :from ORDER BY seq LIMIT 1000",
       soci::into(number), soci::into(entity), soci::into(id), soci::use(from));
  statement.execute();
  while (statement.fetch()) rows.push_back({number, {static_cast<Entity>(entity), id}});

  const std::lock_guard lock(mutex_);
  for (const auto& row : rows) {
    if (told_.insert(row.number).second) tell(row.change);
    newest_ = std::max(newest_, row.number);
    cursor = row.number;
  }
  return static_cast<long long>(rows.size()) == page;
}

long long ChangeFeed::purge(soci::session& sql, TimePoint now) {
  long long last = 0;
  {
    const std::lock_guard lock(mutex_);
    while (marks_.size() > 1 && now - marks_[1].first >= keep) marks_.pop_front();
    if (marks_.empty() || now - marks_.front().first < keep) return 0;
    last = marks_.front().second;
  }
  long long oldest = 0;
  sql << "SELECT COALESCE(MIN(seq), 0) FROM changes", soci::into(oldest);
  last = std::min<long long>(last, oldest + purge_step - 1);
  soci::statement statement = (sql.prepare << "DELETE FROM changes WHERE seq <= :last", soci::use(last));
  statement.execute(true);
  return statement.get_affected_rows();
}

void ChangeFeed::tell(const Change& change) {
  for (const auto& [key, listener] : listeners_) {
    if (listener.first == change.entity) listener.second.changed(change);
  }
}

void ChangeFeed::tell_missed() {
  const std::lock_guard lock(mutex_);
  for (const auto& [key, listener] : listeners_) listener.second.missed();
}

}  // namespace guildhall::database
