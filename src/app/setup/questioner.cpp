#include "app/setup/questioner.hpp"

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

#include "base/text.hpp"

namespace guildhall::app {
namespace {

termios before_silence{};

void restore_and_exit(int signal) {
  ::tcsetattr(STDIN_FILENO, TCSANOW, &before_silence);
  ::_exit(128 + signal);
}

/// Switches the terminal's echo off while it lives.
class Silence {
 public:
  Silence() {
    if (::tcgetattr(STDIN_FILENO, &before_silence) != 0) throw NoAnswer("The terminal's echo cannot be switched off.");
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, restore_and_exit);
    termios silent = before_silence;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) != 0) {
      throw NoAnswer("The terminal's echo cannot be switched off.");
    }
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before_silence);
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
    const Silence silence;
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

}  // namespace guildhall::app
