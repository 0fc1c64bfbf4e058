#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include "sim/world/ids.hpp"

namespace guildhall::sim {

/// The bytes of a file that was uploaded.
struct StoredFile {
  AttachmentId id;
  std::string name;
  std::string content_type;
  std::string bytes;
};

/// The files of messages, at most 256 MiB; the oldest are dropped. Used by one thread at a time.
class AttachmentStore {
 public:
  void add(StoredFile file);
  /// nullptr if it is unknown or was dropped.
  [[nodiscard]] const StoredFile* find(AttachmentId id) const;
  void clear();

 private:
  std::deque<StoredFile> files_;
  std::size_t bytes_ = 0;
};

}  // namespace guildhall::sim
