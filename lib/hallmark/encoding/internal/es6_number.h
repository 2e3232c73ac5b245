#ifndef HALLMARK_ENCODING_INTERNAL_ES6_NUMBER_H_
#define HALLMARK_ENCODING_INTERNAL_ES6_NUMBER_H_

#include <string>

namespace hallmark::json::internal {

// Private to the module: a finite number as ECMAScript writes it, which RFC 8785 section 3.2.2.3
// demands: the shortest digits that read back as the same double, "1e+21" from 10^21 on, "1e-7"
// below 10^-6, and "0" for minus zero.
std::string ToEs6(double number);

}  // namespace hallmark::json::internal

#endif  // HALLMARK_ENCODING_INTERNAL_ES6_NUMBER_H_
