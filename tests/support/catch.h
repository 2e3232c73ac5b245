#ifndef HALLMARK_TESTS_SUPPORT_CATCH_H_
#define HALLMARK_TESTS_SUPPORT_CATCH_H_

// The one place that knows which Catch2 is installed: 2.13 (Debian 12) or 3 (Debian 13, Ubuntu).
#ifdef HALLMARK_CATCH2_V3
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#endif  // HALLMARK_TESTS_SUPPORT_CATCH_H_
