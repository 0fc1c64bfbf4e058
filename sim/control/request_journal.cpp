#include "sim/control/request_journal.hpp"

#include <utility>

namespace guildhall::sim {
namespace {

constexpr std::size_t max_requests = 10'000;
constexpr std::size_t max_journal_bytes = 64 * 1024 * 1024;

std::size_t size_of(const RecordedRequest& request) {
  std::size_t size = sizeof(RecordedRequest) + request.target.size() + request.body.size();
  for (const auto& field : request.headers) size += sizeof(field) + field.name.size() + field.value.size();
  return size;
}

}  // namespace

void RequestJournal::add(RecordedRequest request) {
  bytes_ += size_of(request);
  requests_.push_back(std::move(request));
  while (requests_.size() > max_requests || (bytes_ > max_journal_bytes && requests_.size() > 1)) {
    bytes_ -= size_of(requests_.front());
    requests_.pop_front();
  }
}

void RequestJournal::clear() {
  requests_.clear();
  bytes_ = 0;
}

}  // namespace guildhall::sim
