#include "engine/tokens/row_writer.h"

namespace continuo::tokens {

bool RowWriter::add(std::vector<GridNote>& notes) {
    arrange(notes);
    for (const auto& note : notes)
        if (!append(note)) return false;
    return true;
}

} // namespace continuo::tokens
