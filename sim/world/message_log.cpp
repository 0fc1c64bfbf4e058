#include "sim/world/message_log.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::sim {
namespace {

template <class Messages>
auto place_of(Messages& messages, MessageId id) {
  const auto at = std::lower_bound(messages.begin(), messages.end(), id,
                                   [](const Message& message, MessageId wanted) { return message.id < wanted; });
  return at != messages.end() && at->id == id ? at : messages.end();
}

}  // namespace

const Message& MessageLog::add(Message message) {
  auto& messages = channels_[message.channel];
  if (messages.size() == kept_per_channel) messages.pop_front();
  return messages.emplace_back(std::move(message));
}

const Message* MessageLog::find(ChannelId channel, MessageId id) const {
  const auto& messages = of(channel);
  const auto at = place_of(messages, id);
  return at == messages.end() ? nullptr : &*at;
}

Message* MessageLog::find(ChannelId channel, MessageId id) {
  const auto found = channels_.find(channel);
  if (found == channels_.end()) return nullptr;
  const auto at = place_of(found->second, id);
  return at == found->second.end() ? nullptr : &*at;
}

bool MessageLog::remove(ChannelId channel, MessageId id) {
  const auto found = channels_.find(channel);
  if (found == channels_.end()) return false;
  const auto at = place_of(found->second, id);
  if (at == found->second.end()) return false;
  found->second.erase(at);
  return true;
}

const std::deque<Message>& MessageLog::of(ChannelId channel) const {
  static const std::deque<Message> none;
  const auto found = channels_.find(channel);
  return found == channels_.end() ? none : found->second;
}

}  // namespace guildhall::sim
