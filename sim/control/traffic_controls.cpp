#include "sim/control/traffic_controls.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <cmath>
#include <utility>

#include "net/form.hpp"
#include "sim/answers.hpp"
#include "sim/oauth/authorize.hpp"
#include "sim/rest/api.hpp"
#include "sim/world/object_reader.hpp"
#include "sim/world/world_json.hpp"

namespace guildhall::sim {
namespace {

[[noreturn]] void invalid(std::string field, std::string message) {
  throw base::ErrorException(base::invalid(std::move(field), std::move(message)));
}

net::Method read_method(std::string text, std::string field) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto method = net::parse_method(text);
  if (method == net::Method::other) invalid(std::move(field), "This is no method that the API has.");
  return method;
}

std::string read_route(std::string_view text, std::string field) {
  if (text == "*") return "*";
  const auto pattern = find_route_pattern(text);
  if (!pattern) invalid(std::move(field), "The API has no such route; write it as /guilds/:guild_id, or *.");
  return std::string(*pattern);
}

net::Headers read_headers(ObjectReader& reader) {
  const auto* fields = reader.value("headers").if_object();
  if (fields == nullptr) reader.fail("headers", "This must be an object.");
  net::Headers headers;
  for (const auto& field : *fields) {
    const auto* value = field.value().if_string();
    const bool printable = value != nullptr && std::all_of(value->begin(), value->end(), [](unsigned char c) {
                             return c == '\t' || (c >= 0x20 && c != 0x7F);
                           });
    if (!printable) reader.fail("headers", "The value of a header field is printable text.");
    headers.add(field.key(), *value);
  }
  return headers;
}

RateLimitScope read_scope(ObjectReader& reader) {
  const auto scope = reader.text("scope", 1, 16);
  if (scope == "user") return RateLimitScope::user;
  if (scope == "global") return RateLimitScope::global;
  if (scope == "shared") return RateLimitScope::shared;
  reader.fail("scope", "This must be user, global or shared.");
}

Fault::RateLimit read_rate_limit(ObjectReader reader) {
  const auto scope = reader.has("scope") ? read_scope(reader) : RateLimitScope::user;
  const double seconds = reader.number("retryAfter", 0, 86'400);
  reader.finish();
  return {scope, std::chrono::milliseconds(std::lround(seconds * 1000))};
}

/// A string is sent as is, any other value as JSON.
std::string read_body(ObjectReader& reader) {
  const auto& body = reader.value("body");
  const auto* text = body.if_string();
  return text != nullptr ? std::string(*text) : boost::json::serialize(body);
}

Fault read_fault(ObjectReader& reader) {
  Fault fault;
  if (reader.has("method")) fault.method = read_method(reader.text("method", 1, 16), "/method");
  fault.route = read_route(reader.text("route", 1, 256), "/route");
  if (reader.has("count")) fault.remaining = static_cast<unsigned>(reader.integer("count", 1, 1'000'000));
  if (reader.has("status")) fault.status = static_cast<unsigned>(reader.integer("status", 200, 599));
  if (reader.has("body")) fault.body = read_body(reader);
  if (reader.has("headers")) fault.headers = read_headers(reader);
  if (reader.has("delayMs")) fault.delay = std::chrono::milliseconds(reader.integer("delayMs", 0, 600'000));
  if (reader.has("drop")) fault.drop = reader.boolean("drop");
  if (reader.has("garbage")) fault.garbage = reader.boolean("garbage");
  if (reader.has("rateLimit")) fault.rate_limit = read_rate_limit(reader.object("rateLimit"));
  reader.finish();
  if (!fault.replaces_answer() && fault.delay.count() == 0 && fault.headers.size() == 0) {
    invalid("", "A fault needs a status, body, headers, delayMs, drop, garbage or rateLimit.");
  }
  return fault;
}

boost::json::object to_json(const net::Headers& headers) {
  boost::json::object fields;
  for (const auto& header : headers) {
    std::string name = header.name;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (auto* known = fields.if_contains(name)) {
      known->as_string().append(", ").append(header.value);
    } else {
      fields[name] = header.value;
    }
  }
  return fields;
}

boost::json::object to_json(const Fault& fault) {
  boost::json::object json{{"id", std::to_string(fault.id)}, {"route", fault.route}, {"count", fault.remaining}};
  if (fault.method) json["method"] = net::to_string(*fault.method);
  if (fault.status) json["status"] = *fault.status;
  if (fault.body) json["body"] = *fault.body;
  if (fault.headers.size() > 0) json["headers"] = to_json(fault.headers);
  if (fault.delay.count() > 0) json["delayMs"] = fault.delay.count();
  if (fault.drop) json["drop"] = true;
  if (fault.garbage) json["garbage"] = true;
  if (fault.rate_limit) {
    json["rateLimit"] = {{"scope", to_string(fault.rate_limit->scope)},
                         {"retryAfter", static_cast<double>(fault.rate_limit->retry_after.count()) / 1000}};
  }
  return json;
}

boost::json::object to_json(const RecordedRequest& request) {
  boost::json::object json{
      {"method", net::to_string(request.method)},
      {"path", request.target},
      {"route", nullptr},
      {"status", nullptr},
      {"headers", to_json(request.headers)},
      {"body", request.body},
      {"time", base::to_iso8601(request.time)},
  };
  if (!request.route.empty()) json["route"] = request.route;
  if (request.status != 0) json["status"] = request.status;
  return json;
}

}  // namespace

net::Response list_faults(const ControlCall& call) {
  boost::json::array faults;
  for (const Fault& fault : call.sim.faults.waiting()) faults.push_back(to_json(fault));
  return json_answer(200, {{"faults", std::move(faults)}});
}

net::Response add_fault(const ControlCall& call) {
  const auto body = call.json();
  ObjectReader reader(body, "");
  const auto added = call.sim.faults.add(read_fault(reader));
  if (!added) throw base::ErrorException(added.error());
  return json_answer(201, to_json(*added));
}

net::Response clear_faults(const ControlCall& call) {
  call.sim.faults.clear();
  return no_content();
}

net::Response list_requests(const ControlCall& call) {
  const auto query = net::parse_form(call.request.query()).value_or(net::FormFields());
  const auto route = net::find_field(query, "route");
  const auto method = net::find_field(query, "method");
  const std::string wanted_route = route ? read_route(*route, "/route") : "*";
  const auto wanted_method = method ? std::optional(read_method(std::string(*method), "/method")) : std::nullopt;
  boost::json::array requests;
  for (const RecordedRequest& request : call.sim.journal.requests()) {
    if (wanted_route != "*" && request.route != wanted_route) continue;
    if (wanted_method && request.method != *wanted_method) continue;
    requests.push_back(to_json(request));
  }
  return json_answer(200, {{"requests", std::move(requests)}});
}

net::Response clear_requests(const ControlCall& call) {
  call.sim.journal.clear();
  return no_content();
}

net::Response authorize(const ControlCall& call) {
  const auto body = call.json();
  ObjectReader reader(body, "");
  const auto user = reader.id<UserId>("personId");
  net::FormFields fields{{"response_type", "code"}};
  fields.emplace_back(
      "client_id", reader.has("clientId") ? reader.text("clientId", 1, 20) : call.sim.world.application.id.to_string());
  fields.emplace_back("redirect_uri", reader.text("redirectUri", 1, 2048));
  fields.emplace_back("scope", reader.has("scope") ? reader.text("scope", 1, 2048) : "identify email guilds");
  if (reader.has("state")) fields.emplace_back("state", reader.text("state", 0, 4096));
  reader.finish();
  if (call.sim.world.find_user(user) == nullptr) {
    invalid("/personId", "There is no person " + user.to_string() + ".");
  }
  const auto request = parse_authorize_request(call.sim.world.application, fields);
  if (!request) invalid("", request.error().message);
  const auto approval = approve(call.sim, *request, user);
  return json_answer(200, {{"code", approval.code}, {"location", approval.location}});
}

net::Response change_oauth(const ControlCall& call) {
  const auto body = call.json();
  ObjectReader reader(body, "");
  const auto length = [&reader](std::string_view name) -> std::optional<std::size_t> {
    if (!reader.has(name)) return std::nullopt;
    return static_cast<std::size_t>(reader.integer(name, 16, 100'000));
  };
  const auto access = length("accessTokenLength");
  const auto refresh = length("refreshTokenLength");
  std::optional<std::vector<std::string>> redirect_uris;
  if (reader.has("redirectUris")) redirect_uris = read_redirect_uris(reader);
  reader.finish();
  call.sim.grants.set_token_lengths(access, refresh);
  if (redirect_uris) call.sim.world.application.redirect_uris = std::move(*redirect_uris);
  return no_content();
}

}  // namespace guildhall::sim
