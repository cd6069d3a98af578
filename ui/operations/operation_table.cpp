#include "ui/operations/operation_table.h"

#include "ui/operations/operation_fields.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace continuo::ui {
namespace field {
namespace {

struct NamedGrid {
    const char* name;
    score::Grid grid;
};

const std::vector<NamedGrid>& grids() {
    using score::Grid;
    static const std::vector<NamedGrid> all{{"As the roll", {}},
                                            {"1/4", Grid::of(4)},
                                            {"1/8", Grid::of(8)},
                                            {"1/16", Grid::of(16)},
                                            {"1/32", Grid::of(32)},
                                            {"1/64", Grid::of(64)},
                                            {"1/4 triplet", Grid::tupletOf(4, 3)},
                                            {"1/8 triplet", Grid::tupletOf(8, 3)},
                                            {"1/16 triplet", Grid::tupletOf(16, 3)},
                                            {"1/16 quintuplet", Grid::tupletOf(16, 5)},
                                            {"1/8 dotted", Grid::dottedOf(8)},
                                            {"Bar", {.bars = 1}}};
    return all;
}

} // namespace

OperationField grid(const char* label, int initial) {
    std::vector<const char*> names;
    for (const auto& named : grids()) names.push_back(named.name);
    return choice(label, std::move(names), initial);
}

score::Grid gridOf(double value, const OperationContext& context) {
    const auto index = static_cast<std::size_t>(value);
    return index == 0 || index >= grids().size() ? context.grid : grids()[index].grid;
}

} // namespace field

const std::vector<Operation>& operationTable() {
    static const auto all = [] {
        std::vector<Operation> table;
        for (auto group : {field::timeOperations(), field::divideOperations(), field::pitchOperations(),
                           field::figureOperations(), field::velocityOperations(), field::cleaningOperations(),
                           field::trackOperations(), field::timeRangeOperations()})
            table.insert(table.end(), std::make_move_iterator(group.begin()), std::make_move_iterator(group.end()));
        return table;
    }();
    return all;
}

const Operation* findOperation(std::string_view id) {
    const auto& table = operationTable();
    const auto found = std::ranges::find(table, id, [](const Operation& row) { return std::string_view(row.id); });
    return found == table.end() ? nullptr : &*found;
}

OperationValues initialValues(const Operation& operation) {
    OperationValues values;
    for (const auto& one : operation.fields) values.push_back(one.initial);
    return values;
}

} // namespace continuo::ui
