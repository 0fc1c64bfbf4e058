#include "api/user.hpp"

#include "schema/format.hpp"
#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;

const Schema& user_schema() {
  static const Schema role = object({
                                        required("id", text().format(format::snowflake)),
                                        required("name", text().describe("`ADMIN` may see and change everything.")),
                                    })
                                 .named("Role");
  static const Schema schema = object({
                                          required("id", text().format(format::snowflake)),
                                          required("username", text()),
                                          required("globalName", text().nullable()),
                                          required("avatar", text().nullable().describe("Discord's image hash.")),
                                          required("email", text().nullable()),
                                          required("roles", list(role)),
                                          required("createdAt", text().format(format::date_time)),
                                          required("updatedAt", text().format(format::date_time)),
                                      })
                                   .named("User");
  return schema;
}

std::string encode(const database::User& user) {
  std::string out;
  ObjectWriter writer(out);
  writer.id("id", user.id)
      .text("username", user.username)
      .text_or_null("globalName", user.global_name)
      .text_or_null("avatar", user.avatar)
      .text_or_null("email", user.email);
  append_json_array(writer.open("roles"), user.roles, [](std::string& json, const database::Role& role) {
    ObjectWriter(json).id("id", role.id).text("name", role.name).close();
  });
  writer.time("createdAt", user.created_at).time("updatedAt", user.updated_at).close();
  return out;
}

}  // namespace guildhall::api
