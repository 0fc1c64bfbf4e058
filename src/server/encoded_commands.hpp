#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/id.hpp"
#include "database/models/command_repository.hpp"

namespace guildhall::server {

/// The JSON of guilds' lists of commands, made once for as long as the repository hands out the same list, since
/// dashboards ask for it again and again. Any event loop may ask.
class EncodedCommands {
 public:
  using List = database::CommandRepository::List;

  /// Holds up to `capacity` bytes of JSON.
  explicit EncodedCommands(std::size_t capacity = 8U << 20) : capacity_(capacity) {}

  /// The array of `list`, the commands of `guild`.
  [[nodiscard]] std::shared_ptr<const std::string> json(base::GuildId guild, const List& list);

 private:
  using Json = std::shared_ptr<const std::string>;

  struct Entry {
    std::weak_ptr<const List::element_type> list;
    Json json;
  };

  [[nodiscard]] Json find(base::GuildId guild, const List& list);
  void remember(base::GuildId guild, const List& list, Json json);

  const std::size_t capacity_;
  std::mutex mutex_;
  std::unordered_map<base::GuildId, Entry> entries_;
  std::size_t size_ = 0;
};

}  // namespace guildhall::server
