#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"

namespace guildhall::bot {

/// The guilds whose data in memory is older than the database. Any thread may call.
class DirtyGuilds {
 public:
  void mark(base::GuildId guild);
  void mark_all();

  /// One atomic read while no guild is marked.
  [[nodiscard]] bool contains(base::GuildId guild) const;

  /// Guilds to read again.
  struct Batch {
    bool all = false;
    std::vector<base::GuildId> guilds;  ///< Empty if `all`.
    std::uint64_t mark = 0;             ///< The newest mark when the batch was taken.

    [[nodiscard]] bool empty() const { return !all && guilds.empty(); }
  };
  [[nodiscard]] Batch next(std::size_t max_guilds) const;

  /// `batch` has been read. Guilds that were marked again meanwhile stay marked.
  void clear(const Batch& batch);

 private:
  void update_count() { marked_ = marks_.size() + (all_ == 0 ? 0 : 1); }

  mutable std::mutex mutex_;
  std::unordered_map<base::GuildId, std::uint64_t> marks_;
  std::uint64_t all_ = 0;  // the mark of all guilds; 0 if there is none
  std::uint64_t last_ = 0;
  std::atomic<std::size_t> marked_{0};
};

}  // namespace guildhall::bot
