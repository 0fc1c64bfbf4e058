#include "api/openapi.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>

#include "api/operation.hpp"
#include "api/operations.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

constexpr std::string_view description = R"(A Discord bot and its dashboard's backend.

Bodies and answers are JSON; `Content-Type: application/json`. Ids are strings of digits. A field that is not described
here is refused with 422, which names it. In the optional parts of a command null, an empty text and an empty list all
count as absent.

An error is `{"error": "A sentence.", "code": "snake_case", "field": "/json/pointer"}`. Besides the statuses that the
routes list: 404 for an unknown path, 405 with Allow for a method that a path does not have, 408 for a request that takes
too long to arrive, 431 for more than 16 KB of header fields, 503 for more connections than the server takes.

The token comes as `Authorization: Bearer` or as the cookie `token`; with the cookie a request that may change something
needs an Origin of ours.)";

struct Tag {
  std::string_view name;
  std::string_view description;
};
constexpr std::array tags{
    Tag{"Authentication", "Logging in through Discord."},
    Tag{"Users", "The person who is logged in."},
    Tag{"Guilds", "The guilds that the bot is in, and their settings."},
    Tag{"Commands", "What the bot answers to a guild's own commands."},
    Tag{"Logs", "What the program says of itself."},
    Tag{"Documentation", "This."},
    Tag{"Health", "For those who run the server, and their machines."},
};

struct HeaderText {
  AnswerHeader header;
  std::string_view name;
  std::string_view description;
  std::string_view example;
};
constexpr std::array header_texts{
    HeaderText{AnswerHeader::location, "Location", "Where to go on.", "/api/guilds/3000000000000000001/commands/7"},
    HeaderText{AnswerHeader::etag, "ETag", "Names this version, for If-Match and If-None-Match.", R"("3")"},
    HeaderText{AnswerHeader::retry_after, "Retry-After", "Seconds until it is worth asking again.", "5"},
    HeaderText{AnswerHeader::set_cookie, "Set-Cookie", "For browsers: the session, or what a login needs.",
               "token=eyJhbGciOiJkaXIi...; Path=/; HttpOnly; SameSite=Lax"},
    HeaderText{AnswerHeader::age, "Age", "Seconds since Discord said so.", "12"},
    HeaderText{AnswerHeader::warning, "Warning",
               "Where the list is an old one, as Discord does not answer (RFC 7234 section 5.5.1).",
               "110 guildhall \"Response is Stale\""},
    HeaderText{AnswerHeader::www_authenticate, "WWW-Authenticate", "How to authenticate.", "Bearer"},
};
constexpr std::string_view request_id = "X-Request-Id";

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
          {"required", parameter.place == Parameter::Place::path},
          {"description", parameter.description},
          {"schema", parameter.schema.reference()},
          {"example", parameter.example}};
}

json::array security_of(Operation::Access access) {
  if (access == Operation::Access::everyone) return {};
  return {json::object{{"bearer", json::array{}}}, json::object{{"cookie", json::array{}}}};
}

json::object to_json(const Operation& operation) {
  json::object out{{"operationId", operation.id}, {"tags", json::array{operation.tag}}, {"summary", operation.summary}};
  if (!operation.description.empty()) out["description"] = operation.description;
  out["security"] = security_of(operation.access);
  if (!operation.parameters.empty()) {
    json::array parameters;
    for (const Parameter& parameter : operation.parameters) parameters.push_back(to_json(parameter));
    out["parameters"] = std::move(parameters);
  }
  if (operation.body) out["requestBody"] = {{"required", true}, {"content", to_json(*operation.body)}};
  json::object answers;
  for (const Answer& answer : operation.answers) {
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

json::object paths() {
  json::object all;
  for (const Operation& operation : operations()) {
    json::value& path = all[operation.path];
    if (path.is_null()) path.emplace_object();
    path.as_object()[lower_case(operation.method)] = to_json(operation);
  }
  return all;
}

json::object schemas() {
  std::map<std::string, json::value> all;
  for (const Operation& operation : operations()) {
    if (operation.body) operation.body->schema.collect(all);
    for (const Answer& answer : operation.answers) {
      if (answer.content) answer.content->schema.collect(all);
    }
  }
  return {all.begin(), all.end()};
}

json::object header(std::string_view text, std::string_view example) {
  return {{"description", text}, {"schema", {{"type", "string"}}}, {"example", example}};
}

json::object headers() {
  json::object all{{request_id, header("Names this request, also in the server's log.", "3f2a9c0de1b47586")}};
  for (const HeaderText& text : header_texts) all[text.name] = header(text.description, text.example);
  return all;
}

json::object security_schemes() {
  return {
      {"bearer",
       {{"type", "http"},
        {"scheme", "bearer"},
        {"bearerFormat", "JWE"},
        {"description", "What /api/auth/token answers."}}},
      {"cookie",
       {{"type", "apiKey"}, {"in", "cookie"}, {"name", "token"}, {"description", "What /api/auth/login ends with."}}}};
}

json::array tag_list() {
  json::array all;
  for (const Tag& tag : tags) all.push_back({{"name", tag.name}, {"description", tag.description}});
  return all;
}

}  // namespace

std::span<const DocumentedRoute> documented_routes() {
  static const std::vector<DocumentedRoute> routes = [] {
    std::vector<DocumentedRoute> all;
    for (const Operation& operation : operations()) all.push_back({operation.method, operation.path});
    return all;
  }();
  return routes;
}

std::string to_route_pattern(std::string_view path) {
  std::string pattern;
  for (const char c : path) {
    if (c == '{') pattern += ':';
    if (c != '{' && c != '}') pattern += c;
  }
  return pattern;
}

std::string openapi_document(std::string_view server_url, std::string_view version) {
  const json::object document{
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "guildhall"},
        {"version", version},
        {"description", description},
        {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
      {"servers", json::array{json::object{{"url", server_url}}}},
      {"tags", tag_list()},
      {"paths", paths()},
      {"components", {{"schemas", schemas()}, {"headers", headers()}, {"securitySchemes", security_schemes()}}},
  };
  return json::serialize(document);
}

}  // namespace guildhall::api
