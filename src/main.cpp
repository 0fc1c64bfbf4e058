#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "app/application.hpp"
#include "app/version.hpp"
#include "base/crash_trace.hpp"
#include "config/config.hpp"
#include "config/demo.hpp"
#include "config/help.hpp"

namespace {

using namespace guildhall;

struct CommandLine {
  std::string env_file = ".env";
  bool env_file_given = false;
  bool demo = false;
  bool env_example = false;
};

int run(const CommandLine& line) {
  if (line.env_example) {
    std::cout << config::env_example();
    return EXIT_SUCCESS;
  }
  const auto need = line.env_file_given ? config::EnvFile::required : config::EnvFile::optional;
  auto environment = config::read_environment(line.env_file, need);
  for (const auto& warning : config::misspelt(environment)) std::cerr << "guildhall: " << warning << '\n';
  if (line.demo) config::apply_demo(environment);
  app::Application application(config::load(environment), config::describe(environment));
  application.run();
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  base::install_crash_trace("guildhall");
  // A log reader that goes away must not take the program with it.
  std::signal(SIGPIPE, SIG_IGN);
  CommandLine line;
  CLI::App parser("guildhall: a self-hosted Discord bot with its dashboard backend", "guildhall");
  auto* env_file = parser.add_option("--env-file", line.env_file, "Read variables from this file (default .env)");
  parser.add_flag("--demo", line.demo, "Run against discord-sim on 127.0.0.1:8090 instead of Discord");
  parser.add_flag("--env-example", line.env_example, "Print an example of the .env file and exit");
  parser.set_version_flag("--version", std::string(app::version));
  parser.footer(config::environment_help());
  CLI11_PARSE(parser, argc, argv);
  line.env_file_given = env_file->count() > 0;
  try {
    return run(line);
  } catch (const std::exception& error) {
    std::cerr << "guildhall: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
