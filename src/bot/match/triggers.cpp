#include "bot/match/triggers.hpp"

#include <algorithm>
#include <tuple>

#include "base/text/hidden.hpp"
#include "base/utf8.hpp"
#include "bot/match/arguments.hpp"

namespace guildhall::bot {
namespace {

using base::Case;
using base::WordKey;

/// What people and their keyboards put between a prefix and a trigger.
void skip_blanks(std::string_view& text) {
  for (auto rest = text; const auto c = base::take_code_point(rest); text = rest) {
    if (!base::is_white_space(*c) && !base::is_hidden(*c)) return;
  }
}

/// Whether `text` is `id`, which may be unknown.
template <class Id>
bool is_id(std::string_view text, Id id) {
  return id != Id{} && Id::parse(text) == id;
}

/// Takes `<@id>` or `<@!id>` of the bot, or `<@&id>` of its role, off the start of `text`.
bool take_mention(std::string_view& text, const Addressing& addressing) {
  if (!text.starts_with("<@")) return false;
  auto rest = text.substr(2);
  const bool role = rest.starts_with('&');
  if (role || rest.starts_with('!')) rest.remove_prefix(1);
  const auto end = rest.find('>');
  if (end == std::string_view::npos) return false;
  const auto mentioned = rest.substr(0, end);
  if (!(role ? is_id(mentioned, addressing.bot_role) : is_id(mentioned, addressing.bot))) return false;
  text = rest.substr(end + 1);
  return true;
}

}  // namespace

Triggers::Text Triggers::store(std::string_view text) {
  const auto offset = text_.size();
  text_ += text;
  return {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(text.size())};
}

void Triggers::add(base::CommandId command, std::uint64_t revision, std::string_view trigger, Case letters) {
  const WordKey key(trigger);
  const auto stored = store(key.view());
  entries_.push_back({command, revision, stored, key.view() == trigger ? stored : store(trigger), letters});
}

void Triggers::sort() {
  std::ranges::sort(entries_, {}, [this](const Entry& entry) { return std::tuple(view(entry.key), entry.command); });
  entries_.shrink_to_fit();
  text_.shrink_to_fit();
}

std::optional<Match> Triggers::match(std::string_view content, const Addressing& addressing) const {
  if (take_mention(content, addressing)) {
    skip_blanks(content);
    if (const auto found = find(content)) return found;
    // Who mentions the bot may add the prefix out of habit; no trigger begins with it.
    if (!base::take_prefix(content, prefix_)) return std::nullopt;
  } else if (!addressing.prefixes || !base::take_prefix(content, prefix_)) {
    return std::nullopt;
  }
  skip_blanks(content);
  return find(content);
}

std::optional<Match> Triggers::find(std::string_view text) const {
  const auto word = take_word(text);
  const auto* const found = find_word(word);
  if (found == nullptr) return std::nullopt;
  return Match{found->command, found->revision, word, text};
}

const Triggers::Entry* Triggers::find_word(std::string_view word) const {
  const WordKey key(word);
  if (key.view().empty()) return nullptr;
  const auto by_key = [this](const Entry& entry) { return view(entry.key); };
  const Entry* found = nullptr;
  for (const Entry& entry : std::ranges::equal_range(entries_, key.view(), {}, by_key)) {
    const auto trigger = view(entry.trigger);
    if (trigger == word) return &entry;
    const bool fits =
        entry.letters == Case::fold || WordKey(trigger, Case::keep).view() == WordKey(word, Case::keep).view();
    if (found == nullptr && fits) found = &entry;
  }
  return found;
}

}  // namespace guildhall::bot
