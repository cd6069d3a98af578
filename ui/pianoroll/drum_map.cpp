#include "ui/pianoroll/drum_map.h"

#include "engine/score/operations/drum_kit.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace continuo::ui {
namespace {

constexpr int kFirstOfLevel1 = 35, kLastOfLevel1 = 81;

bool isStandard(int key) { return key >= kFirstOfLevel1 && key <= kLastOfLevel1; }

} // namespace

DrumMap::DrumMap() { resetOrder(); }

void DrumMap::resetOrder() {
    order_.clear();
    PitchSet there;
    for (const auto& piece : score::DrumKit::standard().pieces()) {
        order_.push_back(static_cast<std::uint8_t>(piece.key));
        there.set(static_cast<std::size_t>(piece.key));
    }
    for (int key = 0; key < RowMap::kPitches; ++key)
        if (!there.test(static_cast<std::size_t>(key))) order_.push_back(static_cast<std::uint8_t>(key));
}

std::vector<std::uint8_t> DrumMap::rows(const PitchSet& used, bool onlyUsed) const {
    std::vector<std::uint8_t> rows;
    const bool all = !onlyUsed || used.none();
    for (const auto key : order_)
        if (!hidden_.test(key) && (used.test(key) || (all && isStandard(key)))) rows.push_back(key);
    return rows;
}

QString DrumMap::name(int key) const {
    const auto own = names_.find(key);
    return own != names_.end() ? own->second : QString::fromStdString(score::DrumKit::standard().name(key));
}

QString DrumMap::shortName(int key) const {
    if (const auto own = names_.find(key); own != names_.end()) return own->second;
    const auto* piece = score::DrumKit::standard().piece(key);
    return piece ? QString::fromStdString(piece->shortName) : QString::number(key);
}

void DrumMap::rename(int key, const QString& name) {
    const auto wanted = name.trimmed();
    if (wanted.isEmpty() || wanted == QString::fromStdString(score::DrumKit::standard().name(key)))
        names_.erase(key);
    else
        names_[key] = wanted;
}

void DrumMap::move(int key, int target) {
    const auto from = std::ranges::find(order_, key), to = std::ranges::find(order_, target);
    if (from == order_.end() || to == order_.end()) return;
    if (from < to)
        std::rotate(from, from + 1, to + 1);
    else
        std::rotate(to, from, from + 1);
}

QByteArray DrumMap::toJson() const {
    QJsonArray order, hidden;
    QJsonObject names;
    for (const auto key : order_) order.append(key);
    for (int key = 0; key < RowMap::kPitches; ++key)
        if (isHidden(key)) hidden.append(key);
    for (const auto& [key, name] : names_) names[QString::number(key)] = name;
    const QJsonObject all{
        {QStringLiteral("order"), order}, {QStringLiteral("hidden"), hidden}, {QStringLiteral("names"), names}};
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

DrumMap DrumMap::fromJson(const QByteArray& json) {
    DrumMap map;
    const auto object = QJsonDocument::fromJson(json).object();
    const auto order = object[QStringLiteral("order")].toArray();
    for (qsizetype i = order.size() - 1; i >= 0; --i) // the last one goes to the bottom first, then those before it
        if (const int key = order[i].toInt(-1); key >= 0 && key < RowMap::kPitches) map.move(key, map.order_.front());
    for (const auto& key : object[QStringLiteral("hidden")].toArray())
        if (key.toInt(-1) >= 0 && key.toInt() < RowMap::kPitches) map.hide(key.toInt());
    const auto names = object[QStringLiteral("names")].toObject();
    for (auto name = names.begin(); name != names.end(); ++name) {
        bool isNumber = false;
        const int key = name.key().toInt(&isNumber);
        if (isNumber && key >= 0 && key < RowMap::kPitches) map.rename(key, name.value().toString().left(40));
    }
    return map;
}

} // namespace continuo::ui
