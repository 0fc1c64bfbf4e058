#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>

#include "base/id.hpp"
#include "bot/render/response.hpp"

namespace guildhall::bot {

/// The responses that were used last, parsed. One is of a revision of its command, so it is never out of date: whoever
/// asks knows the revision. Bounded by bytes. Members may be called by one thread at a time.
class ResponseCache {
 public:
  explicit ResponseCache(std::size_t capacity) : capacity_(capacity) {}

  /// Null where it is not here.
  [[nodiscard]] std::shared_ptr<const Response> find(base::CommandId command, std::uint64_t revision);
  void put(base::CommandId command, std::uint64_t revision, std::shared_ptr<const Response> response);

 private:
  struct Entry {
    base::CommandId command;
    std::uint64_t revision;
    std::shared_ptr<const Response> response;
  };
  using Place = std::list<Entry>::iterator;

  void erase(Place place);

  const std::size_t capacity_;
  std::size_t weight_ = 0;
  std::list<Entry> order_;  // newest use first
  std::unordered_map<base::CommandId, Place> places_;
};

}  // namespace guildhall::bot
