#include "bot/match/triggers.hpp"

#include <algorithm>

#include "bot/match/arguments.hpp"

namespace guildhall::bot {

void Triggers::add(base::CommandId command, std::uint64_t revision, std::string_view trigger) {
  entries_.push_back(
      {command, revision, static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(trigger.size())});
  text_ += trigger;
}

void Triggers::sort() {
  std::ranges::sort(entries_, {}, [this](const Entry& entry) { return trigger(entry); });
  entries_.shrink_to_fit();
  text_.shrink_to_fit();
}

std::optional<Match> Triggers::match(std::string_view content) const {
  if (!content.starts_with(prefix_)) return std::nullopt;
  auto rest = content.substr(prefix_.size());
  const auto word = take_word(rest);
  const auto by_trigger = [this](const Entry& entry) { return trigger(entry); };
  const auto found = std::ranges::lower_bound(entries_, word, {}, by_trigger);
  if (found == entries_.end() || trigger(*found) != word) return std::nullopt;
  return Match{found->command, found->revision, word, rest};
}

}  // namespace guildhall::bot
