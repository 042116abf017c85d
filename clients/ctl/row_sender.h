// Sends the rows of an import: over one stream where the API has one, else each
// by itself.
#ifndef KUGGE_CLIENTS_CTL_ROW_SENDER_H_
#define KUGGE_CLIENTS_CTL_ROW_SENDER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "clients/ctl/import_report.h"
#include "clients/ctl/resource_types.h"
#include "google/protobuf/message.h"

namespace kugge::ctl {

struct ImportOptions {
  // Of rows that carry no name; empty where it is not told.
  std::string parent;
  bool dry_run = false;
};

// Not thread-safe. Verdicts go to the report, perhaps on another thread.
class RowSender {
 public:
  virtual ~RowSender() = default;

  // Waits while too many rows are unanswered. Leaves anything in `resource`. An
  // error ends the import: no more rows can be sent, Finish says why.
  virtual absl::Status Send(int64_t row,
                            google::protobuf::Message* resource) = 0;
  // Waits for the verdicts of all rows sent. Call once.
  virtual absl::Status Finish() = 0;
};

// `type`, `context` and `report` must outlive the sender.
std::unique_ptr<RowSender> MakeRowSender(const CommandContext& context,
                                         const ResourceType& type,
                                         ImportOptions options,
                                         ImportReport* report);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_ROW_SENDER_H_
