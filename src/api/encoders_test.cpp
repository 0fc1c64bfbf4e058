#include "api/errors.hpp"
#include "api/health.hpp"
#include "api/user.hpp"
#include "schema/expect_fault.hpp"
#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;

TEST(JsonString, IsReadBackAsItWas) {
  std::string all;
  for (char c = 1; c < 0x7F; ++c) all += c;
  all += "\xC3\xA9\xE2\x80\xA8\xF0\x9F\x90\x9C";
  all += '\0';
  std::string text;
  base::append_json_string(text, all);
  EXPECT_EQ(json::parse(text), json::value(all));
}

TEST(JsonString, EscapesOnlyWhatItMust) {
  std::string text;
  base::append_json_string(text, "a\"\\/\n\x1F\x7Fé");
  EXPECT_EQ(text, "\"a\\\"\\\\/\\n\\u001f\x7Fé\"");
}

TEST(ObjectWriter, MayBeEmpty) {
  std::string text;
  ObjectWriter(text).close();
  EXPECT_EQ(text, "{}");
}

TEST(User, IsEncodedWithoutSecrets) {
  database::User user;
  user.id = base::UserId(18446744073709551615U);
  user.username = "ada";
  user.global_name = "Ada \"A\"";
  user.roles = {{base::RoleId(1), "ADMIN"}};
  user.created_at = user.updated_at = base::Timestamp(std::chrono::milliseconds(1));
  const std::string text = encode(user);
  EXPECT_EQ(text,
            R"({"id":"18446744073709551615","username":"ada","globalName":"Ada \"A\"","avatar":null,"email":null,)"
            R"("roles":[{"id":"1","name":"ADMIN"}],)"
            R"("createdAt":"1970-01-01T00:00:00.001Z","updatedAt":"1970-01-01T00:00:00.001Z"})");
  EXPECT_EQ(normal_form(user_schema(), text), text);
}

TEST(Error, SaysWhereInAScriptTheFaultIs) {
  auto error = base::invalid("/interaction", "It does not parse.");
  error.line = 2;
  EXPECT_EQ(encode(error), R"({"error":"It does not parse.","code":"invalid","field":"/interaction","line":2})");
  error.column = 7;
  EXPECT_EQ(encode(error),
            R"({"error":"It does not parse.","code":"invalid","field":"/interaction","line":2,"column":7})");
}

TEST(Error, HasAFieldWhereOneIsAtFault) {
  EXPECT_EQ(encode(base::Error{base::Errc::not_found, "There is none.", "", {}}),
            R"({"error":"There is none.","code":"not_found"})");
  EXPECT_EQ(encode(base::invalid("/a~1b", "Must be \"x\".")),
            R"({"error":"Must be \"x\".","code":"invalid","field":"/a~1b"})");
  EXPECT_EQ(encode(base::Error{base::Errc::conflict, "It is there.", "/trigger", {}}),
            R"({"error":"It is there.","code":"conflict","field":"/trigger"})");
  EXPECT_EQ(encode(base::invalid("", "Must be an object, not an array.")),
            R"({"error":"Must be an object, not an array.","code":"invalid","field":""})");
  EXPECT_EQ(fault_of(error_schema(), encode(base::invalid("/x", "No."))), "valid");
}

TEST(Health, SaysWhatIsMissing) {
  EXPECT_EQ(fault_of(alive_schema(), encode_alive()), "valid");
  const std::string text = encode_readiness({PartState::up, ""}, {PartState::down, "Discord is away."});
  EXPECT_EQ(text, R"({"database":{"state":"up","reason":null},"bot":{"state":"down","reason":"Discord is away."}})");
  EXPECT_EQ(fault_of(readiness_schema(), text), "valid");
  EXPECT_EQ(fault_of(readiness_schema(), encode_readiness({PartState::off, "x"}, {})), "valid");
}

}  // namespace
}  // namespace guildhall::api
