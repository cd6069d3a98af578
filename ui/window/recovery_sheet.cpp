#include "ui/window/recovery_sheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/label.h"
#include "ui/widgets/score_thumbnail.h"
#include "ui/widgets/sheet.h"

#include <QDateTime>
#include <QFileInfo>
#include <QGridLayout>
#include <QLocale>

namespace continuo::ui {
namespace {

QString nameOf(const project::Leftover& leftover) {
    const auto piece = leftover.document.empty()
                           ? QObject::tr("Untitled piece")
                           : QFileInfo(QString::fromStdString(leftover.document.string())).completeBaseName();
    const auto when = QDateTime::fromMSecsSinceEpoch(leftover.lastChange);
    return QObject::tr("%1, %2").arg(piece, QLocale().toString(when, QLocale::ShortFormat));
}

/// The choice among the pieces, and the chosen one before and after.
class RecoveryView : public QWidget {
public:
    explicit RecoveryView(std::vector<project::Leftover> leftovers) : leftovers_(std::move(leftovers)) {
        auto* grid = new QGridLayout(this);
        grid->setContentsMargins(0, theme().px(6), 0, 0);
        grid->setSpacing(theme().px(6));
        choice_ = new ChoiceBox(tr("Piece"), this);
        for (const auto& leftover : leftovers_) choice_->addItem(nameOf(leftover));
        before_ = new ScoreThumbnail(tr("As it was opened or saved"), this);
        after_ = new ScoreThumbnail(tr("As it can be recovered"), this);
        facts_ = new Label({}, TextSize::Caption, Weight::Regular, ink::secondary, this);
        grid->addWidget(choice_, 0, 0, 1, 2);
        grid->addWidget(new Label(tr("As it was saved"), TextSize::Caption, Weight::Regular, ink::secondary, this), 1,
                        0);
        grid->addWidget(
            new Label(tr("As it can be recovered"), TextSize::Caption, Weight::Regular, ink::secondary, this), 1, 1);
        for (auto* picture : {before_, after_}) picture->setFixedHeight(theme().px(72));
        grid->addWidget(before_, 2, 0);
        grid->addWidget(after_, 2, 1);
        grid->addWidget(facts_, 3, 0, 1, 2);
        connect(choice_, &ChoiceBox::currentIndexChanged, this, &RecoveryView::show);
        show();
    }

    const project::Leftover& chosen() const {
        return leftovers_[static_cast<std::size_t>(std::max(0, choice_->currentIndex()))];
    }

private:
    void show() {
        const auto recovered = project::recover(chosen().file);
        if (!recovered) return facts_->setText(QString::fromStdString(recovered.error().message));
        before_->setScore(recovered->before);
        after_->setScore(recovered->after);
        auto facts = tr("%n steps, the last: %1", nullptr, static_cast<int>(recovered->steps.size()))
                         .arg(recovered->steps.empty() ? tr("none") : QString::fromStdString(recovered->steps.back()));
        if (recovered->cutOff) facts += QStringLiteral(". ") + QString::fromStdString(recovered->cutOff->message);
        facts_->setText(facts);
    }

    std::vector<project::Leftover> leftovers_;
    ChoiceBox* choice_;
    ScoreThumbnail *before_, *after_;
    Label* facts_;
};

} // namespace

void offerRecovery(QWidget& window, RecoveryKeeper& keeper) {
    auto leftovers = keeper.leftovers();
    if (leftovers.empty()) return;
    auto* view = new RecoveryView(std::move(leftovers));
    const auto open = [&window, &keeper, view] {
        if (const auto opened = keeper.open(view->chosen()); !opened)
            Sheet::tell(window, errorText(QObject::tr("This piece was not recovered"), opened.error().message));
    };
    const auto drop = [&window, view] {
        if (const auto gone = project::discard(view->chosen().file); !gone)
            Sheet::tell(window, errorText(QObject::tr("The recovery file stays"), gone.error().message));
    };
    Sheet::show(
        window,
        {QStringLiteral("warning"),
         QObject::tr("There is work that was not saved"),
         {QObject::tr("The studio ended before it could be saved. The recovered piece opens as a copy without a "
                      "file; nothing is overwritten.")},
         {},
         view},
        {{QObject::tr("Later"), ButtonKind::Plain, {}, false, true},
         {QObject::tr("Throw it away"), ButtonKind::Danger, drop},
         {QObject::tr("Open the copy"), ButtonKind::Primary, open, true}});
}

} // namespace continuo::ui
