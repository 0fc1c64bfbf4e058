#include "sim/world/attachment_store.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::sim {
namespace {

constexpr std::size_t max_stored_bytes = 256UL * 1024 * 1024;

}  // namespace

void AttachmentStore::add(StoredFile file) {
  bytes_ += file.bytes.size();
  files_.push_back(std::move(file));
  while (bytes_ > max_stored_bytes) {
    bytes_ -= files_.front().bytes.size();
    files_.pop_front();
  }
}

const StoredFile* AttachmentStore::find(AttachmentId id) const {
  const auto at = std::find_if(files_.begin(), files_.end(), [id](const StoredFile& file) { return file.id == id; });
  return at == files_.end() ? nullptr : &*at;
}

void AttachmentStore::clear() {
  files_.clear();
  bytes_ = 0;
}

}  // namespace guildhall::sim
