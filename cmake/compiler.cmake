# Compiler and linker options for the whole project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

# ccache and mold make building quicker where they are installed; nothing depends on them.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_SOURCE_DIR}/cmake/ccache.sh)
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()
find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()

set(GUILDHALL_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize takes them; empty for none")

add_compile_options(
  "$<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wsign-conversion;-Wnon-virtual-dtor;-Wold-style-cast;-Woverloaded-virtual>")
# GCC 12 does not see that Asio's coroutine frames have a matching operator new and operator delete.
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-Wno-mismatched-new-delete>")
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # For the fuzz targets. clang 14 has coroutines, but does not define the macro that GCC's standard library tests. Warnings
  # are left to GCC.
  add_compile_options(-D__cpp_impl_coroutine=201902L -w)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
# With -O1 sanitized code takes twice as long to compile, and the tests are quick enough without it.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

if(CMAKE_UNITY_BUILD)
  # GCC collects garbage each time its heap has grown by 128 MB, which takes a quarter of the time for large batches. Two
  # warnings are for headers, or compare a file with others of its batch; the preset dev checks each file alone.
  add_compile_options(
    "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:--param=ggc-min-heapsize=524288;-Wno-shadow;-Wno-subobject-linkage>")
endif()

if(GUILDHALL_SANITIZE)
  add_compile_options(-fsanitize=${GUILDHALL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # The address sanitizer catches null pointers anyway, and no code here casts to a stricter alignment. Checking both at each
  # access takes a quarter of the compile time.
  if(GUILDHALL_SANITIZE MATCHES undefined)
    add_compile_options(-fno-sanitize=null,alignment)
  endif()
  add_link_options(-fsanitize=${GUILDHALL_SANITIZE})
  if(GUILDHALL_SANITIZE MATCHES address AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # If guildhall may lie at any address, each start relocates 350,000 pointers, mostly to names of global variables.
    add_link_options(-no-pie)
  endif()
  # The sanitizers' instrumentation causes false warnings about uninitialised values.
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized>")
  if(GUILDHALL_SANITIZE MATCHES thread)
    # The thread sanitizer does not model the fences in Boost.Asio.
    add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-Wno-tsan>")
  endif()
else()
  add_compile_options(-fstack-protector-strong -D_GLIBCXX_ASSERTIONS)
  add_compile_definitions($<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
  add_link_options(-Wl,-z,relro,-z,now)
endif()
