#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"

namespace guildhall::bot {

/// The guilds of which something in memory is older than the database. Any thread may call.
class DirtyGuilds {
 public:
  void mark(base::GuildId guild);
  void mark_all();

  /// Costs next to nothing while there are none.
  [[nodiscard]] bool contains(base::GuildId guild) const;

  /// Guilds to be read again, as they are marked now.
  struct Batch {
    bool all = false;
    std::vector<base::GuildId> guilds;  ///< Empty where it is all of them.
    std::uint64_t mark = 0;             ///< The last one that was made before.

    [[nodiscard]] bool empty() const { return !all && guilds.empty(); }
  };
  /// Up to `most` guilds.
  [[nodiscard]] Batch next(std::size_t most) const;

  /// What was read after `batch` was taken is in memory. Marks made since then stay.
  void settle(const Batch& batch);

 private:
  void count() { marked_ = marks_.size() + (all_ == 0 ? 0 : 1); }

  mutable std::mutex mutex_;
  std::unordered_map<base::GuildId, std::uint64_t> marks_;
  std::uint64_t all_ = 0;  // the mark of all; 0 where there is none
  std::uint64_t last_ = 0;
  std::atomic<std::size_t> marked_{0};
};

}  // namespace guildhall::bot
