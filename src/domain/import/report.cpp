#include "domain/import/report.hpp"

#include <string_view>

namespace guildhall::domain {
namespace {

std::string count(std::uint64_t rows) { return std::to_string(rows) + (rows == 1 ? " row" : " rows"); }

void append(std::string& text, const std::map<std::string, Remark>& remarks, std::string_view title) {
  for (const auto& [what, remark] : remarks) {
    text.append("    ").append(title).append(" ").append(count(remark.rows)).append(": ").append(what);
    std::string_view separator = " (id ";
    for (const auto& example : remark.examples) {
      text.append(separator).append(example);
      separator = ", ";
    }
    if (remark.rows > remark.examples.size() && !remark.examples.empty()) text += ", ...";
    text += remark.examples.empty() ? "\n" : ")\n";
  }
}

}  // namespace

void TableReport::note(std::map<std::string, Remark>& remarks, const std::string& what, const std::string& row) {
  auto& remark = remarks[what];
  ++remark.rows;
  if (remark.examples.size() < max_examples && !row.empty()) remark.examples.push_back(row);
}

std::string ImportReport::to_text(Tense tense) const {
  const bool past = tense == Tense::past;
  std::string text;
  for (const auto& table : tables) {
    text.append("  ").append(table.old_name).append(": ").append(count(table.read)).append(" read, ");
    text.append(std::to_string(table.imported)).append(past ? " taken over, " : " to be taken over, ");
    text.append(std::to_string(table.read - table.imported)).append(past ? " left\n" : " to be left\n");
    append(text, table.left, "left");
    append(text, table.changed, "changed");
  }
  for (const auto& [from, to] : kept) {
    text.append("  Table ").append(from).append(past ? " is kept as " : " will be kept as ").append(to).append("\n");
  }
  for (const auto& column : emptied) {
    text.append("  Column ").append(column).append(past ? " was" : " will be").append(" emptied\n");
  }
  return text;
}

}  // namespace guildhall::domain
