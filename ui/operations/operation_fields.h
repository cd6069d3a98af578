#pragma once

#include "ui/operations/operation_table.h"

/// Short words for the rows of the table.
namespace continuo::ui::field {

inline OperationField number(const char* label, double initial, double least, double most, double step = 1,
                             const char* unit = "", int decimals = 0) {
    return {OperationField::Kind::Number, label, initial, least, most, step, decimals, unit, {}};
}

inline OperationField percent(const char* label, double initial, double most = 100) {
    return number(label, initial, 0, most, 1, "%");
}

inline OperationField choice(const char* label, std::vector<const char*> choices, int initial = 0) {
    return {OperationField::Kind::Choice, label, static_cast<double>(initial), 0, 1, 1, 0, "", std::move(choices)};
}

inline OperationField onOff(const char* label, bool initial) {
    return {OperationField::Kind::Switch, label, initial ? 1.0 : 0.0};
}

inline OperationField seed() { return number("Seed", 1, 1, 999999); }

/// The grids that fields offer; "As the roll" first.
OperationField grid(const char* label = "Grid", int initial = 0);
score::Grid gridOf(double value, const OperationContext& context);

inline bool isOn(double value) { return value != 0; }
inline int whole(double value) { return static_cast<int>(value); }
inline double part(double percent) { return percent / 100; }

/// Groups of rows, one file each.
std::vector<Operation> timeOperations();
std::vector<Operation> divideOperations();
std::vector<Operation> pitchOperations();
std::vector<Operation> figureOperations();
std::vector<Operation> velocityOperations();
std::vector<Operation> cleaningOperations();
std::vector<Operation> trackOperations();
std::vector<Operation> timeRangeOperations();

} // namespace continuo::ui::field
