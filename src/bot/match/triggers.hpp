#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"

namespace guildhall::bot {

/// Which command a message asks for, and what it brings. Points into the message.
struct Match {
  base::CommandId command;
  std::uint64_t revision = 0;
  std::string_view trigger;
  std::string_view arguments;  ///< What follows the trigger, as it is.
};

/// A guild's prefix and the triggers of its commands, in little memory: a few bytes and the text for each.
class Triggers {
 public:
  explicit Triggers(std::string prefix) : prefix_(std::move(prefix)) {}

  /// A trigger that is not there yet. `seal` follows when all are there, and makes them ready to be matched.
  void add(base::CommandId command, std::uint64_t revision, std::string_view trigger);
  void seal();

  [[nodiscard]] bool empty() const { return entries_.empty(); }

  /// The command that `content` asks for: the prefix, right behind it a trigger, whole and in its case, then white
  /// space or nothing. Allocates nothing.
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
  std::string text_;  // the triggers, one behind the other
  std::vector<Entry> entries_;
};

}  // namespace guildhall::bot
