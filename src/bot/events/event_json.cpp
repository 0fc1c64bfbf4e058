#include "bot/events/event_json.hpp"

#include <boost/json/parse.hpp>

namespace guildhall::bot {

std::optional<boost::json::object> parse_event(const discord::Dispatch& dispatch) {
  boost::system::error_code error;
  auto value = boost::json::parse(dispatch.data, error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

}  // namespace guildhall::bot
