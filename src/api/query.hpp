#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "api/openapi.hpp"
#include "base/result.hpp"
#include "net/form.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

/// What a query has of the members of `schema`, an open object; digits are a number where the schema is of one. Empty
/// values count as absent, and unknown names are ignored. Errc::invalid, also about a name that is there twice.
[[nodiscard]] base::Result<boost::json::object> read_query(const schema::Schema& schema, const net::FormFields& query);

/// A member of `schema` as the document shows it.
[[nodiscard]] Parameter query_parameter(const schema::Schema& schema, std::string_view name,
                                        std::string_view description, boost::json::value example);

}  // namespace guildhall::api
