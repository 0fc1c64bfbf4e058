# Folders are the architecture: each folder of src/ is a static library of its name, and its *_test.cpp files are one
# test program `<folder>_test`.
include(GoogleTest)
enable_testing()

# The headers that nearly every file includes, compiled once for all.
add_library(pch OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
target_precompile_headers(pch PRIVATE
  <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>
  <boost/json.hpp> <chrono> <functional> <memory> <optional> <string> <string_view> <unordered_map> <vector>)

function(guildhall_common target)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC Boost::headers Threads::Threads)
  target_precompile_headers(${target} REUSE_FROM pch)
endfunction()

# guildhall_folder(<name> [DEPENDS <public libraries>...] [PRIVATE <private libraries>...])
function(guildhall_folder name)
  cmake_parse_arguments(arg "" "" "DEPENDS;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  add_library(${name} STATIC ${sources})
  guildhall_common(${name})
  target_link_libraries(${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE})
  if(tests)
    add_executable(${name}_test ${tests})
    guildhall_common(${name}_test)
    target_link_libraries(${name}_test PRIVATE ${name} ${arg_PRIVATE} GTest::gmock_main)
    gtest_discover_tests(${name}_test TEST_PREFIX "${name}/" DISCOVERY_TIMEOUT 60)
  endif()
endfunction()
