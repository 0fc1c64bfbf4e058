#include "server/encoded_commands.hpp"

#include <span>
#include <utility>

#include "swagger/command.hpp"

namespace guildhall::server {

std::shared_ptr<const std::string> EncodedCommands::json(base::GuildId guild, const List& list) {
  if (auto known = find(guild, list)) return known;
  auto encoded = std::make_shared<const std::string>(swagger::encode(std::span<const database::Command>(*list)));
  remember(guild, list, encoded);
  return encoded;
}

EncodedCommands::Json EncodedCommands::find(base::GuildId guild, const List& list) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(guild);
  // A list that is gone has no owner any more, even where the new one lies where it lay.
  if (found == entries_.end() || found->second.list.lock() != list) return nullptr;
  return found->second.json;
}

void EncodedCommands::remember(base::GuildId guild, const List& list, Json json) {
  if (json->size() > capacity_ / 4) return;
  const std::lock_guard lock(mutex_);
  const auto replaced = entries_.find(guild);
  if (replaced != entries_.end()) {
    size_ -= replaced->second.json->size();
    entries_.erase(replaced);
  }
  size_ += json->size();
  if (size_ > capacity_) {
    // What is still asked for is soon here again.
    entries_.clear();
    size_ = json->size();
  }
  entries_.emplace(guild, Entry{list, std::move(json)});
}

}  // namespace guildhall::server
