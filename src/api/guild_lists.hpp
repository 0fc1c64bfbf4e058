#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "api/openapi.hpp"
#include "base/result.hpp"
#include "discord/model/guild.hpp"
#include "discord/model/guild_lists.hpp"
#include "net/form.hpp"
#include "schema/schema.hpp"

/// What a dashboard picks channels, roles, emojis and members from.
namespace guildhall::api {

[[nodiscard]] const schema::Schema& channels_schema();
/// In Discord's order: what is in no category, then each category with what is in it.
[[nodiscard]] std::string encode(std::vector<discord::ListedChannel> channels);

[[nodiscard]] const schema::Schema& roles_schema();
/// The highest first. `@everyone` is the last.
[[nodiscard]] std::string encode(std::vector<discord::Role> roles);

[[nodiscard]] const schema::Schema& emojis_schema();
/// By name.
[[nodiscard]] std::string encode(std::vector<discord::ListedEmoji> emojis);

[[nodiscard]] const schema::Schema& members_schema();
[[nodiscard]] std::string encode(const std::vector<discord::ListedMember>& members);

/// The query of the list of members.
struct MemberQuery {
  std::string query;  ///< What a name begins with; not empty.
  std::size_t limit = 25;
};
/// As of `read_query`.
[[nodiscard]] base::Result<MemberQuery> parse_member_query(const net::FormFields& query);
/// The same as the document shows it.
[[nodiscard]] std::vector<Parameter> member_query_parameters();

}  // namespace guildhall::api
