#include "api/session.hpp"

#include "api/resource.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using database::Session;

Schema time() { return text().format(format::date_time); }

constexpr auto fields = resource<Session>(
    Field<&Session::id>{text}, Hidden<&Session::user_id>{},
    Field<&Session::browser>{[] { return text().describe("What logged in, for people: `Firefox on Linux`."); }},
    Field<&Session::created_at>{time},
    Field<&Session::last_seen_at>{[] { return time().describe("Up to five minutes behind."); }},
    Field<&Session::expires_at>{[] { return time().describe("Unless it is renewed before."); }});

}  // namespace

const Schema& sessions_schema() {
  static const Schema schema = [] {
    auto properties = fields.output();
    properties.push_back(required("current", boolean().describe("It is the session that asks.")));
    return list(object(std::move(properties)).named("Session"));
  }();
  return schema;
}

std::string encode(std::span<const Session> sessions, std::string_view current) {
  std::string out;
  append_json_array(out, sessions, [current](std::string& json, const Session& session) {
    ObjectWriter writer(json);
    fields.append_fields(writer, session);
    writer.json("current", session.id == current ? "true" : "false").close();
  });
  return out;
}

}  // namespace guildhall::api
