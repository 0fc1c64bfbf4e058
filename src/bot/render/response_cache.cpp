#include "bot/render/response_cache.hpp"

namespace guildhall::bot {
namespace {

/// What an entry takes beside the response.
constexpr std::size_t entry_weight = 128;

}  // namespace

std::shared_ptr<const Response> ResponseCache::find(base::CommandId command, std::uint64_t revision) {
  const auto found = places_.find(command);
  if (found == places_.end() || found->second->revision != revision) return nullptr;
  order_.splice(order_.begin(), order_, found->second);
  return found->second->response;
}

void ResponseCache::put(base::CommandId command, std::uint64_t revision, std::shared_ptr<const Response> response) {
  if (const auto found = places_.find(command); found != places_.end()) erase(found->second);
  weight_ += entry_weight + response->weight();
  order_.push_front({command, revision, std::move(response)});
  places_.emplace(command, order_.begin());
  while (weight_ > capacity_ && order_.size() > 1) erase(std::prev(order_.end()));
}

void ResponseCache::erase(Place place) {
  weight_ -= entry_weight + place->response->weight();
  places_.erase(place->command);
  order_.erase(place);
}

}  // namespace guildhall::bot
