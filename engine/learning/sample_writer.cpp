#include "engine/learning/sample_writer.h"

namespace continuo::learning {

SampleWriter::SampleWriter(const runs::RunDirectory& run, const corpus::Dataset&, const configuration::TrainingSettings& settings, Say say)
    : run_(run), settings_(settings), say_(std::move(say)) {}
SampleWriter::~SampleWriter() = default;
void SampleWriter::ask(std::int64_t, const std::filesystem::path&) {}

} // namespace continuo::learning
