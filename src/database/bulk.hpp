#pragma once

#include <memory>
#include <span>
#include <vector>

#include "database/change_feed.hpp"

namespace guildhall::database {

/// Writes of one kind. Those that wait at the same time are done with one call: to a server each statement is a way
/// there and back.
class Bulk {
 public:
  virtual ~Bulk() = default;
  /// As a WriteJob, for all of `items`.
  virtual void write_all(soci::session& sql, std::span<const std::shared_ptr<void>> items, Changes& changes) = 0;
};

/// As Bulk, for items of one type, which say what became of them.
template <class T>
class BulkOf : public Bulk {
 public:
  using Item = T;

  /// Where it throws, it is called again for each of `items` alone.
  virtual void write(soci::session& sql, std::span<Item* const> items, Changes& changes) = 0;

 private:
  void write_all(soci::session& sql, std::span<const std::shared_ptr<void>> items, Changes& changes) final {
    std::vector<Item*> typed;
    for (const auto& item : items) typed.push_back(static_cast<Item*>(item.get()));
    write(sql, typed, changes);
  }
};

}  // namespace guildhall::database
