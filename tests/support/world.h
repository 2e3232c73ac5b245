#ifndef HALLMARK_TESTS_SUPPORT_WORLD_H_
#define HALLMARK_TESTS_SUPPORT_WORLD_H_

// A fake world for unit tests (library hallmark_test_world): no network, no clock.
#include "tests/support/world/doubles.h"       // IWYU pragma: export
#include "tests/support/world/images.h"        // IWYU pragma: export
#include "tests/support/world/keys.h"          // IWYU pragma: export
#include "tests/support/world/memory_store.h"  // IWYU pragma: export
#include "tests/support/world/must.h"          // IWYU pragma: export
#include "tests/support/world/temp_folder.h"   // IWYU pragma: export

#endif  // HALLMARK_TESTS_SUPPORT_WORLD_H_
