# Folders are the architecture: each folder of src/ is a static library of its name, and its *_test.cpp files are one
# test program `<folder>_test`.
option(GUILDHALL_TESTS "Build the unit tests" ON)
if(GUILDHALL_TESTS)
  find_package(GTest REQUIRED)
  enable_testing()
endif()

# Two tests for CTest, each half of a program's tests: one process per test would take minutes under the sanitizers.
function(guildhall_add_tests name program)
  foreach(shard 0 1)
    add_test(NAME ${name}/${shard} COMMAND ${program})
    set_tests_properties(${name}/${shard} PROPERTIES ENVIRONMENT "GTEST_TOTAL_SHARDS=2;GTEST_SHARD_INDEX=${shard}")
  endforeach()
endfunction()

# Lets CTest run the tests of a program that `filter` names while no other test runs, because they compare times.
function(guildhall_run_alone name filter)
  add_test(NAME ${name}/alone COMMAND ${name}_test --gtest_filter=${filter})
  set_tests_properties(${name}/alone PROPERTIES RUN_SERIAL TRUE)
  set_property(TEST ${name}/0 ${name}/1 APPEND PROPERTY ENVIRONMENT "GTEST_FILTER=-${filter}")
endfunction()

# The folders of src/, bottom up.
file(STRINGS ${CMAKE_SOURCE_DIR}/src/folders.txt GUILDHALL_FOLDERS REGEX "^[a-z]")
set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/folders.txt)

# A folder links only folders listed before it.
function(guildhall_check_order name)
  list(FIND GUILDHALL_FOLDERS ${name} place)
  foreach(other IN LISTS ARGN)
    list(FIND GUILDHALL_FOLDERS ${other} other_place)
    if(place GREATER -1 AND other_place GREATER place)
      message(FATAL_ERROR "src/${name} must not link ${other}, which comes after it in src/folders.txt")
    endif()
  endforeach()
endfunction()

# The headers that nearly every file includes, compiled once for all targets, and once more for tests with GoogleTest.
function(guildhall_precompile target)
  add_library(${target} OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
  set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
  target_precompile_headers(${target} PRIVATE
    <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>
    <boost/json.hpp> <chrono> <functional> <memory> <optional> <string> <string_view> <unordered_map> <vector> ${ARGN})
  # The macros of these headers must be the same in every target that uses the precompiled header.
  target_link_libraries(${target} PRIVATE Boost::json)
endfunction()
guildhall_precompile(pch)
if(GUILDHALL_TESTS)
  guildhall_precompile(test_pch <gmock/gmock.h> <gtest/gtest.h>)
  target_link_libraries(test_pch PRIVATE GTest::gmock)
endif()

# Asio's implementation. Every folder links it, because the precompiled header declares Asio everywhere.
add_library(asio STATIC ${CMAKE_SOURCE_DIR}/cmake/asio.cpp)
target_link_libraries(asio PUBLIC Boost::headers Threads::Threads OpenSSL::SSL OpenSSL::Crypto)

# Folders that read bytes of strangers. The undefined-behaviour sanitizer takes a third of the compile time, so the
# others are built without it.
set(GUILDHALL_PARSERS net discord socketio schema api vm jwt)

function(guildhall_common target)
  set(precompiled ${ARGN} pch)
  list(GET precompiled 0 precompiled)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC asio Boost::json)
  target_precompile_headers(${target} REUSE_FROM ${precompiled})
  string(REGEX REPLACE "_test$" "" folder ${target})
  if(GUILDHALL_SANITIZE MATCHES undefined AND NOT folder IN_LIST GUILDHALL_PARSERS)
    target_compile_options(${target} PRIVATE -fno-sanitize=undefined)
  endif()
  if(GUILDHALL_SANITIZE MATCHES address AND target MATCHES "_test$" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Checks memory by calls instead of inline code, which takes a sixth less time to compile. The tests are quick enough.
    target_compile_options(${target} PRIVATE --param=asan-instrumentation-with-call-threshold=0)
  endif()
endfunction()

# guildhall_folder(<name> [DEPENDS <public libraries>...] [PRIVATE <private libraries>...] [WITHOUT <folder inside>])
function(guildhall_folder name)
  cmake_parse_arguments(arg "" "WITHOUT" "DEPENDS;PRIVATE" ${ARGN})
  guildhall_check_order(${name} ${arg_DEPENDS} ${arg_PRIVATE})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  if(arg_WITHOUT)
    list(FILTER sources EXCLUDE REGEX "^${CMAKE_CURRENT_SOURCE_DIR}/${arg_WITHOUT}/")
  endif()
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  add_library(${name} STATIC ${sources})
  guildhall_common(${name})
  target_link_libraries(${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE})
  if(tests AND GUILDHALL_TESTS)
    add_executable(${name}_test ${tests})
    guildhall_common(${name}_test test_pch)
    set_target_properties(${name}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(${name}_test PRIVATE ${name} ${arg_PRIVATE} GTest::gmock_main)
    guildhall_add_tests(${name} ${name}_test)
  endif()
endfunction()
