#include "ui/theme/style_sheet.h"

#include "ui/theme/theme_reader.h"

#include <QRegularExpression>

namespace continuo::ui {

namespace {

std::optional<QString> meaning(const QString& name, const Theme& theme) {
    if (const auto colour = namedColour(theme, name)) return colour->name();
    bool isLength = false;
    const auto length = name.endsWith("px") ? name.chopped(2).toDouble(&isLength) : 0.0;
    if (isLength) return QString("%1px").arg(theme.px(length));
    return std::nullopt;
}

} // namespace

base::Result<QString> filledStyleSheet(const QString& sheet, const Theme& theme) {
    static const QRegularExpression placeholder("\\{([A-Za-z0-9.]+)\\}");
    QString filled;
    qsizetype done = 0;
    for (auto found = placeholder.globalMatch(sheet); found.hasNext();) {
        const auto match = found.next();
        const auto value = meaning(match.captured(1), theme);
        if (!value)
            return base::failure(base::ErrorCode::FileMalformed,
                                 "no token is called '" + match.captured(1).toStdString() + "'");
        filled += sheet.mid(done, match.capturedStart() - done) + *value;
        done = match.capturedEnd();
    }
    return filled + sheet.mid(done);
}

} // namespace continuo::ui
