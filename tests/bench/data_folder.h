// A data folder of the server: filled beside any server, then served.
#ifndef KUGGE_TESTS_BENCH_DATA_FOLDER_H_
#define KUGGE_TESTS_BENCH_DATA_FOLDER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "services/server/server.h"
#include "storage/key_value_store.h"
#include "storage/repository.h"
#include "storage/transaction.h"

namespace kugge::bench {

// A server on the folder, ready; `seconds` is what that took.
std::unique_ptr<server::Server> StartServer(const std::string& data_dir,
                                            double* seconds);

// Imports concepts, as JSON lines, through a server of its own. The folder is
// made.
void ImportConcepts(const std::string& data_dir, const std::string& concepts);

// The folder's store, while no server has it. Filling it is not what is
// measured: it gets all the cache that it can use.
struct OpenStore {
  explicit OpenStore(const std::string& data_dir);

  std::unique_ptr<storage::KeyValueStore> store;
  std::unique_ptr<storage::Repository> repository;
};

// Writes the rows [begin, end), a thousand a commit, in their order. `add` puts
// one row, with whatever stands below it, into a transaction; it is called by
// several threads at once.
void WriteRows(const OpenStore& open, uint32_t begin, uint32_t end,
               const std::function<void(uint32_t, storage::Transaction*)>& add);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_DATA_FOLDER_H_
