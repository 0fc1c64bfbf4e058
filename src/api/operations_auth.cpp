#include "api/auth.hpp"
#include "api/operation.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using base::Errc;
using enum Parameter::Place;

constexpr std::string_view tag = "Authentication";
constexpr std::string_view example_request =
    R"({"code": "NhhvTDYsFcdgNLnnLijcl7Ku7bEEeee", "redirect_uri": "https://dashboard.example/callback"})";
constexpr std::string_view example_token =
    R"({"token": "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..Q2FyaWJvdQ.b2YgdGhlIHdvcmxk.c2hvcnQgdGFn"})";

Answer token_answer() {
  return {200, "A session's token.", {AnswerHeader::set_cookie}, json_content(token_schema(), example_token)};
}

Answers login_problems() {
  return merge({{problem(429, "Too many codes of this address were refused.",
                         {Errc::rate_limited, "Too many logins were refused; try again later.", "", {}})},
                discord_problems(),
                any_problem()});
}

Operation exchange_token() {
  Content body = json_content(token_request_schema(), example_request);
  body.types.push_back("application/x-www-form-urlencoded");
  return {
      .method = "POST",
      .path = "/api/auth/token",
      .id = "exchangeToken",
      .tag = tag,
      .summary = "Log in with a code of Discord's",
      .description = "Exchanges the code that Discord's authorize page gave the client, and begins a session.",
      .parameters = {},
      .body = std::move(body),
      .answers = merge({{{200, "A session's token.", {}, json_content(token_schema(), example_token)},
                         problem(400, "Not JSON, or a code that Discord refuses.",
                                 {Errc::refused, "Discord does not accept this code.", "", {}}),
                         problem(422, "A field is missing, unknown, or not allowed here.",
                                 base::invalid("/code", "This field is required."))},
                        login_problems(),
                        json_body_problems()}),
  };
}

Operation begin_login() {
  return {
      .method = "GET",
      .path = "/api/auth/login",
      .id = "beginLogin",
      .tag = tag,
      .summary = "Log in with a browser",
      .description = "Sends the browser to Discord's authorize page, bound to this browser by a state of single use.",
      .parameters = {{query, "redirect", "The path on this server where the browser ends; `/` where absent.",
                      text().length(1, 512), "/docs"}},
      .body = {},
      .answers = merge({{{302, "On to Discord.", {AnswerHeader::location, AnswerHeader::set_cookie}, {}},
                         problem(422, "The redirect leads elsewhere.",
                                 base::invalid("/redirect", "Must be a path on this server."))},
                        any_problem()}),
  };
}

Operation finish_login() {
  return {
      .method = "GET",
      .path = "/api/auth/callback",
      .id = "finishLogin",
      .tag = tag,
      .summary = "Come back from Discord",
      .description =
          "Where Discord sends the browser. Ends with the cookie `token` (HttpOnly, SameSite=Lax) and a "
          "redirect; one who denied is sent back without a session, with `error` in the query.",
      .parameters = {{query, "state", "What /api/auth/login gave along.", text(), "q3mRk0yKxv2fN1Zc7bXJ5w"},
                     {query, "code", "From Discord, to those who approved.", text(), "NhhvTDYsFcdgNLnnLijcl7Ku7bEEeee"},
                     {query, "error", "From Discord, to those who denied.", text(), "access_denied"}},
      .body = {},
      .answers = merge({{{302, "Logged in, or denied.", {AnswerHeader::location, AnswerHeader::set_cookie}, {}},
                         problem(400, "Begun in another browser, used before, expired, or a code that Discord refuses.",
                                 {Errc::malformed,
                                  "This login has expired or was begun in another browser; log in "
                                  "again.",
                                  "",
                                  {}})},
                        login_problems(),
                        session_problems()}),
  };
}

Operation refresh_token() {
  return {
      .method = "POST",
      .path = "/api/auth/refresh",
      .id = "refreshToken",
      .tag = tag,
      .summary = "Renew the session",
      .description =
          "Gets a new access token from Discord. Where the token came as a cookie the cookie is renewed too.",
      .access = Operation::Access::session,
      .parameters = {},
      .body = {},
      .answers = merge({{token_answer()}, discord_problems(), change_problems(), any_problem()}),
  };
}

Operation log_out() {
  return {
      .method = "POST",
      .path = "/api/auth/logout",
      .id = "logOut",
      .tag = tag,
      .summary = "End the session",
      .description = "Revokes the access token at Discord. The session's token stops working at once.",
      .access = Operation::Access::session,
      .parameters = {},
      .body = {},
      .answers = merge({{{204, "Logged out.", {AnswerHeader::set_cookie}, {}}}, change_problems(), any_problem()}),
  };
}

}  // namespace

Operations auth_operations() { return {exchange_token(), begin_login(), finish_login(), refresh_token(), log_out()}; }

}  // namespace guildhall::api
