#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/text/word_key.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::bot {

/// The command that a message starts. Points into the message.
struct Match {
  base::CommandId command;
  std::uint64_t revision = 0;
  std::string_view trigger;    ///< As it was typed.
  std::string_view arguments;  ///< The text after the trigger.
};

/// What messages to the bot begin with, besides a guild's prefix.
struct Addressing {
  base::UserId bot{};                 ///< A mention of it is as good as a prefix.
  discord::DiscordRoleId bot_role{};  ///< The same; the role has the bot's name, so people pick it by mistake. 0: none.
  bool prefixes = true;               ///< Otherwise only mentions count.
};

/// A guild's prefix and the triggers of its commands, at a few bytes and the text of each. Words are compared by their
/// base::WordKey.
class Triggers {
 public:
  explicit Triggers(std::string_view prefix) : prefix_(base::word_key(prefix)) {}

  /// Adds a new trigger; with Case::keep it is case-sensitive. Call `sort` after the last one and before `match`.
  void add(base::CommandId command, std::uint64_t revision, std::string_view trigger,
           base::Case letters = base::Case::fold);
  void sort();

  [[nodiscard]] bool empty() const { return entries_.empty(); }

  /// Matches the prefix or a mention of the bot or its role, followed by a trigger as a whole word; white space may be
  /// between them. Where several triggers have the same key, as those from before there were keys may, the one that is
  /// typed exactly wins, then the oldest. Does not allocate.
  [[nodiscard]] std::optional<Match> match(std::string_view content, const Addressing& addressing) const;

 private:
  struct Text {
    std::uint32_t offset;
    std::uint32_t length;
  };
  struct Entry {
    base::CommandId command;
    std::uint64_t revision;
    Text key;
    Text trigger;
    base::Case letters;
  };

  [[nodiscard]] Text store(std::string_view text);
  [[nodiscard]] std::string_view view(Text text) const {
    return std::string_view(text_).substr(text.offset, text.length);
  }
  [[nodiscard]] std::optional<Match> find(std::string_view text) const;
  [[nodiscard]] const Entry* find_word(std::string_view word) const;

  std::string prefix_;  // a key
  std::string text_;    // all keys and triggers, concatenated
  std::vector<Entry> entries_;
};

}  // namespace guildhall::bot
