#include "api/auth.hpp"

#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;
using Form = std::vector<std::pair<std::string, std::string>>;

std::string token_fault(const base::Result<TokenRequest>& request) {
  return request ? "valid" : request.error().field + ": " + request.error().message;
}

TEST(TokenRequest, IsReadFromJson) {
  const auto request = parse_token_request(json::parse(R"({"redirect_uri": "http://localhost/cb", "code": "abc"})"));
  ASSERT_TRUE(request);
  EXPECT_EQ(request->code, "abc");
  EXPECT_EQ(request->redirect_uri, "http://localhost/cb");
}

TEST(TokenRequest, IsReadFromAForm) {
  const auto request = parse_token_request(Form{{"code", "abc"}, {"redirect_uri", "http://localhost/cb"}});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->code, "abc");
}

TEST(TokenRequest, PointsToWhatIsWrong) {
  EXPECT_EQ(token_fault(parse_token_request(json::parse("{}"))), "/code: This field is required.");
  EXPECT_EQ(token_fault(parse_token_request(json::parse(R"({"code": ""})"))),
            "/code: Must be at least 1 character; this has 0.");
  EXPECT_EQ(token_fault(parse_token_request(json::parse(R"({"code": "x"})"))),
            "/redirect_uri: This field is required.");
  EXPECT_EQ(token_fault(parse_token_request(json::parse(R"({"code": 5, "redirect_uri": "x"})"))),
            "/code: Must be a string, not a number.");
  EXPECT_EQ(token_fault(parse_token_request(json::parse("[]"))), ": Must be an object, not an array.");
}

TEST(TokenRequest, FormsMayNotSayThingsTwiceOrMore) {
  EXPECT_EQ(token_fault(parse_token_request(Form{{"code", "a"}, {"code", "b"}, {"redirect_uri", "x"}})),
            "/code: Must not be given twice.");
  EXPECT_EQ(token_fault(parse_token_request(Form{{"code", "a"}, {"redirect_uri", "x"}, {"grant", "x"}})),
            "/grant: Unknown field \"grant\".");
  EXPECT_EQ(token_fault(parse_token_request(Form{{"code", "\xFF"}, {"redirect_uri", "x"}})),
            "/code: Must be well-formed Unicode text.");
}

TEST(Token, IsEncoded) {
  EXPECT_EQ(encode_token("a..b.c.d"), R"({"token":"a..b.c.d"})");
  EXPECT_EQ(fault_of(token_schema(), encode_token("a..b.c.d")), "valid");
}

}  // namespace
}  // namespace guildhall::api
