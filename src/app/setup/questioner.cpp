#include "app/setup/questioner.hpp"

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

#include "base/text.hpp"

namespace guildhall::app {
namespace {

termios saved_terminal{};

void restore_and_exit(int signal) {
  ::tcsetattr(STDIN_FILENO, TCSANOW, &saved_terminal);
  ::_exit(128 + signal);
}

/// Switches the terminal's echo off while it lives.
class EchoOff {
 public:
  EchoOff() {
    if (::tcgetattr(STDIN_FILENO, &saved_terminal) != 0) throw NoAnswer("The terminal's echo cannot be switched off.");
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, restore_and_exit);
    termios without_echo = saved_terminal;
    without_echo.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (::tcsetattr(STDIN_FILENO, TCSAFLUSH, &without_echo) != 0) {
      throw NoAnswer("The terminal's echo cannot be switched off.");
    }
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;
  ~EchoOff() {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &saved_terminal);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL);
  }
};

std::string read_line() {
  std::string line;
  if (!std::getline(std::cin, line)) throw NoAnswer("Setup was ended; nothing was written.");
  return std::string(base::trim(line));
}

}  // namespace

std::string TerminalQuestioner::ask(const Question& question) {
  out_ << question.prompt;
  std::string answer;
  if (question.echo == Echo::on) {
    if (!question.fallback.empty()) out_ << " [" << question.fallback << "]";
    out_ << ": " << std::flush;
    answer = read_line();
  } else {
    if (!question.fallback.empty()) out_ << (question.fallback == "none" ? " [none]" : " [as it is]");
    out_ << " (not shown): ";
    const EchoOff echo_off;
    out_ << std::flush;
    answer = read_line();
    out_ << '\n';
  }
  return answer.empty() ? question.fallback : answer;
}

bool TerminalQuestioner::wait(std::string_view prompt) {
  out_ << prompt << std::flush;
  static_cast<void>(read_line());
  return true;
}

std::string PreparedAnswers::ask(const Question& question) {
  if (++asked_[std::string(question.variable)] > 1) {
    throw NoAnswer("An answer is wrong, see above: " + std::string(question.variable) +
                   " would be asked again. Nothing was written.");
  }
  const auto answer = answers_.find(question.variable);
  return answer == answers_.end() || answer->second.empty() ? question.fallback : answer->second;
}

std::vector<std::string> PreparedAnswers::unasked() const {
  std::vector<std::string> names;
  for (const auto& [name, answer] : answers_) {
    if (!asked_.contains(name)) names.push_back(name);
  }
  return names;
}

}  // namespace guildhall::app
