#include "storage/rocksdb/options.h"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <vector>

namespace kugge::storage {
namespace {

// `wanted` if this build of RocksDB has it.
rocksdb::CompressionType Supported(rocksdb::CompressionType wanted) {
  const std::vector<rocksdb::CompressionType> linked =
      rocksdb::GetSupportedCompressions();
  const bool found =
      std::find(linked.begin(), linked.end(), wanted) != linked.end();
  return found ? wanted : rocksdb::kNoCompression;
}

// What a commit's answer promises must survive, and damage must show.
void SetSafety(rocksdb::Options* options) {
  // Measured with kill -9 and flipped bits: kAbsoluteConsistency refuses to
  // open after a plain kill, the default drops acknowledged writes in silence
  // after one flipped bit (ADR 0008; docs/formats/records.md).
  options->wal_recovery_mode =
      rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  // Stale bytes of a recycled log look like a corrupt middle. What recycling
  // would save, sized_logs.h does.
  options->recycle_log_file_num = 0;
  options->paranoid_checks = true;
  options->force_consistency_checks = true;
}

void SetTable(const RocksDbStoreOptions& given, rocksdb::Options* options) {
  rocksdb::BlockBasedTableOptions table;
  // The other half holds records (record_cache.h).
  table.block_cache = rocksdb::NewLRUCache(given.block_cache_bytes / 2);
  // Counted in the cache, so that the bound is a bound.
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  // In parts of a block's size: a whole table's index, a megabyte and more,
  // doesn't fit one shard of the cache and would be read anew for every look.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.pin_top_level_index_and_filter = true;
  // Most preconditions ask for keys that are absent: 10 bits a key answer 99
  // in 100 of them without reading a block.
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10.0));
  table.format_version = 5;
  options->table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
}

}  // namespace

rocksdb::Options MakeRocksDbOptions(const RocksDbStoreOptions& given) {
  rocksdb::Options options;
  SetSafety(&options);
  SetTable(given, &options);
  // Each commit adds to the change log and writes the revision anew: both stand
  // next to what the commit before it wrote, and needn't be searched for.
  options.memtable_insert_with_hint_prefix_extractor.reset(
      rocksdb::NewFixedPrefixTransform(1));
  options.write_buffer_size = given.write_buffer_bytes;
  // One being written to, one being flushed, one in reserve.
  options.max_write_buffer_number = 3;
  // Bounds what a restart has to replay.
  options.max_total_wal_size = 4 * uint64_t{given.write_buffer_bytes};
  options.level_compaction_dynamic_level_bytes = true;
  options.compression = Supported(rocksdb::kLZ4Compression);
  options.bottommost_compression = Supported(rocksdb::kZSTD);
  options.max_open_files = 1000;
  // RocksDB's own text log: warnings only, and never much of it.
  options.info_log_level = rocksdb::WARN_LEVEL;
  options.keep_log_file_num = 4;
  options.max_log_file_size = size_t{4} << 20;
  options.stats_dump_period_sec = 0;
  return options;
}

}  // namespace kugge::storage
