#include "database/change_feed.hpp"

#include <algorithm>

#include "database/rows.hpp"

namespace guildhall::database {
namespace {

constexpr std::size_t max_rows_per_poll = 1000;
constexpr std::chrono::minutes mark_interval{1};

struct ChangeRow {
  static constexpr const char* table = "changes";
  long long seq = 0;
  Entity entity{};
  std::string entity_id;
  base::Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(ChangeRow, (), (seq, entity, entity_id, created_at))

}  // namespace

ChangeFeed::Subscription ChangeFeed::subscribe(Entity entity, Listener listener) {
  return topic_.subscribe([entity, listener = std::move(listener)](const std::shared_ptr<const Notice>& notice) {
    if (!*notice) {
      listener.missed();
    } else if ((*notice)->entity == entity) {
      listener.changed(**notice);
    }
  });
}

std::vector<ChangeFeed::Numbered> ChangeFeed::append(soci::session& sql, const Changes& changes,
                                                     base::Timestamp now) const {
  std::vector<Numbered> numbered;
  std::vector<ChangeRow> rows;
  for (const auto& change : changes.all()) {
    numbered.push_back({0, change});
    rows.push_back({0, change.entity, change.id, now});
  }
  if (writers_ == Writers::only_this || rows.empty()) return numbered;
  const auto numbers = insert_numbered(sql, rows, "seq");
  for (std::size_t i = 0; i < numbered.size(); ++i) numbered[i].number = numbers[i];
  return numbered;
}

void ChangeFeed::announce(std::span<const Numbered> committed) {
  const std::lock_guard lock(mutex_);
  for (const auto& [number, change] : committed) {
    topic_.publish(change);
    if (writers_ == Writers::many && number > newest_ - overlap_) told_.insert(number);
  }
}

void ChangeFeed::begin(soci::session& sql, TimePoint now) {
  if (writers_ == Writers::only_this) return;
  const auto newest = query_one<long long>(sql, "SELECT COALESCE(MAX(seq), 0) FROM changes");
  const std::lock_guard lock(mutex_);
  newest_ = *newest;
  polled_ = now;
  trusted_until_ = (now + trust).time_since_epoch().count();
}

void ChangeFeed::poll(soci::session& sql, TimePoint now) {
  if (now - polled_ > keep / 2) topic_.publish(std::nullopt);  // rows may have been purged before they were read
  auto cursor = newest_ - overlap_;
  while (read_page(sql, cursor)) {
  }
  const std::lock_guard lock(mutex_);
  told_.erase(told_.begin(), told_.upper_bound(newest_ - overlap_));
  if (marks_.empty() || now - marks_.back().first >= mark_interval) marks_.emplace_back(now, newest_);
  polled_ = now;
  trusted_until_ = (now + trust).time_since_epoch().count();
}

/// Tells of the rows behind `cursor`, and says whether there may be more.
bool ChangeFeed::read_page(soci::session& sql, std::int64_t& cursor) {
  const auto rows = select<ChangeRow>(sql, "WHERE seq > :from ORDER BY seq LIMIT " + std::to_string(max_rows_per_poll),
                                      static_cast<long long>(cursor));
  const std::lock_guard lock(mutex_);
  for (const auto& row : rows) {
    if (told_.insert(row.seq).second) topic_.publish(Change{row.entity, row.entity_id});
    newest_ = std::max<std::int64_t>(newest_, row.seq);
    cursor = row.seq;
  }
  return rows.size() == max_rows_per_poll;
}

long long ChangeFeed::purge(soci::session& sql, TimePoint now) {
  long long last = 0;
  {
    const std::lock_guard lock(mutex_);
    while (marks_.size() > 1 && now - marks_[1].first >= keep) marks_.pop_front();
    if (marks_.empty() || now - marks_.front().first < keep) return 0;
    last = marks_.front().second;
  }
  const auto oldest = query_one<long long>(sql, "SELECT COALESCE(MIN(seq), 0) FROM changes");
  last = std::min<long long>(last, *oldest + purge_step - 1);
  return execute(sql, "DELETE FROM changes WHERE seq <= :last", last);
}

}  // namespace guildhall::database
