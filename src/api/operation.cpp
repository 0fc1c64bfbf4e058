#include "api/operation.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "api/errors.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;

using base::Errc;

Content json_content(const Schema& schema, std::string_view text) {
  return {{"application/json"}, schema, json::parse(text)};
}

Content text_content(std::string_view type, std::string_view description, std::string_view example) {
  return {{type}, text().describe(description), json::value(example)};
}

Answer problem(unsigned status, std::string_view description, const base::Error& error) {
  Answer answer{status, description, {}, json_content(error_schema(), encode(error))};
  if (status == 401) answer.headers = {AnswerHeader::www_authenticate};
  if (status == 429 || status == 503) answer.headers = {AnswerHeader::retry_after};
  return answer;
}

Answers merge(std::initializer_list<Answers> parts) {
  Answers all;
  for (const Answers& part : parts) all.insert(all.end(), part.begin(), part.end());
  std::stable_sort(all.begin(), all.end(), [](const Answer& a, const Answer& b) {
    return a.status - 1 < b.status - 1;  // 0, which is any other, wraps and comes last.
  });
  const auto same = [](const Answer& a, const Answer& b) { return a.status == b.status; };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

Answers any_problem() {
  const auto own = [](unsigned status, std::string_view description, const ErrorBody& body) {
    return Answer{status, description, {}, json_content(error_schema(), encode(body))};
  };
  return {own(400, "The request is not well-formed.", {"The request is malformed.", "malformed_request", {}}),
          own(500, "Something went wrong inside; the log tells what, under the request's id.",
              {"Something went wrong here.", "internal_error", {}}),
          own(0, "Any other error.", {"This path does not have that method.", "method_not_allowed", {}})};
}

Answers session_problems() {
  return {
      problem(401, "No token, or one that no longer counts.", {Errc::unauthenticated, "Log in first.", "", {}}),
      problem(503, "The database is away.", {Errc::unavailable, "The database is away; try again shortly.", "", {}})};
}

Answers change_problems() {
  return merge({{problem(403, "The token came as a cookie, from a page that is not ours.",
                         {Errc::forbidden, "This Origin may not use the cookie.", "", {}})},
                session_problems()});
}

Answers discord_problems() {
  return {problem(502, "Discord answered wrongly.", {Errc::bad_upstream, "Discord answered wrongly.", "", {}}),
          problem(503, "Discord or the database is away.",
                  {Errc::unavailable, "Discord is away; try again shortly.", "", {}})};
}

Answers json_body_problems() {
  return {problem(400, "The body is not JSON.", {Errc::malformed, "The body is not JSON: syntax error.", "", {}}),
          problem(413, "The body is larger than 1 MB.", {Errc::too_large, "The body is too large.", "", {}}),
          problem(415, "The body is of another type.",
                  {Errc::unsupported_media_type, "The body must be application/json.", "", {}})};
}

Answers guild_problems() {
  return merge(
      {{problem(403, "Neither owner nor holder of ADMINISTRATOR or MANAGE_GUILD there, nor of role ADMIN here.",
                {Errc::forbidden, "You may not manage this guild.", "", {}}),
        problem(404, "No such thing, or a guild that the bot is not in.",
                {Errc::not_found, "The bot is in no such guild.", "", {}})},
       discord_problems(),
       session_problems()});
}

Answers precondition_problem() {
  return {problem(412, "If-Match names another version.",
                  {Errc::precondition_failed, "It was changed since; read it again.", "", {}})};
}

Parameter guild_id() {
  return {Parameter::Place::path, "id", "The guild's id.", text().format(format::snowflake), "3000000000000000001"};
}

Parameter if_match() {
  return {Parameter::Place::header, "If-Match", "ETags of versions that may be changed; 412 for any other.", text(),
          R"("3")"};
}

Parameter if_none_match() {
  return {Parameter::Place::header, "If-None-Match", "ETags of versions that are here already; 304 for one of them.",
          text(), R"("3")"};
}

}  // namespace guildhall::api
