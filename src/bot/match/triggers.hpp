#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"

namespace guildhall::bot {

/// The command that a message starts. Points into the message.
struct Match {
  base::CommandId command;
  std::uint64_t revision = 0;
  std::string_view trigger;
  std::string_view arguments;  ///< The text after the trigger.
};

/// A guild's prefix and the triggers of its commands, at a few bytes and the text of each.
class Triggers {
 public:
  explicit Triggers(std::string prefix) : prefix_(std::move(prefix)) {}

  /// Adds a new trigger. Call `sort` after the last one and before `match`.
  void add(base::CommandId command, std::uint64_t revision, std::string_view trigger);
  void sort();

  [[nodiscard]] bool empty() const { return entries_.empty(); }

  /// Matches the prefix, directly followed by a trigger as a whole word, case-sensitive. Does not allocate.
  [[nodiscard]] std::optional<Match> match(std::string_view content) const;

 private:
  struct Entry {
    base::CommandId command;
    std::uint64_t revision;
    std::uint32_t offset;
    std::uint32_t length;
  };
  [[nodiscard]] std::string_view trigger(const Entry& entry) const {
    return std::string_view(text_).substr(entry.offset, entry.length);
  }

  std::string prefix_;
  std::string text_;  // all triggers, concatenated
  std::vector<Entry> entries_;
};

}  // namespace guildhall::bot
