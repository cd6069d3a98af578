#pragma once

#include "engine/score/operations/grid.h"
#include "engine/score/operations/operation.h"
#include "engine/score/operations/scale.h"

#include <functional>
#include <span>
#include <vector>

namespace continuo::ui {

/// One setting of an operation, as its panel shows it. Every value is a number: of a choice the index, of a switch 0 or
/// 1.
struct OperationField {
    enum class Kind { Number, Choice, Switch };

    Kind kind = Kind::Number;
    const char* label = "";
    double initial = 0;
    double least = 0, most = 1, step = 1; // of a number
    int decimals = 0;
    const char* unit = "";
    std::vector<const char*> choices;
};

using OperationValues = std::vector<double>; // one for each field, in their order

/// What an operation is given besides its settings.
struct OperationContext {
    const score::Score& score;
    score::NoteIds notes;
    score::TrackId track{};
    score::Scale scale; // of the key in force at the first note
    score::Grid grid;   // of the roll
    score::IdMint& mint;
    score::Tick cursor{};     // where time is inserted
    score::TickRange range{}; // the selected time, else that of the selected notes; empty: none
};

/// One entry of the Notes menu: a function of engine/score/operations with a name and its settings. The table of
/// keys has a row of this id, and of `id`.settings where it has some.
struct Operation {
    const char* id;
    const char* group;   // the submenu
    const char* name;    // "Quantize"; also the name of the undo step
    const char* purpose; // one sentence
    bool atOnce;         // offered with its last settings too, where it has some
    std::vector<OperationField> fields;
    std::function<score::OperationResult(const OperationContext&, const OperationValues&)> run;
    bool isOfTime = false; // works on the time of all tracks, not on notes
};

/// All operations, in the order of the menus.
const std::vector<Operation>& operationTable();
/// Null where there is none of this id.
const Operation* findOperation(std::string_view id);
OperationValues initialValues(const Operation& operation);

} // namespace continuo::ui
