#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::app {

enum class Echo : std::uint8_t { on, off };

struct Question {
  std::string_view variable;  ///< The name of the answer in a file of answers.
  std::string prompt;
  std::string fallback{};  ///< What an empty answer means.
  Echo echo = Echo::on;    ///< Off: neither the answer nor the fallback is shown.
};

/// There are no more answers, or one that was prepared is wrong.
class NoAnswer : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Asks the operator.
class Questioner {
 public:
  virtual ~Questioner() = default;
  /// The answer without white space around it; the fallback for an empty one. Blocks. Throws NoAnswer.
  [[nodiscard]] virtual std::string ask(const Question& question) = 0;
  /// Waits until something has been done elsewhere, such as in Discord's portal. `false` where nobody can.
  [[nodiscard]] virtual bool wait(std::string_view prompt) = 0;
};

/// Asks on the terminal that standard input is. Echo comes back also when the program is interrupted.
class TerminalQuestioner final : public Questioner {
 public:
  explicit TerminalQuestioner(std::ostream& out) : out_(out) {}
  [[nodiscard]] std::string ask(const Question& question) override;
  [[nodiscard]] bool wait(std::string_view prompt) override;

 private:
  std::ostream& out_;
};

/// Has answers by variable. Each is given once: to be asked again means that it is wrong.
class PreparedAnswers final : public Questioner {
 public:
  explicit PreparedAnswers(std::map<std::string, std::string, std::less<>> answers) : answers_(std::move(answers)) {}
  [[nodiscard]] std::string ask(const Question& question) override;
  [[nodiscard]] bool wait(std::string_view) override { return false; }

  /// The names of those answers that nobody has asked for.
  [[nodiscard]] std::vector<std::string> unasked() const;

 private:
  std::map<std::string, std::string, std::less<>> answers_;
  std::map<std::string, int, std::less<>> asked_;
};

}  // namespace guildhall::app
