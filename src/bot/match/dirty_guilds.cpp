#include "bot/match/dirty_guilds.hpp"

namespace guildhall::bot {

void DirtyGuilds::mark(base::GuildId guild) {
  const std::lock_guard lock(mutex_);
  marks_[guild] = ++last_;
  update_count();
}

void DirtyGuilds::mark_all() {
  const std::lock_guard lock(mutex_);
  all_ = ++last_;
  update_count();
}

bool DirtyGuilds::contains(base::GuildId guild) const {
  if (marked_ == 0) return false;
  const std::lock_guard lock(mutex_);
  return all_ != 0 || marks_.contains(guild);
}

DirtyGuilds::Batch DirtyGuilds::next(std::size_t max_guilds) const {
  const std::lock_guard lock(mutex_);
  Batch batch{all_ != 0, {}, last_};
  for (auto at = marks_.begin(); !batch.all && at != marks_.end() && batch.guilds.size() < max_guilds; ++at) {
    batch.guilds.push_back(at->first);
  }
  return batch;
}

void DirtyGuilds::clear(const Batch& batch) {
  const std::lock_guard lock(mutex_);
  if (batch.all) {
    if (all_ <= batch.mark) all_ = 0;
    std::erase_if(marks_, [&](const auto& entry) { return entry.second <= batch.mark; });
  }
  for (const auto guild : batch.guilds) {
    const auto found = marks_.find(guild);
    if (found != marks_.end() && found->second <= batch.mark) marks_.erase(found);
  }
  update_count();
}

}  // namespace guildhall::bot
