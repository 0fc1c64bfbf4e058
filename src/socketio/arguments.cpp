#include "socketio/arguments.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <limits>

namespace guildhall::socketio {

std::optional<std::size_t> placeholder_number(const boost::json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  const auto* says_so = object->if_contains("_placeholder");
  if (says_so == nullptr || !says_so->is_bool() || !says_so->get_bool()) return std::nullopt;
  const auto* number = object->if_contains("num");
  if (number != nullptr && number->is_uint64()) return number->get_uint64();
  if (number != nullptr && number->is_int64() && number->get_int64() >= 0) {
    return static_cast<std::size_t>(number->get_int64());
  }
  return std::numeric_limits<std::size_t>::max();
}

const boost::json::value& Arguments::operator[](std::size_t index) const {
  static const boost::json::value null;
  return index < values_.size() ? values_[index] : null;
}

const std::string* Arguments::bytes(const boost::json::value& placeholder) const {
  const auto number = placeholder_number(placeholder);
  return number && *number < attachments_.size() ? &attachments_[*number] : nullptr;
}

Arguments Arguments::from(std::size_t first) const {
  const auto skipped = std::min(first, values_.size());
  return Arguments(boost::json::array(values_.begin() + skipped, values_.end()), attachments_);
}

boost::json::value Arguments::attach(std::string bytes) {
  boost::json::object placeholder{{"_placeholder", true}, {"num", attachments_.size()}};
  attachments_.push_back(std::move(bytes));
  return placeholder;
}

}  // namespace guildhall::socketio
