#include "api/user.hpp"

#include "api/resource.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using database::Session;
using database::User;

constexpr auto user_role_fields = resource<database::Role>(
    Field<&database::Role::id>{id},
    Field<&database::Role::name>{[] { return text().describe("`ADMIN` may see and change everything."); }});

struct Roles {
  static void append(std::string& out, const std::vector<database::Role>& roles) {
    append_json_array(out, roles,
                      [](std::string& json, const database::Role& role) { user_role_fields.append(json, role); });
  }
};

constexpr auto user_fields =
    resource<User>(Field<&User::id>{id}, Field<&User::username>{text}, Field<&User::global_name>{nullable_text},
                   Field<&User::avatar>{[] { return text().nullable().describe("Discord's image hash."); }},
                   Field<&User::email>{nullable_text},
                   Field<&User::roles, Roles>{[] { return list(object(user_role_fields.output()).named("Role")); }},
                   Field<&User::created_at>{time}, Field<&User::updated_at>{time});

constexpr auto session_fields = resource<Session>(
    Field<&Session::id>{text}, Hidden<&Session::user_id>{},
    Field<&Session::browser>{[] { return text().describe("What logged in, for people: `Firefox on Linux`."); }},
    Field<&Session::created_at>{time},
    Field<&Session::last_seen_at>{[] { return time().describe("Up to five minutes behind."); }},
    Field<&Session::expires_at>{[] { return time().describe("Unless it is renewed before."); }});

}  // namespace

const Schema& user_schema() {
  static const Schema schema = object(user_fields.output()).named("User");
  return schema;
}

std::string encode(const User& user) { return user_fields.encode(user); }

const Schema& sessions_schema() {
  static const Schema schema = [] {
    auto properties = session_fields.output();
    properties.push_back(required("current", boolean().describe("It is the session that asks.")));
    return list(object(std::move(properties)).named("Session"));
  }();
  return schema;
}

std::string encode(std::span<const Session> sessions, std::string_view current) {
  std::string out;
  append_json_array(out, sessions, [current](std::string& json, const Session& session) {
    ObjectWriter writer(json);
    session_fields.append_fields(writer, session);
    writer.json("current", session.id == current ? "true" : "false").close();
  });
  return out;
}

}  // namespace guildhall::api
