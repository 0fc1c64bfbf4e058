// Checks the routes with Discord's own OpenAPI document, if DISCORD_OPENAPI names its file.
#include "discord/rest/routes.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace guildhall::discord {
namespace {

/// A path without the names of its parameters, which may differ.
std::string without_names(std::string_view path) {
  std::string bare;
  for (bool name = false; const char c : path) {
    if (c == '}') name = false;
    if (!name) bare += c;
    if (c == '{') name = true;
  }
  return bare;
}

TEST(Routes, AreThoseOfDiscord) {
  const char* file = std::getenv("DISCORD_OPENAPI");
  if (file == nullptr) GTEST_SKIP() << "DISCORD_OPENAPI is not set";
  std::ifstream stream(file);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  boost::json::parse_options options;
  options.max_depth = 200;
  const auto document = boost::json::parse(text, {}, options);
  for (std::size_t i = 0; i < route_count; ++i) {
    const auto [method, path] = template_of(static_cast<Route>(i));
    std::string name(to_string(method));
    for (char& c : name) c = static_cast<char>(c - 'A' + 'a');
    bool found = false;
    for (const auto& [known, operations] : document.at("paths").as_object()) {
      found = found || (without_names(known) == without_names(path) && operations.as_object().contains(name));
    }
    EXPECT_TRUE(found) << name << ' ' << path;
  }
}

}  // namespace
}  // namespace guildhall::discord
