// The table of resource types: what kuggectl needs to know of each, once.
#ifndef KUGGE_CLIENTS_CTL_RESOURCE_TYPES_H_
#define KUGGE_CLIENTS_CTL_RESOURCE_TYPES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/ctl/names.h"
#include "clients/ctl/rpc_methods.h"

namespace kugge::ctl {

struct ResourceType {
  // The word on the command line, and the field of requests that holds the
  // resource; `<noun>_id` holds the id to create it under.
  std::string noun;
  Collections collections;
  // Field paths that a list shows after the name.
  std::vector<std::string> list_columns;
  UnaryMethod get;
  UnaryMethod list;
  UnaryMethod create;
  UnaryMethod update;
  UnaryMethod remove;
  // Open is null where rows go through create and update.
  ImportMethod import_stream;
};

// In the order in which they depend on each other: a parent before its
// children.
const std::vector<ResourceType>& ResourceTypes();

// Null: there is none.
const ResourceType* FindResourceType(absl::string_view noun);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_RESOURCE_TYPES_H_
