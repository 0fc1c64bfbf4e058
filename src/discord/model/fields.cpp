#include "discord/model/fields.hpp"

#include <boost/json/value.hpp>

namespace guildhall::discord {
namespace {

const boost::json::value absent_member;

const boost::json::value& member_of(const boost::json::object& object, std::string_view name) {
  const auto* member = object.if_contains(name);
  return member == nullptr ? absent_member : *member;
}

}  // namespace

std::optional<std::string> text_field(const boost::json::object& object, std::string_view name) {
  const auto* text = member_of(object, name).if_string();
  return text == nullptr ? std::nullopt : std::optional<std::string>(*text);
}

std::optional<bool> flag_field(const boost::json::object& object, std::string_view name) {
  const auto* flag = member_of(object, name).if_bool();
  return flag == nullptr ? std::nullopt : std::optional(*flag);
}

std::optional<double> number_field(const boost::json::object& object, std::string_view name) {
  const auto& member = member_of(object, name);
  return member.is_number() ? std::optional(member.to_number<double>()) : std::nullopt;
}

std::optional<std::int64_t> integer_field(const boost::json::object& object, std::string_view name) {
  const auto* integer = member_of(object, name).if_int64();
  return integer == nullptr ? std::nullopt : std::optional(*integer);
}

const boost::json::object* object_field(const boost::json::object& object, std::string_view name) {
  return member_of(object, name).if_object();
}

const boost::json::array* array_field(const boost::json::object& object, std::string_view name) {
  return member_of(object, name).if_array();
}

}  // namespace guildhall::discord
