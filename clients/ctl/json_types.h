// What protobuf's JSON parser and printer ask about message types, answered
// from memory. The library's own resolver builds each type anew for every
// message, with all options of all fields: most of the time of an import.
#ifndef KUGGE_CLIENTS_CTL_JSON_TYPES_H_
#define KUGGE_CLIENTS_CTL_JSON_TYPES_H_

#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/util/type_resolver.h"

namespace kugge::ctl {

// Of the types that are linked in. Thread-safe; lives as long as the program.
google::protobuf::util::TypeResolver* JsonTypeResolver();

// How the resolver is asked for a type.
std::string JsonTypeUrl(const google::protobuf::Descriptor& type);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_JSON_TYPES_H_
