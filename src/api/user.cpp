#include "api/user.hpp"

#include "api/query.hpp"
#include "api/resource.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using database::ListedUser;
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

constexpr auto listed_user_fields = resource<ListedUser>(
    Field<&ListedUser::id>{id}, Field<&ListedUser::username>{text}, Field<&ListedUser::global_name>{nullable_text},
    Field<&ListedUser::avatar>{[] { return text().nullable().describe("Discord's image hash."); }},
    Field<&ListedUser::roles, Roles>{[] { return list(object(user_role_fields.output()).named("Role")); }},
    Field<&ListedUser::created_at>{[] { return time().describe("Of the first login."); }},
    Field<&ListedUser::last_seen_at>{
        [] { return time().nullable().describe("Up to five minutes behind; null if no session is left."); }});

constexpr std::size_t max_user_search = 100;
constexpr std::int64_t max_listed_users = 100;

const Schema& user_query_schema() {
  static const Schema schema = object({optional("search", text().length(1, max_user_search)), optional("before", id()),
                                       optional("limit", integer().range(1, max_listed_users))})
                                   .open();
  return schema;
}

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

base::Result<database::UserFilter> parse_user_query(const net::FormFields& query) {
  const auto given = read_query(user_query_schema(), query);
  if (!given) return given.error();
  database::UserFilter parsed;
  if (const auto* search = given->if_contains("search")) parsed.search = std::string(search->as_string());
  if (const auto* before = given->if_contains("before")) parsed.before = base::UserId::parse(before->as_string());
  if (const auto* limit = given->if_contains("limit")) parsed.limit = static_cast<std::size_t>(limit->as_int64());
  return parsed;
}

std::vector<Parameter> user_query_parameters() {
  const auto parameter = [](std::string_view name, std::string_view description, boost::json::value example) {
    return query_parameter(user_query_schema(), name, description, std::move(example));
  };
  return {parameter("search", "An id, or a part of the username or the global name.", "grace"),
          parameter("before", "People with a lower id: `next` of the page before.", "2000000000000000003"),
          parameter("limit", "How many people at most; 50 if absent.", 50)};
}

const Schema& user_page_schema() {
  static const Schema schema =
      object({
                 required("users", list(object(listed_user_fields.output()).named("ListedUser"))),
                 required("next", id().nullable().describe("`before` of the next page; null on the last one.")),
             })
          .named("UserPage");
  return schema;
}

std::string encode_user_page(std::span<const ListedUser> users, std::optional<base::UserId> next) {
  std::string out;
  ObjectWriter writer(out);
  append_json_array(writer.open("users"), users,
                    [](std::string& json, const ListedUser& user) { listed_user_fields.append(json, user); });
  writer.json("next", next ? '"' + next->to_string() + '"' : "null").close();
  return out;
}

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
