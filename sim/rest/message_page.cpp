#include "sim/rest/message_page.hpp"

#include <algorithm>

#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t default_limit = 50;
constexpr std::size_t max_page_messages = 100;

}  // namespace

MessagePage parse_message_page(const net::FormFields& query) {
  MessagePage page;
  page.limit = parse_limit(query, default_limit, max_page_messages);
  using enum MessagePage::Anchor;
  for (const auto& [name, anchor] : {std::pair{"after", after}, {"before", before}, {"around", around}}) {
    const auto id = parse_snowflake<MessageId>(query, name);
    if (!id) continue;
    page.anchor = anchor;
    page.id = *id;
  }
  return page;
}

std::vector<const Message*> select(const std::deque<Message>& messages, const MessagePage& page) {
  std::vector<const Message*> seen;
  for (const Message& message : messages) {
    if (!message.ephemeral()) seen.push_back(&message);
  }
  const auto at = [&](MessageId id) {
    return std::lower_bound(seen.begin(), seen.end(), id,
                            [](const Message* message, MessageId wanted) { return message->id < wanted; });
  };
  const auto limit = static_cast<std::ptrdiff_t>(page.limit);
  auto begin = seen.begin();
  auto end = seen.end();
  switch (page.anchor) {
    case MessagePage::Anchor::newest: break;
    case MessagePage::Anchor::before: end = at(page.id); break;
    case MessagePage::Anchor::after: begin = at(MessageId{page.id.value() + 1}); break;
    case MessagePage::Anchor::around: {
      const auto middle = at(page.id);
      begin = middle - std::min(middle - seen.begin(), limit / 2);
      break;
    }
  }
  // `after` and `around` start at the anchor; the others take the newest.
  const bool from_begin = page.anchor == MessagePage::Anchor::after || page.anchor == MessagePage::Anchor::around;
  if (end - begin > limit) (from_begin ? end = begin + limit : begin = end - limit);
  std::vector<const Message*> found(begin, end);
  std::reverse(found.begin(), found.end());
  return found;
}

}  // namespace guildhall::sim
