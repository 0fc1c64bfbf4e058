#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/openapi.hpp"
#include "base/result.hpp"
#include "database/models/session_stores.hpp"
#include "database/models/user.hpp"
#include "database/models/user_list.hpp"
#include "net/form.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

[[nodiscard]] const schema::Schema& user_schema();
[[nodiscard]] std::string encode(const database::User& user);

[[nodiscard]] const schema::Schema& sessions_schema();
/// `current` is the id of the session that asks.
[[nodiscard]] std::string encode(std::span<const database::Session> sessions, std::string_view current);

/// The query of GET /api/admin/users. As of `read_query`.
[[nodiscard]] base::Result<database::UserFilter> parse_user_query(const net::FormFields& query);
/// The same as the document shows them.
[[nodiscard]] std::vector<Parameter> user_query_parameters();

[[nodiscard]] const schema::Schema& user_page_schema();
/// `next` is where the next page begins; empty if there is none.
[[nodiscard]] std::string encode_user_page(std::span<const database::ListedUser> users,
                                           std::optional<base::UserId> next);

}  // namespace guildhall::api
