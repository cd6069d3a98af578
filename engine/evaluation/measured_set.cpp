#include "engine/evaluation/measured_set.h"

#include "engine/tokens/decoder.h"
#include "engine/tokens/encoder.h"

namespace continuo::evaluation {

void measureRows(MeasuredSet& set, const tokens::Rows& rows, const tokens::TokenizerSettings& tokenizer,
                 std::int64_t beats) {
    const auto decoded = tokens::decode(rows, tokenizer);
    if (!decoded) return void(++set.refused);
    const auto metrics = analysis::measure(analysis::firstBeats(analysis::onGrid(*decoded), beats));
    if (metrics.notes == 0) return void(++set.empty);
    set.pieces.push_back(metrics);
}

MeasuredSet measurePart(const corpus::Dataset& dataset, corpus::Part part, const tokens::TokenizerSettings& tokenizer,
                        std::int64_t beats, const PieceProgress& progress, std::stop_token stop) {
    MeasuredSet set;
    const auto indices = dataset.indices(part);
    for (std::size_t i = 0; i < indices.size() && !stop.stop_requested(); ++i) {
        const auto encoded = tokenizer.isCorrected() ? tokens::encode(dataset.score(indices[i]), tokenizer)
                                                     : tokens::encodeImported(dataset.imported(indices[i]), tokenizer);
        if (encoded)
            measureRows(set, encoded->rows, tokenizer, beats);
        else
            ++set.refused;
        if (progress) progress(i + 1, indices.size());
    }
    return set;
}

} // namespace continuo::evaluation
