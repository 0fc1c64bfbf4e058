#include "api/openapi.hpp"

#include <set>

#include "api/operations.hpp"
#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;

json::value document() { return json::parse(openapi_document("http://127.0.0.1:8080", "1.2.3")); }

TEST(Operations, ExamplesAreWhatTheirSchemasSay) {
  for (const Operation& operation : operations()) {
    SCOPED_TRACE(operation.id);
    for (const Parameter& parameter : operation.parameters) {
      EXPECT_EQ(fault_of(parameter.schema, parameter.example), "valid") << parameter.name;
    }
    if (operation.body) {
      EXPECT_EQ(fault_of(operation.body->schema, operation.body->example), "valid");
    }
    for (const Answer& answer : operation.answers) {
      if (!answer.content) continue;
      EXPECT_EQ(fault_of(answer.content->schema, answer.content->example), "valid") << answer.status;
      // An answer is in its normal form: what the encoders write, not what clients may send.
      EXPECT_EQ(normal_form(answer.content->schema, answer.content->example), json::serialize(answer.content->example));
    }
  }
}

TEST(Operations, PathParametersAreThoseOfThePath) {
  for (const Operation& operation : operations()) {
    std::string rebuilt(operation.path);
    std::size_t named = 0;
    for (const Parameter& parameter : operation.parameters) {
      if (parameter.place != Parameter::Place::path) continue;
      ++named;
      EXPECT_NE(rebuilt.find("{" + std::string(parameter.name) + "}"), std::string::npos) << operation.id;
    }
    EXPECT_EQ(std::count(rebuilt.begin(), rebuilt.end(), '{'), static_cast<std::ptrdiff_t>(named)) << operation.id;
  }
}

TEST(Operations, IdsAndRoutesAreUnique) {
  std::set<std::string> ids;
  std::set<std::string> routes;
  for (const Operation& operation : operations()) {
    EXPECT_TRUE(ids.emplace(operation.id).second) << operation.id;
    EXPECT_TRUE(routes.insert(std::string(operation.method) + " " + std::string(operation.path)).second);
  }
  EXPECT_EQ(documented_routes().size(), routes.size());
}

TEST(Operations, ProblemsAreToldInEachOperation) {
  for (const Operation& operation : operations()) {
    SCOPED_TRACE(operation.id);
    const auto has = [&](unsigned status) {
      return std::any_of(operation.answers.begin(), operation.answers.end(),
                         [status](const Answer& answer) { return answer.status == status; });
    };
    EXPECT_TRUE(has(400) && has(500) && has(0));
    EXPECT_EQ(has(401), operation.access == Operation::Access::session || operation.id == "finishLogin");
    if (operation.body) {
      EXPECT_TRUE(has(413) && has(415) && has(422));
    }
    if (operation.path.find("{id}") != std::string_view::npos) {
      EXPECT_TRUE(has(403) && has(404) && has(502));
    }
  }
}

TEST(Operations, AnswersRiseByStatusAndHappenOnce) {
  const Answers merged = merge({{{422, "a", {}, {}}, {200, "b", {}, {}}}, {{0, "c", {}, {}}, {422, "d", {}, {}}}});
  ASSERT_EQ(merged.size(), 3U);
  EXPECT_EQ(merged[0].status, 200U);
  EXPECT_EQ(merged[1].description, "a");
  EXPECT_EQ(merged[2].status, 0U);
}

TEST(OpenApi, IsTheSameEachTime) {
  EXPECT_EQ(openapi_document("/", "1"), openapi_document("/", "1"));
  EXPECT_EQ(document().at("openapi"), "3.1.0");
  EXPECT_EQ(document().at("info").at("version"), "1.2.3");
  EXPECT_EQ(document().at("servers").at(0).at("url"), "http://127.0.0.1:8080");
}

TEST(OpenApi, HasEveryRoute) {
  const json::value all = document();
  for (const auto& [method, path] : documented_routes()) {
    std::string lower(method);
    for (char& c : lower) c = static_cast<char>(c - 'A' + 'a');
    EXPECT_TRUE(all.at("paths").at(path).as_object().contains(lower)) << method << " " << path;
  }
}

TEST(OpenApi, PathsAreThoseOfTheRouteTable) {
  EXPECT_EQ(to_route_pattern("/api/guilds/{id}/commands/{commandId}"), "/api/guilds/:id/commands/:commandId");
  EXPECT_EQ(to_route_pattern("/docs"), "/docs");
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
  for (const Operation& operation : operations()) EXPECT_TRUE(described.contains(std::string(operation.tag)));
}

TEST(OpenApi, SecurityIsOfEachOperation) {
  const json::value all = document();
  const json::value session = json::parse(R"([{"bearer": []}, {"cookie": []}])");
  EXPECT_EQ(all.at("paths").at("/api/users/me").at("get").at("security"), session);
  EXPECT_EQ(all.at("paths").at("/api/auth/token").at("post").at("security"), json::array{});
}

}  // namespace
}  // namespace guildhall::api
