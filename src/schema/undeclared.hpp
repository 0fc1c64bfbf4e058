#pragma once

#include "schema/schema.hpp"

namespace guildhall::schema {

/// Removes the fields of `value` that `schema` does not declare, at any depth: for what another program made, which may
/// have fields of later versions. Where a variant's tag is unknown nothing is removed.
void drop_undeclared(boost::json::value& value, const Schema& schema);

}  // namespace guildhall::schema
