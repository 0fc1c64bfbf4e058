# embed_file(<target> <file> <symbol>): links the bytes of <file> into <target>, as
#   extern "C" const char <symbol>_begin[]; extern "C" const char <symbol>_end[];
function(embed_file target file symbol)
  set(assembly ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.S)
  file(CONFIGURE OUTPUT ${assembly} CONTENT [[
    .section .rodata
    .balign 16
    .global @symbol@_begin
    .global @symbol@_end
@symbol@_begin:
    .incbin "@file@"
@symbol@_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
]] @ONLY)
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${assembly})
endfunction()

# embed_gzip(<target> <file> <symbol> [<stamp>]): the same, compressed with gzip, for files that are served over HTTP. A
# file that the build fetches changes with its stamp.
function(embed_gzip target file symbol)
  set(packed ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.gz)
  set(changes_with ${ARGN} ${file})
  list(GET changes_with 0 changes_with)
  add_custom_command(OUTPUT ${packed} COMMAND gzip -9nc ${file} > ${packed} DEPENDS ${changes_with} VERBATIM)
  target_sources(${target} PRIVATE ${packed})
  embed_file(${target} ${packed} ${symbol})
endfunction()

# npm_packages(<folder> <variable>): the build fetches the npm packages of <folder> beside the compilers, when its lock file
# has changed. What uses them depends on the stamp, which is returned in <variable>. The target of their own lets the build
# begin with them; otherwise they would wait for the libraries of the target that uses them.
function(npm_packages folder variable)
  set(stamp ${folder}/node_modules/.installed-lock.json)
  add_custom_command(OUTPUT ${stamp} COMMAND ${CMAKE_SOURCE_DIR}/build.sh --npm ${folder}
    DEPENDS ${folder}/package-lock.json VERBATIM)
  get_filename_component(name ${folder} NAME)
  add_custom_target(${name}-npm DEPENDS ${stamp})
  set(${variable} ${stamp} PARENT_SCOPE)
endfunction()
