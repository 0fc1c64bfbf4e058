#include "api/query.hpp"

#include <boost/json/value.hpp>

#include "api/errors.hpp"
#include "base/text.hpp"
#include "schema/schema_node.hpp"

namespace guildhall::api {

base::Result<boost::json::object> read_query(const schema::Schema& schema, const net::FormFields& query) {
  boost::json::object given;
  for (const auto& [name, text] : query) {
    const auto* property = schema.node().find(name);
    if (text.empty() || property == nullptr) continue;
    if (given.contains(name)) return base::invalid("/" + name, std::string(errors::field_repeated.sentence));
    const auto number = base::parse_number<std::int64_t>(text);
    const bool is_number = number && property->schema.node().kind == schema::Kind::integer;
    given[name] = is_number ? boost::json::value(*number) : boost::json::value(text);
  }
  boost::json::value value = std::move(given);
  if (const auto valid = schema.validate(value); !valid) return valid.error();
  return std::move(value.get_object());
}

Parameter query_parameter(const schema::Schema& schema, std::string_view name, std::string_view description,
                          boost::json::value example) {
  const auto& property = *schema.node().find(name);
  auto parameter = query_parameter(name, description, property.schema, std::move(example));
  parameter.required = property.presence == schema::Presence::required;
  return parameter;
}

}  // namespace guildhall::api
