# kugge_library, kugge_binary, kugge_test: one target per folder, sources listed by hand.
include_guard(GLOBAL)
include(CTest)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(KUGGE_WERROR "Warnings are errors in the project's own code" OFF)
option(KUGGE_ENGINE_ONLY "base, matching and their tests alone: what is built for another processor" OFF)
option(KUGGE_SINGLE_OBJECTS "The engine's sources are never joined: for tests that exchange one of them" OFF)
set(KUGGE_SANITIZE "" CACHE STRING "Sanitizers for the project's own code, such as address,undefined or thread")

find_program(KUGGE_CCACHE ccache)
if(KUGGE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${KUGGE_CCACHE})
endif()
find_program(KUGGE_MOLD mold)
if(KUGGE_MOLD AND NOT CMAKE_CROSSCOMPILING)
  add_link_options(-fuse-ld=mold)
endif()

find_package(Threads REQUIRED)
find_package(absl REQUIRED)
find_package(GTest REQUIRED)
if(NOT KUGGE_ENGINE_ONLY)
  find_package(CURL REQUIRED)
  find_package(prometheus-cpp REQUIRED)
  find_package(Protobuf REQUIRED)
  find_package(gRPC REQUIRED)
  find_package(RocksDB REQUIRED)
endif()

set(KUGGE_WARNINGS -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wconversion -Wno-sign-conversion
    # libstdc++ 12 itself uses what it declares deprecated, which clang reports in whoever instantiates it.
    $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety$<SEMICOLON>-Wno-deprecated-declarations> $<$<BOOL:${KUGGE_WERROR}>:-Werror>)
# Abseil comes from g++: clang 19 names the constructor absl::Cord(std::string) otherwise and would not find it, so our
# code makes Cords from string_view.
set(KUGGE_SANITIZE_OPTIONS "")
if(KUGGE_SANITIZE)
  # Generated code stays uninstrumented (it takes minutes and finds nothing); the runtime is linked everywhere.
  set(KUGGE_SANITIZE_OPTIONS -fsanitize=${KUGGE_SANITIZE} -fno-omit-frame-pointer)
  if(KUGGE_SANITIZE MATCHES undefined)
    list(APPEND KUGGE_SANITIZE_OPTIONS -fno-sanitize-recover=undefined)
  endif()
  add_link_options(-fsanitize=${KUGGE_SANITIZE})
endif()

function(_kugge_own_code target)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE ${KUGGE_WARNINGS} ${KUGGE_SANITIZE_OPTIONS}
    # In joined sources g++ takes a private type of one source for a type of a header.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>)
endfunction()

# kugge_library(name HDRS a.h SRCS a.cc PUBLIC_DEPS x PRIVATE_DEPS y)
# Makes target kugge_<name> and alias kugge::<name>. Public headers are compiled alone by the target
# all_verify_interface_header_sets.
function(kugge_library name)
  cmake_parse_arguments(A "" "" "HDRS;SRCS;PUBLIC_DEPS;PRIVATE_DEPS" ${ARGN})
  set(target kugge_${name})
  if(A_SRCS)
    add_library(${target} STATIC ${A_SRCS})
    _kugge_own_code(${target})
    target_link_libraries(${target} PUBLIC ${A_PUBLIC_DEPS} PRIVATE ${A_PRIVATE_DEPS})
    target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${A_HDRS})
    set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${target} INTERFACE ${A_PUBLIC_DEPS})
    target_sources(${target} INTERFACE FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${A_HDRS})
    set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
  add_library(kugge::${name} ALIAS ${target})
endfunction()

# kugge_binary(name SRCS main.cc DEPS x): build/<preset>/bin/<name>
function(kugge_binary name)
  cmake_parse_arguments(A "" "" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${A_SRCS})
  _kugge_own_code(${name})
  target_link_libraries(${name} PRIVATE ${A_DEPS})
endfunction()

# kugge_test(name KIND unit SRCS a_test.cc b_test.cc DEPS x): one test program per folder, one CTest entry, labelled by kind
# (unit, contract, integration, freshness, oracle, property, model, golden, crash, architecture).
function(kugge_test name)
  cmake_parse_arguments(A "" "KIND;TIMEOUT" "SRCS;DEPS" ${ARGN})
  if(NOT BUILD_TESTING)
    return()
  endif()
  if(NOT A_KIND)
    set(A_KIND unit)
  endif()
  if(KUGGE_SANITIZE MATCHES thread AND A_KIND MATCHES "^(oracle|property|golden)$")
    return()  # the engine alone has no thread: nothing to build for it
  endif()
  if(NOT A_TIMEOUT)
    set(A_TIMEOUT 600)
  endif()
  add_executable(${name} ${A_SRCS})
  _kugge_own_code(${name})
  target_link_libraries(${name} PRIVATE ${A_DEPS} GTest::gmock GTest::gtest GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${name} --gtest_output=xml:${CMAKE_BINARY_DIR}/test-results/${name}.xml
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${A_KIND} TIMEOUT ${A_TIMEOUT})
endfunction()
