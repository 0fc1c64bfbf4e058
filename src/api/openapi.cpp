#include "api/openapi.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <map>
#include <stdexcept>

#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

constexpr std::string_view description = R"(A Discord bot and the backend of its dashboard.

Bodies and answers are JSON (`Content-Type: application/json`). Ids are strings of digits. A field that is not described
here is refused with 422; the error names it. In the optional parts of a command null, an empty string and an empty list
count as absent.

An error is `{"error": "A sentence.", "code": "snake_case", "field": "/json/pointer"}`. Besides the statuses that the
routes list there are: 404 for an unknown path, 405 with Allow for a method that a path does not support, 408 for a
request that takes too long to arrive, 431 for more than 16 KB of header fields, 503 for too many connections.

Send the token as `Authorization: Bearer` or as the cookie `token`. With the cookie, a request that may change something
needs an Origin that the server allows.)";

struct Tag {
  std::string_view name;
  std::string_view description;
};

constexpr std::array tags{
    Tag{"Bot", "What everybody may know about the bot."},
    Tag{"Authentication", "Log in through Discord."},
    Tag{"Users", "The person who is logged in."},
    Tag{"Guilds", "The Discord servers that the bot is in, and their settings."},
    Tag{"Commands", "The custom commands of a server."},
    Tag{"Logs", "The server's log."},
    Tag{"Operations", "State of the program and who may see it; for ADMIN."},
    Tag{"Documentation", "This OpenAPI document."},
    Tag{"Health", "For operators and their monitoring."},
};

struct HeaderText {
  AnswerHeader header;
  std::string_view name;
  std::string_view description;
  std::string_view example;
};

constexpr std::array header_texts{
    HeaderText{AnswerHeader::location, "Location", "Where to go next.", "/api/guilds/3000000000000000001/commands/7"},
    HeaderText{AnswerHeader::etag, "ETag", "The version, for If-Match and If-None-Match.", R"("3")"},
    HeaderText{AnswerHeader::retry_after, "Retry-After", "Seconds to wait before the next attempt.", "5"},
    HeaderText{AnswerHeader::set_cookie, "Set-Cookie", "For browsers: the session, or the state of a login.",
               "token=eyJhbGciOiJkaXIi...; Path=/; HttpOnly; SameSite=Lax"},
    HeaderText{AnswerHeader::age, "Age", "Seconds since Discord sent the list.", "12"},
    HeaderText{AnswerHeader::warning, "Warning",
               "Present if the list is an old one because Discord does not answer (RFC 7234 section 5.5.1).",
               "110 guildhall \"Response is Stale\""},
    HeaderText{AnswerHeader::www_authenticate, "WWW-Authenticate", "How to authenticate.", "Bearer"},
};

constexpr std::string_view request_id = "X-Request-Id";

Parameter path_parameter(std::string_view name) {
  const auto id = text().format(format::snowflake);
  if (name == "id") return {Parameter::Place::path, "id", "The server's id.", id, "3000000000000000001"};
  if (name == "commandId") return {Parameter::Place::path, "commandId", "The command's id.", id, "7"};
  if (name == "sessionId") {
    return {Parameter::Place::path, "sessionId", "The session's id.", text(), "9f86d081884c7d659a2feaa0c55ad015"};
  }
  if (name == "userId") return {Parameter::Place::path, "userId", "The person's id.", id, "2000000000000000002"};
  if (name == "role") return {Parameter::Place::path, "role", "The role's name.", choice({"ADMIN"}), "ADMIN"};
  throw std::logic_error("the document does not know the path parameter " + std::string(name));
}

/// The errors of all routes of that kind.
std::vector<KnownError> errors_of(const DocumentedRoute& route) {
  auto all = route.operation.errors;
  const auto add = [&all](std::initializer_list<KnownError> more) { all.insert(all.end(), more); };
  if (route.access == Access::guild_manager) {
    add({errors::not_manager, errors::not_in_guild, errors::discord_failed, errors::discord_away,
         errors::discord_limit});
  }
  if (route.access == Access::admin) add({errors::not_admin});
  if (route.access != Access::everyone) {
    if (route.method != "GET") add({errors::cross_origin});
    add({errors::unauthenticated, errors::database_away});
  }
  if (route.operation.body) {
    add({errors::not_json, errors::body_too_large, errors::not_json_type, errors::field_required});
  }
  return all;
}

Answer error_answer(unsigned status, std::string_view sentence, std::string_view example) {
  Answer answer{status, std::string(sentence), {}, json_content(error_schema(), example)};
  if (status == 401) answer.headers = {AnswerHeader::www_authenticate};
  if (status == 429 || status == 503) answer.headers = {AnswerHeader::retry_after};
  return answer;
}

Answer error_answer(const ProtocolError& error) { return error_answer(error.status, error.sentence, encode(error)); }

const HeaderText& text_of(AnswerHeader header) {
  return *std::find_if(header_texts.begin(), header_texts.end(),
                       [header](const HeaderText& text) { return text.header == header; });
}

json::object header_reference(std::string_view name) { return {{"$ref", "#/components/headers/" + std::string(name)}}; }

json::object to_json(const Content& content) {
  const json::object media{{"schema", content.schema.reference()}, {"example", content.example}};
  json::object all;
  for (const auto type : content.types) all[type] = media;
  return all;
}

json::object to_json(const Answer& answer) {
  json::object headers{{request_id, header_reference(request_id)}};
  for (const AnswerHeader header : answer.headers) {
    const auto name = text_of(header).name;
    headers[name] = header_reference(name);
  }
  json::object out{{"description", answer.description}, {"headers", std::move(headers)}};
  if (answer.content) out["content"] = to_json(*answer.content);
  return out;
}

json::object to_json(const Parameter& parameter) {
  constexpr std::array<std::string_view, 3> places{"path", "query", "header"};
  return {{"name", parameter.name},
          {"in", places[static_cast<std::size_t>(parameter.place)]},
          {"required", parameter.required || parameter.place == Parameter::Place::path},
          {"description", parameter.description},
          {"schema", parameter.schema.reference()},
          {"example", parameter.example}};
}

json::array security_of(Access access) {
  if (access == Access::everyone) return {};
  return {json::object{{"bearer", json::array{}}}, json::object{{"cookie", json::array{}}}};
}

json::object to_json(const DocumentedRoute& route) {
  const Operation& operation = route.operation;
  json::object out{{"operationId", operation.id}, {"tags", json::array{operation.tag}}, {"summary", operation.summary}};
  if (!operation.description.empty()) out["description"] = operation.description;
  out["security"] = security_of(route.access);
  json::array parameters;
  for (const Parameter& parameter : parameters_of(route)) parameters.push_back(to_json(parameter));
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  if (operation.body) out["requestBody"] = {{"required", true}, {"content", to_json(*operation.body)}};
  json::object answers;
  for (const Answer& answer : answers_of(route)) {
    answers[answer.status == 0 ? "default" : std::to_string(answer.status)] = to_json(answer);
  }
  out["responses"] = std::move(answers);
  return out;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

json::object paths(std::span<const DocumentedRoute> routes) {
  json::object all;
  for (const DocumentedRoute& route : routes) {
    json::value& path = all[path_template(route.path)];
    if (path.is_null()) path.emplace_object();
    path.as_object()[lower_case(route.method)] = to_json(route);
  }
  return all;
}

json::object schemas(std::span<const DocumentedRoute> routes) {
  std::map<std::string, json::value> all;
  for (const DocumentedRoute& route : routes) {
    if (route.operation.body) route.operation.body->schema.collect(all);
    for (const Answer& answer : answers_of(route)) {
      if (answer.content) answer.content->schema.collect(all);
    }
  }
  return {all.begin(), all.end()};
}

json::object header(std::string_view text, std::string_view example) {
  return {{"description", text}, {"schema", {{"type", "string"}}}, {"example", example}};
}

json::object headers() {
  json::object all{{request_id, header("Names this request, in the server's log too.", "3f2a9c0de1b47586")}};
  for (const HeaderText& text : header_texts) all[text.name] = header(text.description, text.example);
  return all;
}

json::object security_schemes() {
  return {{"bearer",
           {{"type", "http"},
            {"scheme", "bearer"},
            {"bearerFormat", "JWE"},
            {"description", "The token that /api/auth/token answers with."}}},
          {"cookie",
           {{"type", "apiKey"},
            {"in", "cookie"},
            {"name", "token"},
            {"description", "The cookie that /api/auth/login ends with."}}}};
}

json::array tag_list() {
  json::array all;
  for (const Tag& tag : tags) all.push_back({{"name", tag.name}, {"description", tag.description}});
  return all;
}

}  // namespace

Parameter query_parameter(std::string_view name, std::string_view text, Schema schema, json::value example) {
  return {Parameter::Place::query, name, text, std::move(schema), std::move(example)};
}

Parameter if_match() {
  return {Parameter::Place::header, "If-Match", "The ETags that the change applies to; 412 for any other version.",
          text(), R"("3")"};
}

Parameter if_none_match() {
  return {Parameter::Place::header, "If-None-Match", "The ETags that the client has; 304 for one of them.", text(),
          R"("3")"};
}

Content json_content(const Schema& schema, std::string_view example) {
  return {{"application/json"}, schema, json::parse(example)};
}

Content text_content(std::string_view type, std::string_view description, std::string_view example) {
  return {{type}, text().describe(description), json::value(example)};
}

std::string path_template(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const auto segment = path.substr(0, path.find('/', 1));
    path.remove_prefix(segment.size());
    const bool named = segment.starts_with("/:");
    out.append(named ? "/{" : "").append(segment.substr(named ? 2 : 0)).append(named ? "}" : "");
  }
  return out;
}

std::vector<Parameter> parameters_of(const DocumentedRoute& route) {
  std::vector<Parameter> all;
  for (auto rest = route.path; (rest = rest.substr(std::min(rest.find(':'), rest.size()))), !rest.empty();) {
    const auto name = rest.substr(1, rest.find('/') - 1);
    all.push_back(path_parameter(name));
    rest.remove_prefix(1);
  }
  all.insert(all.end(), route.operation.parameters.begin(), route.operation.parameters.end());
  return all;
}

std::vector<Answer> answers_of(const DocumentedRoute& route) {
  auto all = route.operation.answers;
  const auto add = [&all](Answer answer) {
    const auto same = std::find_if(all.begin(), all.end(), [&](const Answer& a) { return a.status == answer.status; });
    if (same == all.end()) {
      all.push_back(std::move(answer));
    } else if (same->description.find(answer.description) == std::string::npos) {
      same->description += ' ' + answer.description;
    }
  };
  for (const KnownError& error : errors_of(route)) {
    add(error_answer(kind_of(error.errc).status, error.meaning.empty() ? error.sentence : error.meaning,
                     encode(base::Error(error))));
  }
  add(error_answer(protocol_error(400)));
  add(error_answer(protocol_error(500)));
  auto other = error_answer(protocol_error(405));
  other.status = 0;
  other.description = "Any other error.";
  add(std::move(other));
  std::sort(all.begin(), all.end(), [](const Answer& a, const Answer& b) {
    return a.status - 1 < b.status - 1;  // 0, which is any other, wraps and comes last.
  });
  return all;
}

std::string openapi_document(std::span<const DocumentedRoute> routes, std::string_view server_url,
                             std::string_view version) {
  const json::object document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "guildhall"},
        {"version", version},
        {"description", description},
        {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
      {"servers", json::array{json::object{{"url", server_url}}}},
      {"tags", tag_list()},
      {"paths", paths(routes)},
      {"components", {{"schemas", schemas(routes)}, {"headers", headers()}, {"securitySchemes", security_schemes()}}},
  };
  return json::serialize(document);
}

}  // namespace guildhall::api
