#include "sim/rest/component_form.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

object row(array parts) { return {{"type", 1}, {"components", std::move(parts)}}; }
object button(std::string_view custom_id) {
  return {{"type", 2}, {"style", 1}, {"label", "x"}, {"custom_id", custom_id}};
}
object menu(std::string_view custom_id) {
  return {{"type", 3}, {"custom_id", custom_id}, {"options", array{object{{"label", "L"}, {"value", "v"}}}}};
}

/// What is wrong, as JSON; empty if nothing is.
std::string problems_of(array components) {
  const object body{{"components", std::move(components)}};
  FormProblems problems;
  FormReader form(body, problems);
  (void)read_components(form);
  return problems.empty() ? "" : boost::json::serialize(problems.error().errors);
}

bool refuses_components(array components, std::string_view code) {
  return problems_of(std::move(components)).find("\"" + std::string(code) + "\"") != std::string::npos;
}

TEST(ReadComponents, NumbersThemAndFillsIn) {
  const object body{{"components", array{row({button("a")}), row({menu("b")})}}};
  FormProblems problems;
  FormReader form(body, problems);
  const auto components = read_components(form).value();
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(components.at(0).at("id"), 1);
  EXPECT_EQ(components.at(0).at("components").at(0).at("id"), 2);
  EXPECT_EQ(components.at(1).at("components").at(0).at("max_values"), 1);
}

TEST(ReadComponents, HoldsTheRulesOfRows) {
  EXPECT_EQ(problems_of({row({button("a"), button("b"), button("c"), button("d"), button("e")})}), "");
  EXPECT_TRUE(refuses_components({row({})}, "BASE_TYPE_BAD_LENGTH"));
  EXPECT_TRUE(refuses_components({row(array(6, button("a")))}, "BASE_TYPE_BAD_LENGTH"));
  EXPECT_TRUE(refuses_components(array(6, row({})), "BASE_TYPE_MAX_LENGTH"));
  EXPECT_TRUE(refuses_components({button("a")}, "UNION_TYPE_CHOICES")) << "a button outside of a row";
  EXPECT_TRUE(refuses_components({row({menu("a"), button("b")})}, "COMPONENT_LAYOUT_WIDTH_EXCEEDED"));
  EXPECT_TRUE(refuses_components({row({button("a")}), row({button("a")})}, "COMPONENT_CUSTOM_ID_DUPLICATED"));
}

TEST(ReadComponents, HoldsTheRulesOfButtons) {
  EXPECT_TRUE(refuses_components({row({object{{"type", 2}, {"style", 1}, {"label", "x"}}})}, "BASE_TYPE_REQUIRED"));
  EXPECT_TRUE(refuses_components({row({object{{"type", 2}, {"style", 5}, {"label", "x"}}})}, "BASE_TYPE_REQUIRED"));
  EXPECT_TRUE(refuses_components({row({object{{"type", 2}, {"style", 1}, {"custom_id", "a"}}})},
                                 "BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI"));
  auto both = button("a");
  both["url"] = "https://example.com";
  EXPECT_TRUE(refuses_components({row({both})}, "BUTTON_COMPONENT_INVALID_FIELDS"));
  EXPECT_EQ(problems_of({row({object{{"type", 2}, {"style", 5}, {"label", "x"}, {"url", "https://x.org"}}})}), "");
}

TEST(ReadComponents, HoldsTheRulesOfMenus) {
  auto twice = menu("a");
  twice["options"].as_array().push_back(twice["options"].as_array().front());
  EXPECT_TRUE(refuses_components({row({twice})}, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"));
  auto greedy = menu("a");
  greedy["max_values"] = 2;
  EXPECT_TRUE(refuses_components({row({greedy})}, "SELECT_COMPONENT_MAX_VALUES_TOO_LARGE"));
  auto empty = menu("a");
  empty["options"] = array();
  EXPECT_TRUE(refuses_components({row({empty})}, "BASE_TYPE_BAD_LENGTH"));
  EXPECT_EQ(problems_of({row({object{{"type", 5}, {"custom_id", "a"}}})}), "") << "people to choose from";
}

}  // namespace
}  // namespace guildhall::sim
