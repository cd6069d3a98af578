#pragma once

#include "engine/configuration/composition.h"
#include "engine/configuration/override_grammar.h"

namespace continuo::configuration {

/// The overrides of a command line, sorted by what they speak of.
struct CommandWords {
    std::string parity; // empty: not given
    Choices choices;
    std::vector<std::pair<std::string, std::string>> added; // +group=option, of groups outside the defaults list
    std::vector<Override> values;
    std::vector<std::string> notes; // sentences about what was taken in another way than written
};

/// Reads words for `store`, whose parity is set by them. run_dir= and an existing folder behind dataset= are taken as
/// they stand, whatever signs their names hold. A group given twice is an error, and so are the several values of a
/// sweep.
base::Result<CommandWords> readWords(std::span<const std::string> words, OptionStore& store);

/// One word as readWords() takes it: a path quoted where the grammar needs it, older names renewed.
base::Result<Override> readWord(const std::string& word, const OptionStore& store);

} // namespace continuo::configuration
