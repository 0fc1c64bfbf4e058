#include "server/dashboard_files.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>
#include <map>

// cmake/embed.cmake puts what web/build.mjs has packed into the program.
extern "C" {
extern const char dashboard_pack_begin[], dashboard_pack_end[];
}

namespace guildhall::server {
namespace {

namespace json = boost::json;

std::map<std::string, Asset, std::less<>> read_pack(std::string_view pack) {
  const auto end_of_index = pack.find('\n');
  const auto index = json::parse(pack.substr(0, end_of_index)).as_array();
  pack.remove_prefix(end_of_index + 1);
  std::map<std::string, Asset, std::less<>> files;
  for (const auto& entry : index) {
    const auto size = json::value_to<std::size_t>(entry.at("size"));
    const auto file = files.emplace(json::value_to<std::string>(entry.at("name")), Asset{}).first;
    file->second = make_asset(file->first, pack.substr(0, size));
    pack.remove_prefix(size);
  }
  return files;
}

}  // namespace

const Asset* find_dashboard_file(std::string_view name) {
  static const auto files = read_pack({dashboard_pack_begin, dashboard_pack_end});
  const auto found = files.find(name);
  return found == files.end() ? nullptr : &found->second;
}

}  // namespace guildhall::server
