#include "api/openapi.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "schema/expect_fault.hpp"
#include "server/routes/table.hpp"

namespace guildhall::server {
namespace {

using namespace api;
using namespace schema;

namespace json = boost::json;

json::value document() { return json::parse(server::openapi_document("http://127.0.0.1:8080", "1.2.3")); }

TEST(Operations, ExamplesAreWhatTheirSchemasSay) {
  for (const DocumentedRoute& route : documented_routes()) {
    SCOPED_TRACE(route.operation.id);
    for (const Parameter& parameter : parameters_of(route)) {
      EXPECT_EQ(fault_of(parameter.schema, parameter.example), "valid") << parameter.name;
    }
    if (route.operation.body) {
      EXPECT_EQ(fault_of(route.operation.body->schema, route.operation.body->example), "valid");
    }
    for (const Answer& answer : answers_of(route)) {
      if (!answer.content) continue;
      EXPECT_EQ(fault_of(answer.content->schema, answer.content->example), "valid") << answer.status;
      // An answer is in its normal form: what the encoders write, not what clients may send.
      EXPECT_EQ(normal_form(answer.content->schema, answer.content->example), json::serialize(answer.content->example));
    }
  }
}

TEST(Operations, PathParametersAreThoseOfThePath) {
  for (const DocumentedRoute& route : documented_routes()) {
    std::string rebuilt = path_template(route.path);
    std::size_t named = 0;
    for (const Parameter& parameter : parameters_of(route)) {
      if (parameter.place != Parameter::Place::path) continue;
      ++named;
      EXPECT_NE(rebuilt.find("{" + std::string(parameter.name) + "}"), std::string::npos) << route.operation.id;
    }
    EXPECT_EQ(std::count(rebuilt.begin(), rebuilt.end(), '{'), static_cast<std::ptrdiff_t>(named))
        << route.operation.id;
  }
}

TEST(Operations, IdsAndRoutesAreUnique) {
  std::set<std::string> ids;
  std::set<std::string> routes;
  for (const DocumentedRoute& route : documented_routes()) {
    EXPECT_TRUE(ids.emplace(route.operation.id).second) << route.operation.id;
    EXPECT_TRUE(routes.insert(std::string(route.method) + " " + std::string(route.path)).second);
  }
  EXPECT_EQ(documented_routes().size(), routes.size());
}

TEST(Operations, ErrorsFollowFromTheRoute) {
  for (const DocumentedRoute& route : documented_routes()) {
    SCOPED_TRACE(route.operation.id);
    const auto answers = answers_of(route);
    const auto has = [&](unsigned status) {
      return std::any_of(answers.begin(), answers.end(),
                         [status](const Answer& answer) { return answer.status == status; });
    };
    EXPECT_TRUE(has(400) && has(500) && has(0));
    EXPECT_EQ(has(401), route.access != Access::everyone || route.operation.id == "finishLogin");
    if (route.operation.body) {
      EXPECT_TRUE(has(413) && has(415) && has(422));
    }
    if (route.path.find(":id") != std::string_view::npos) {
      EXPECT_TRUE(has(403) && has(404) && has(502));
    }
  }
}

TEST(Operations, AnswersRiseByStatusAndHappenOnce) {
  DocumentedRoute route{"GET", "/", Access::everyone, {}};
  route.operation.answers = {{422, "a"}, {200, "b"}};
  route.operation.errors = {api::errors::field_required};
  const auto answers = answers_of(route);
  ASSERT_EQ(answers.size(), 5U);
  EXPECT_EQ(answers[0].status, 200U);
  EXPECT_THAT(answers[2].description, testing::StartsWith("a "));
  EXPECT_EQ(answers.back().status, 0U);
}

TEST(Operations, AnErrorIsDescribedByItsSentences) {
  DocumentedRoute route{"POST", "/", Access::session, {}};
  route.operation.errors = {api::errors::not_manager};
  for (const Answer& answer : answers_of(route)) {
    if (answer.status != 403) continue;
    EXPECT_EQ(answer.description,
              std::string(api::errors::not_manager.sentence) + ' ' + std::string(api::errors::cross_origin.sentence));
    EXPECT_EQ(std::string(answer.content->example.at("error").as_string()), api::errors::not_manager.sentence);
  }
}

TEST(OpenApi, IsTheSameEachTime) {
  EXPECT_EQ(server::openapi_document("/", "1"), server::openapi_document("/", "1"));
  EXPECT_EQ(document().at("openapi"), "3.1.0");
  EXPECT_EQ(document().at("info").at("version"), "1.2.3");
  EXPECT_EQ(document().at("servers").at(0).at("url"), "http://127.0.0.1:8080");
}

TEST(OpenApi, HasEveryRoute) {
  const json::value all = document();
  for (const auto& route : documented_routes()) {
    std::string lower(route.method);
    for (char& c : lower) c = static_cast<char>(c - 'A' + 'a');
    EXPECT_TRUE(all.at("paths").at(path_template(route.path)).as_object().contains(lower)) << route.path;
  }
}

TEST(OpenApi, PathsAreThoseOfTheRouteTable) {
  EXPECT_EQ(path_template("/api/guilds/:id/commands/:commandId"), "/api/guilds/{id}/commands/{commandId}");
  EXPECT_EQ(path_template("/docs"), "/docs");
}

void collect_references(const json::value& value, std::set<std::string>& into) {
  if (const auto* array = value.if_array()) {
    for (const auto& item : *array) collect_references(item, into);
  }
  if (const auto* object = value.if_object()) {
    for (const auto& field : *object) {
      if (field.key() == "$ref") into.insert(std::string(field.value().as_string()));
      collect_references(field.value(), into);
    }
  }
}

TEST(OpenApi, ReferencesLeadSomewhere) {
  const json::value all = document();
  std::set<std::string> references;
  collect_references(all, references);
  EXPECT_GT(references.size(), 20U);
  for (const std::string& reference : references) {
    boost::system::error_code missing;
    EXPECT_NE(all.find_pointer(reference.substr(1), missing), nullptr) << reference;
  }
  for (const auto& schema : all.at("components").at("schemas").as_object()) {
    EXPECT_TRUE(references.contains("#/components/schemas/" + std::string(schema.key()))) << schema.key();
  }
}

TEST(OpenApi, TagsAreDescribed) {
  std::set<std::string> described;
  const json::value all = document();
  for (const auto& tag : all.at("tags").as_array()) described.emplace(tag.at("name").as_string());
  for (const auto& route : documented_routes()) {
    EXPECT_TRUE(described.contains(std::string(route.operation.tag)));
  }
}

TEST(OpenApi, SecurityIsOfEachOperation) {
  const json::value all = document();
  const json::value session = json::parse(R"([{"bearer": []}, {"cookie": []}])");
  EXPECT_EQ(all.at("paths").at("/api/users/me").at("get").at("security"), session);
  EXPECT_EQ(all.at("paths").at("/api/auth/token").at("post").at("security"), json::array{});
}

}  // namespace
}  // namespace guildhall::server
