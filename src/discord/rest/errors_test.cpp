#include "discord/rest/errors.hpp"

#include <gtest/gtest.h>

#include "discord/rest/request_sender.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using namespace std::chrono_literals;

base::Error error_of(unsigned status, std::string body) {
  const auto response = read_response({status, {}, std::move(body)});
  EXPECT_FALSE(response);
  return response ? base::Error{} : response.error();
}

TEST(ReadResponse, ReturnsTheBody) {
  EXPECT_EQ(read_response({200, {}, R"({"a":1})"})->at("a"), 1);
  EXPECT_TRUE(read_response({204, {}, ""})->is_null());
  EXPECT_EQ(read_response({200, {}, "<html>"}).error().code, Errc::bad_upstream);
  EXPECT_EQ(error_of(302, "").code, Errc::bad_upstream);
}

TEST(ReadResponse, ReadsDiscordsErrorCode) {
  const auto error = error_of(403, R"({"message":"Missing Permissions","code":50013})");
  EXPECT_EQ(error.code, Errc::forbidden);
  EXPECT_EQ(discord_code(error), ErrorCode::missing_permissions);
  EXPECT_EQ(error.message, "Discord answered with status 403 and code 50013: Missing Permissions");
  EXPECT_EQ(discord_code(error_of(404, R"({"message":"404: Not Found","code":0})")), ErrorCode::none);
  EXPECT_EQ(discord_code(error_of(400, R"({"code":"50013"})")), ErrorCode::none);
}

TEST(ReadResponse, NamesTheInvalidFields) {
  const auto error = error_of(400, R"({"code":50035,"message":"Invalid Form Body","errors":{
    "embeds":{"0":{"title":{"_errors":[{"code":"BASE_TYPE_REQUIRED","message":"This field is required"}]}}},
    "content":{"_errors":[{"code":"BASE_TYPE_BAD_LENGTH","message":"Must be 2000 or fewer in length."}]}}})");
  EXPECT_EQ(error.code, Errc::refused);
  EXPECT_EQ(error.message,
            "Discord answered with status 400 and code 50035: Invalid Form Body: "
            "/embeds/0/title: This field is required (BASE_TYPE_REQUIRED); "
            "/content: Must be 2000 or fewer in length. (BASE_TYPE_BAD_LENGTH)");
}

TEST(ReadResponse, ReadsErrorsOfTheWholeBody) {
  const auto error = error_of(400, R"json({"code":50035,"message":"Invalid Form Body","errors":{
    "_errors":[{"code":"APPLICATION_COMMAND_TOO_LARGE","message":"Command exceeds maximum size (8000)"}]}})json");
  EXPECT_NE(error.message.find("Invalid Form Body: Command exceeds maximum size (8000) ("), std::string::npos);
}

TEST(ReadResponse, RedactsTokensAndTextsOfUsers) {
  const std::string token = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs";
  const auto error = error_of(400, R"({"message":"Invalid Form Body )" + token + R"(","errors":{
    ")" + token + R"(":{"_errors":[{"code":")" +
                                       token + R"(","message":"Value )" + token + R"( is bad"}]},
    "message_id":{"_errors":[{"code":"X","message":"Value \"my \"secret\" plan\" is not snowflake."}]}}})");
  EXPECT_EQ(error.message.find("Cl2FMQ"), std::string::npos);
  EXPECT_EQ(error.message.find("secret"), std::string::npos);
  EXPECT_EQ(error.message.find("plan"), std::string::npos);
  EXPECT_NE(error.message.find("/message_id: Value * is not snowflake. (X)"), std::string::npos) << error.message;
}

TEST(ReadResponse, KeepsTheReason) {
  EXPECT_EQ(error_of(400, R"({"error":"invalid_request","error_description":"Invalid \"code\" in request."})").message,
            R"(Discord answered with status 400: Invalid "code" in request.)");
  EXPECT_EQ(error_of(400, R"({"message":"Invalid Form Body","code":50035,"errors":{"/0/options":
      {"_errors":[{"message":"must NOT have additional properties"}]}}})")
                .message,
            "Discord answered with status 400 and code 50035: Invalid Form Body: "
            "/0/options: must NOT have additional properties");
  EXPECT_EQ(error_of(400, R"({"message":"Value of field \"type\" must be one of (1, 2). See custom_id and )"
                          R"(https://discord.com/developers/docs/components/reference"})")
                .message,
            "Discord answered with status 400: Value of field \"type\" must be one of (1, 2). See custom_id and "
            "https://discord.com/developers/docs/components/reference");
}

TEST(ReadResponse, HidesWhatWasSent) {
  RestRequest request;
  request.path = "/webhooks/200/short-token1/messages/1";
  request.body = R"({"content":"hello there","embeds":[{"url":"nonsense","color":"type"}]})";
  const auto response = read_response(
      {400, {}, R"({"message":"Could not parse hello there. \"nonsense\" is no URL, \"type\" no color of \"embed\""})"},
      Redaction(request));
  EXPECT_EQ(response.error().message, "Discord answered with status 400: Could not parse *. *");

  RestRequest login;
  login.body = "grant_type=authorization_code&code=abcdefgh";
  login.body_kind = RestRequest::BodyKind::form;
  const auto refused =
      read_response({400, {}, R"({"error_description":"Invalid \"code\" abcdefgh in request."})"}, Redaction(login));
  EXPECT_EQ(refused.error().message, "Discord answered with status 400: Invalid \"code\" * in request.");
}

TEST(ReadResponse, ABanIsNotAFaultOfTheRequest) {
  const auto error = error_of(429, "<html>\n<title>Access denied | Error 1015</title>");
  EXPECT_EQ(error.code, Errc::unavailable);
  EXPECT_EQ(error.message,
            "Discord refuses all requests from this address for a while: status 429 (Cloudflare's error 1015).");
  EXPECT_EQ(error_of(403, R"({"message":"internal network error","code":40333})").code, Errc::unavailable);
  EXPECT_EQ(error_of(403, "").code, Errc::forbidden);
}

TEST(ReadResponse, BoundsTheMessage) {
  std::string list;
  for (int i = 0; i < 100; ++i) {
    list += (i > 0 ? "," : "") + ("\"" + std::to_string(i)) + R"(":{"_errors":[{"message":"no such thing"}]})";
  }
  EXPECT_LT(error_of(400, R"({"errors":{"items":{)" + list + "}}}").message.size(), 300U);
  EXPECT_LT(error_of(400, R"({"message":")" + std::string(5000, ' ') + "\"}").message.size(), 300U);
}

TEST(ReadResponse, ReadsWhenToRetry) {
  EXPECT_EQ(error_of(429, R"({"retry_after":0.3})").retry_after, 300ms);
  const auto response = read_response({503, {{"Retry-After", "1.5"}}, ""});
  EXPECT_EQ(response.error().code, Errc::unavailable);
  EXPECT_EQ(response.error().retry_after, 1500ms);
}

TEST(PublicMessage, NamesNoHostAndNoCause) {
  EXPECT_EQ(public_message({Errc::unavailable, "10.0.0.7:8443: Connection refused."}),
            "The connection to Discord failed.");
  EXPECT_EQ(public_message({Errc::bad_upstream, "TLS with proxy.invalid failed: bad."}),
            "The connection to Discord failed.");
  EXPECT_EQ(public_message({Errc::timed_out, "10.0.0.7 did not answer in time."}), "Discord did not answer in time.");
  const auto refused = error_of(403, R"({"message":"Missing Access","code":50001})");
  EXPECT_EQ(public_message(refused), refused.message);
  EXPECT_EQ(public_message(read_response({503, {}, ""}).error()), "Discord answered with status 503.");
}

}  // namespace

}  // namespace guildhall::discord
