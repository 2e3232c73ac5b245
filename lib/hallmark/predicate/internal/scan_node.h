#ifndef HALLMARK_PREDICATE_INTERNAL_SCAN_NODE_H_
#define HALLMARK_PREDICATE_INTERNAL_SCAN_NODE_H_

#include "hallmark/predicate/internal/node.h"
#include "hallmark/predicate/scan_report.h"

namespace hallmark::predicate {

// A report somewhere in a document, by whichever scanner; nullopt when it is by none that is known.
Result<std::optional<ScanReport>> ParseReport(const Node& node);

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_INTERNAL_SCAN_NODE_H_
