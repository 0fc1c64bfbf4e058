#include "app/setup/setup.hpp"

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>

#include "app/application.hpp"
#include "app/bot_module.hpp"
#include "app/setup/checks.hpp"
#include "app/setup/discord_probe.hpp"
#include "app/setup/judge_discord.hpp"
#include "app/setup/judge_machine.hpp"
#include "app/setup/questioner.hpp"
#include "base/random.hpp"
#include "config/env_file.hpp"
#include "config/env_file_writer.hpp"
#include "config/help.hpp"
#include "config/option.hpp"
#include "discord/model/fields.hpp"
#include "discord/oauth/client.hpp"
#include "net/async/future.hpp"
#include "server/origins.hpp"

namespace guildhall::app {
namespace {

/// The answer that is no variable: whether an existing file may be changed.
constexpr std::string_view overwrite = "OVERWRITE";

class Setup {
 public:
  Setup(Questioner& questioner, const config::Environment& known, std::string env_file, std::ostream& out)
      : questioner_(questioner), known_(known), env_file_(std::move(env_file)), out_(out) {}

  void run() {
    out_ << "This sets guildhall up: one question at a time, each answer is tried at once. An empty answer takes what\n"
            "is in brackets. The file is written at the end; Ctrl-C ends setup before.\n";
    ask_for_application();
    ask_for_bot();
    ask_for_address();
    ask_for_redirects();
    ask_for_database();
    ask_for_admins();
    make_key();
    write();
    out_ << "\nInvite the bot to your server:\n  "
         << discord::bot_invite_url(config().discord.authorize_url, client_id()) << "\n"
         << "\nThen start guildhall, run `" << check_command() << "`, and open\n  " << base_url() << "/\n";
  }

 private:
  // -- The questions, in their order.

  void ask_for_application() {
    step("The application at Discord", "Open " + portal_page("", "") +
                                           " and press New Application, or choose yours. Its Application ID is under\n"
                                           "General Information.");
    do {
      ask("DISCORD_CLIENT_ID", "Application ID");
      out_ << "\nOpen " << portal_page(value_of("DISCORD_CLIENT_ID"), "oauth2")
           << " and press Reset Secret; it is shown once.\n";
      ask("DISCORD_CLIENT_SECRET", "Client secret");
    } while (!passes(try_client()));
  }

  void ask_for_bot() {
    const auto page = portal_page(value_of("DISCORD_CLIENT_ID"), "bot");
    step("The bot", "Open " + page + " and press Reset Token. `none` runs the dashboard without a bot.");
    do {
      ask("DISCORD_BOT_TOKEN", "Bot token", Optional::yes);
      if (value_of("DISCORD_BOT_TOKEN").empty()) return;
    } while (!passes(try_token()));
    out_ << "\nCommands that react to messages need Message Content Intent, a switch at " << page
         << ".\n`on` is with it, `mentions` without it for messages that mention the bot, `off` for slash commands "
            "only.\n";
    do {
      ask("MESSAGE_COMMANDS", "MESSAGE_COMMANDS");
      static_cast<void>(try_token());
    } while (!passes(judge_intents(flags_, intents_of(config().bot), client_id())));
  }

  void ask_for_address() {
    step("The address",
         "guildhall listens on HOST and PORT. Behind a reverse proxy leave HOST as it is, and give the https address\n"
         "that browsers use as PUBLIC_URL; to try it on this machine, `none`.");
    do {
      ask("HOST", "HOST");
      ask("PORT", "PORT");
    } while (!passes(try_checks({{"port", check_port}})));
    do {
      ask("PUBLIC_URL", "PUBLIC_URL", Optional::yes);
    } while (!value_of("PUBLIC_URL").empty() && !passes(judge_public_url(*config().server.public_url)));
    if (!value_of("PUBLIC_URL").starts_with("https://")) return;
    ask("TRUSTED_PROXIES", "Address of the reverse proxy, as guildhall sees it", Optional::yes, "127.0.0.1");
  }

  void ask_for_redirects() {
    if (value_of("DISCORD_BOT_TOKEN").empty()) return;  // Only the bot's token can read them.
    const std::string callback = base_url() + std::string(server::callback_path);
    step("Logins",
         "Open " + portal_page(client_id(), "oauth2") + " and add under Redirects, then save:\n  " + callback);
    auto wanted = wanted_redirects(config());
    if (wanted.empty()) wanted.push_back(callback);
    while (!passes(judge_redirects(redirects_, wanted, client_id()))) {
      if (!questioner_.wait("Add it, save, and press Enter here: ")) {
        out_ << "Add it before people log in.\n";
        return;
      }
      static_cast<void>(try_token());
    }
  }

  void ask_for_database() {
    step("The database",
         "`sqlite` is a file and needs nothing else. `mariadb` is for several guildhalls, or an existing\n"
         "server; docs/operations.md has the statements that make database and user.");
    do {
      ask("DB_DIALECT", "DB_DIALECT");
      if (config().db.dialect == config::Dialect::sqlite) {
        ask("DB_STORAGE", "File");
        make_folder();
      } else {
        for (const auto* name : {"DB_HOST", "DB_PORT", "DB_NAME", "DB_USER"}) ask(name, name);
        ask("DB_PASS", "DB_PASS", Optional::yes);
      }
    } while (!passes(try_checks({{"files", check_files}, {"database", check_database}})));
  }

  void ask_for_admins() {
    step("Administrators",
         "Discord ids of people who may see and change everything, separated by commas. In Discord: "
         "Settings,\nAdvanced, Developer Mode; then right-click a name, Copy User ID. `none` for nobody.");
    ask("ADMIN_USER_IDS", "ADMIN_USER_IDS", Optional::yes);
  }

  void make_folder() {
    const std::filesystem::path file = value_of("DB_STORAGE");
    const auto folder = file.parent_path();
    std::error_code failure;
    if (file == ":memory:" || folder.empty() || std::filesystem::exists(folder, failure)) return;
    if (!std::filesystem::create_directories(folder, failure)) return;  // Trying the database says why.
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
    out_ << "Made the directory " << folder.string() << ".\n";
    if (::geteuid() != 0) return;
    out_ << "It belongs to root. If guildhall runs as another user, give it to that user:\n  chown USER: "
         << folder.string() << "\n";
  }

  void make_key() {
    if (value_of("JWT_SECRET").empty()) {
      constexpr std::size_t key_bytes = 32;
      values_["JWT_SECRET"] = base::random_hex(key_bytes);
      out_ << "\nMade a key for the session tokens (JWT_SECRET).\n";
    }
  }

  void write() {
    const auto text = config::read_file(env_file_, config::EnvFile::optional);
    if (text) {
      out_ << '\n';
      const auto answer = questioner_.ask({overwrite,
                                           env_file_ + " exists. Change it, keeping what is not asked here "
                                                       "(yes or no)",
                                           "no"});
      if (answer != "yes" && answer != "y") {
        throw NoAnswer(env_file_ +
                       " exists and was not changed. Answer OVERWRITE with yes, or give another --env-file.");
      }
    }
    config::write_env_file(env_file_, config::edit_env_file(text.value_or(config::env_example()), values_));
    out_ << "\nWrote " << env_file_ << ".\n";
  }

  [[nodiscard]] std::string check_command() const {
    constexpr std::string_view by_default = ".env";
    return env_file_ == by_default ? "guildhall check" : "guildhall check --env-file " + env_file_;
  }

  // -- What tries the answers.

  Findings try_client() {
    DiscordProbe probe(loop_.get_executor(), config().discord);
    const auto answer = wait_for(probe.client_credentials());
    if (!answer) return {discord_unreachable(answer.error(), config().discord)};
    return {judge_client(answer->status, answer->body, client_id())};
  }

  /// Also reads the application's flags and redirects.
  Findings try_token() {
    DiscordProbe probe(loop_.get_executor(), config().discord);
    const auto answer = wait_for(probe.get("/applications/@me"));
    if (!answer) return {discord_unreachable(answer.error(), config().discord)};
    if (const auto* application = answer->body.if_object(); application != nullptr && answer->status == 200) {
      flags_ = static_cast<std::uint64_t>(discord::integer_field(*application, "flags").value_or(0));
      redirects_ = redirects_of(*application);
    }
    return {judge_token(answer->status, answer->body, client_id())};
  }

  Findings try_checks(std::initializer_list<Check> wanted) {
    auto installation = std::make_shared<Installation>();
    installation->environment = environment();
    installation->config = config();
    return run_checks({wanted.begin(), wanted.size()}, std::move(installation));
  }

  // -- How it asks.

  enum class Optional : std::uint8_t { no, yes };

  void step(std::string_view title, const std::string& text) { out_ << "\n== " << title << "\n" << text << "\n"; }

  /// Asks until the variable's own check accepts the answer.
  void ask(std::string_view name, std::string_view prompt, Optional optional = Optional::no,
           std::string_view suggestion = {}) {
    const auto& option = *config::find_option(name);
    Question question{name, std::string(prompt)};
    question.fallback = value_of(name);
    if (question.fallback.empty()) question.fallback = suggestion.empty() ? option.fallback : suggestion;
    if (question.fallback.empty() && optional == Optional::yes) question.fallback = "none";
    if (option.visibility == config::Visibility::secret) question.echo = Echo::off;
    while (true) {
      auto answer = questioner_.ask(question);
      if (optional == Optional::yes && answer == "none") answer.clear();
      if (answer.empty() && optional == Optional::no) {
        out_ << name << " is needed.\n";
        continue;
      }
      config::Config scratch;
      if (answer.empty() || option.read(answer, scratch)) {
        values_[std::string(name)] = answer;
        return;
      }
      out_ << name << ": expected " << option.expected() << ".\n";
    }
  }

  /// Shows what was found. Warnings pass.
  bool passes(const Finding& finding) { return passes(Findings{finding}); }
  bool passes(const Findings& findings) {
    const auto all = environment();
    for (const auto& finding : findings) {
      std::string text = finding.text + "\n";
      if (!finding.remedy.empty()) text += "  -> " + finding.remedy + "\n";
      out_ << (finding.verdict == Verdict::ok        ? "ok: "
               : finding.verdict == Verdict::warning ? "Warning: "
                                                     : "No: ")
           << without_secrets(std::move(text), all);
    }
    return verdict_of(findings) != Verdict::failed;
  }

  // -- The answers.

  /// The answer, or what was known before.
  [[nodiscard]] std::string value_of(std::string_view name) const {
    if (const auto answer = values_.find(std::string(name)); answer != values_.end()) return answer->second;
    const auto* variable = known_.find(name);
    return variable == nullptr ? std::string() : variable->value;
  }
  [[nodiscard]] std::string client_id() const { return value_of("DISCORD_CLIENT_ID"); }

  [[nodiscard]] config::Environment environment() const {
    config::Environment all;
    config::for_each_option(
        [&](const config::Option& option) { all.offer(option.name, value_of(option.name), "setup"); });
    return all;
  }
  [[nodiscard]] config::Config config() const {
    std::vector<std::string> unanswered;
    return config::load_valid(environment(), unanswered);
  }
  [[nodiscard]] std::string base_url() const {
    const auto server = config().server;
    return server.url(server.port);
  }

  template <class T>
  T wait_for(net::Task<T> task) {
    auto outcome = net::start(loop_.get_executor(), std::move(task));
    loop_.restart();
    while (outcome.wait_for(std::chrono::seconds(0)) != std::future_status::ready) loop_.run_one();
    return outcome.get();
  }

  Questioner& questioner_;
  const config::Environment& known_;
  const std::string env_file_;
  std::ostream& out_;
  boost::asio::io_context loop_{1};
  std::map<std::string, std::string> values_;
  std::uint64_t flags_ = 0;
  std::vector<std::string> redirects_;
};

using Answers = std::map<std::string, std::string, std::less<>>;

void add_answer(Answers& answers, const std::string& name, std::string value, std::string_view origin) {
  if (name != overwrite && config::find_option(name) == nullptr) {
    throw StartError(std::string(origin) + ": " + name + " is not a variable of guildhall, nor " +
                     std::string(overwrite) + ".");
  }
  answers[name] = std::move(value);
}

Answers read_answers(const SetupOptions& options) {
  Answers answers;
  if (!options.answers.empty()) {
    std::ostringstream text;
    if (options.answers == "-") {
      text << std::cin.rdbuf();
    } else {
      text << *config::read_file(options.answers, config::EnvFile::required);
    }
    for (auto& entry : config::parse_env_file(text.str(), options.answers)) {
      add_answer(answers, entry.name, std::move(entry.value), options.answers);
    }
  }
  for (const auto& pair : options.set) {
    const auto equals = pair.find('=');
    const auto name = pair.substr(0, equals);
    if (equals == std::string::npos) throw StartError("--set: expected NAME=value.");
    const auto* option = config::find_option(name);
    if (option != nullptr && option->visibility == config::Visibility::secret) {
      throw StartError("--set " + name + ": others see a program's arguments. Put it into the file of --answers.");
    }
    add_answer(answers, name, pair.substr(equals + 1), "--set");
  }
  return answers;
}

}  // namespace

void run_setup(const SetupOptions& options, const config::Environment& known, std::ostream& out) {
  if (!options.answers.empty() || !options.set.empty()) {
    PreparedAnswers answers(read_answers(options));
    Setup(answers, known, options.env_file, out).run();
    for (const auto& name : answers.unasked()) {
      if (name == overwrite) continue;
      out << name << " was not written, because setup does not ask for it. Add it to " << options.env_file
          << " yourself.\n";
    }
    return;
  }
  if (::isatty(STDIN_FILENO) == 0) {
    throw StartError(
        "setup asks on a terminal, and standard input is not one. Give --answers FILE, or - for standard "
        "input.");
  }
  TerminalQuestioner terminal(out);
  Setup(terminal, known, options.env_file, out).run();
}

}  // namespace guildhall::app
