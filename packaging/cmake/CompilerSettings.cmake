# C++20, position independent, hidden symbols, warnings on: for every target of ours.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
# moc 6.4 cannot parse libstdc++ in C++20 mode; without the compiler's predefined macros it does not look inside.
set(CMAKE_AUTOMOC_COMPILER_PREDEFINES OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CONTINUO_CCACHE ccache)
if(CONTINUO_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros ${CONTINUO_CCACHE})
endif()

add_library(continuo_flags INTERFACE)
target_compile_options(continuo_flags INTERFACE -Wall -Wextra -Wno-missing-field-initializers -fno-math-errno -fstack-protector-strong
                       $<$<BOOL:${CONTINUO_WARNINGS_AS_ERRORS}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(continuo_flags INTERFACE -Wno-restrict) # g++ 12 sees it in every "text" + string (its bug 105651)
endif()
target_include_directories(continuo_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(continuo_flags INTERFACE QT_NO_KEYWORDS
                           $<$<CONFIG:Release>:_FORTIFY_SOURCE=2> $<$<NOT:$<CONFIG:Release>>:_GLIBCXX_ASSERTIONS>)
if(CONTINUO_SANITIZE)
  target_compile_options(continuo_flags INTERFACE -fsanitize=${CONTINUO_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(continuo_flags INTERFACE -fsanitize=${CONTINUO_SANITIZE})
endif()
add_link_options(-Wl,-z,relro,-z,now)
