// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/code_view.h"

#include "code/breakpoint_search.h"
#include "code/code_foot.h"
#include "code/program_document.h"
#include "code/program_files.h"
#include "code/source_view.h"
#include "machine/machine_history.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "program/assembler.h"

#include <QAction>
#include <QDropEvent>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextBlock>
#include <QVBoxLayout>
#include <algorithm>

namespace interleave {

namespace {

// Above this pace the text stays where it is: nobody reads a line that races by.
constexpr double followedSpeed = 8;

constexpr std::array faces{ProgramFace::Python, ProgramFace::Cpp, ProgramFace::Assembly};

int tabOf(ProgramFace face)
{
    return static_cast<int>(std::find(faces.begin(), faces.end(), face) - faces.begin());
}

BuiltIn programOf(Synchronisation synchronisation)
{
    switch (synchronisation) {
    case Synchronisation::None: break;
    case Synchronisation::Mutex: return BuiltIn::LockAroundIncrement;
    case Synchronisation::MutexCoarse: return BuiltIn::LockAroundLoop;
    case Synchronisation::Spinlock: return BuiltIn::TestAndTestAndSet;
    case Synchronisation::Cas: return BuiltIn::CompareAndSwap;
    case Synchronisation::Atomic: return BuiltIn::FetchAndAdd;
    case Synchronisation::Sharded: break;
    }
    return BuiltIn::UnlockedCounter;
}

} // namespace

// A program that is shown beside the document: that of the machine's run, or one that a run of the hardware corresponds
// to.
struct CodeView::Reading {
    const BuiltInProgram& builtIn;
    Program program;
    LoopLines lines;
    std::optional<Synchronisation> synchronisation; // none: a run of the machine
};

CodeView::CodeView(Playback& playback, Selection& selection, ProgramDocument& document, QWidget* parent)
    : QWidget(parent),
      m_playback(playback),
      m_selection(selection),
      m_document(document),
      m_files(new ProgramFiles(document, this)),
      m_search(new BreakpointSearch(this)),
      m_tabs(new QTabBar),
      m_stack(new QStackedWidget),
      m_reader(new SourceView(this)),
      m_editor(new SourceView(this)),
      m_foot(new CodeFoot)
{
    setAccessibleName(tr("Code"));
    setAcceptDrops(true);
    m_tabs->setObjectName(QStringLiteral("codeFaces"));
    m_tabs->setAccessibleName(tr("Faces of the program"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    for (const QString& name : {tr("Python"), tr("C++"), tr("assembly")})
        m_tabs->addTab(name);
    m_reader->setObjectName(QStringLiteral("codeReader"));
    m_editor->setObjectName(QStringLiteral("codeEditor"));
    m_editor->setEditable(true);
    m_stack->addWidget(m_reader);
    m_stack->addWidget(m_editor);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(m_stack, 1);
    column->addWidget(m_foot);

    createActions();
    takeLook();
    connectEverything();
    m_playback.setBarrier([this](Step from, Step to) { return barrier(from, to); });
    takeDocument();
}

CodeView::~CodeView()
{
    m_playback.setBarrier({});
}

void CodeView::createActions()
{
    const auto create = [this](const QString& text, const QString& explanation, const char* name,
                               void (CodeView::*slot)()) {
        auto* action = new QAction(text, this);
        action->setObjectName(QLatin1String(name));
        action->setStatusTip(explanation);
        action->setToolTip(explanation);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
        return action;
    };
    m_toggle = create(tr("Toggle &breakpoint"), tr("Sets or takes away a breakpoint at the line of the text cursor"),
                      "toggleBreakpoint", &CodeView::toggleBreakpoint);
    m_toggle->setShortcut(QKeySequence(Qt::Key_F9));
    m_runTo = create(tr("Run to the next &breakpoint"), tr("Goes to the next step at which a breakpoint is reached"),
                     "runToBreakpoint", &CodeView::runToBreakpoint);
    m_runTo->setShortcut(QKeySequence(Qt::Key_F8));
    m_clear = create(tr("C&lear breakpoints"), tr("Takes all breakpoints away"), "clearBreakpoints",
                     &CodeView::clearBreakpoints);
    m_clear->setEnabled(false);
    addActions({m_files->newAction(), m_files->openAction(), m_files->saveAction(), m_files->saveAsAction()});
}

void CodeView::fillBreakpointMenu(QMenu* menu) const
{
    menu->addActions({m_toggle, m_runTo, m_clear});
}

void CodeView::connectEverything()
{
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        if (!m_taking)
            setFace(faces[static_cast<std::size_t>(tab)]);
    });
    connect(&m_document, &ProgramDocument::replaced, this, &CodeView::takeDocument);
    connect(&m_document, &ProgramDocument::renamed, this, &CodeView::showFaces);
    connect(&m_document, &ProgramDocument::modifiedChanged, this, &CodeView::showName);
    connect(&m_document, &ProgramDocument::errorChanged, this, &CodeView::showError);
    connect(&m_document, &ProgramDocument::programChanged, this, [this] {
        if (m_document.program() && m_breakpoints.settle(*m_document.program()))
            breakpointsMoved();
        compare();
    });
    connect(&m_document, &ProgramDocument::edited, this, [this] {
        if (m_editor->source() != m_document.text())
            takeDocument();
        compare();
    });
    connect(m_editor->document(), &QTextDocument::contentsChange, this, &CodeView::takeEdit);

    connect(&m_playback, &Playback::historyChanged, this, [this] {
        m_search->cancel();
        compare();
        if (machine() && m_reading && !m_current)
            showDocument();
    });
    connect(&m_playback, &Playback::stepChanged, this, [this] {
        say({});
        showMarks();
        follow();
    });
    connect(&m_selection, &Selection::changed, this, &CodeView::showMarks);
    for (SourceView* view : {m_reader, m_editor}) {
        connect(view, &SourceView::breakpointAsked, this, &CodeView::toggleAt);
        connect(view, &SourceView::threadChosen, this, [this](ThreadIndex thread) {
            const bool same = m_selection.thread() == thread;
            m_selection.selectThread(same ? std::nullopt : std::optional(thread));
        });
    }
    connect(m_search, &BreakpointSearch::found, this, [this](Step step) {
        m_playback.pause();
        m_playback.setStep(step);
    });
    connect(m_search, &BreakpointSearch::foundNone, this,
            [this] { say(tr("No breakpoint is reached after this step.")); });
    connect(m_search, &BreakpointSearch::searchingChanged, this, [this](bool searching) {
        m_runTo->setText(searching ? tr("Stop looking for the &breakpoint") : tr("Run to the next &breakpoint"));
        showMessage();
    });
}

void CodeView::showHardware(Synchronisation synchronisation)
{
    read(builtInProgram(programOf(synchronisation)), synchronisation);
}

void CodeView::showBuiltIn(BuiltIn id)
{
    read(builtInProgram(id), std::nullopt);
}

void CodeView::read(const BuiltInProgram& program, std::optional<Synchronisation> synchronisation)
{
    AssemblyOptions options;
    options.extensions = true;
    auto assembled = assemble(program.assembly, options);
    if (!assembled)
        return;
    const LoopLines lines = LoopLines::of(*assembled, program.counter);
    m_reading = std::make_unique<Reading>(Reading{program, std::move(assembled).value(), lines, synchronisation});
    compare();
    showFaces();
}

void CodeView::showDocument()
{
    m_reading.reset();
    compare();
    showFaces();
}

std::shared_ptr<const MachineHistory> CodeView::machine() const
{
    return std::dynamic_pointer_cast<const MachineHistory>(m_playback.history());
}

const BuiltInProgram* CodeView::builtIn() const
{
    return m_reading ? &m_reading->builtIn : m_document.builtIn();
}

bool CodeView::hasFace(ProgramFace face) const
{
    return face == ProgramFace::Assembly || (builtIn() && !builtIn()->text(face).empty());
}

ProgramFace CodeView::face() const
{
    return hasFace(m_wanted) ? m_wanted : ProgramFace::Assembly;
}

void CodeView::setFace(ProgramFace face)
{
    m_wanted = face;
    showFaces();
}

bool CodeView::edits() const
{
    return !m_reading && face() == ProgramFace::Assembly;
}

SourceView& CodeView::source() const
{
    return edits() ? *m_editor : *m_reader;
}

// Another text altogether.
void CodeView::takeDocument()
{
    {
        const QScopedValueRollback taking(m_taking, true);
        FaceText text;
        text.text = m_document.text();
        m_editor->setSource(text, ProgramFace::Assembly);
        m_lines = m_editor->blockCount();
    }
    m_search->cancel();
    if (!m_breakpoints.isEmpty()) {
        m_breakpoints.clear();
        breakpointsMoved();
    }
    m_said.clear();
    showDocument();
    showError();
}

void CodeView::takeEdit(int position, int removed, int added)
{
    if (m_taking || (removed == 0 && added == 0))
        return;
    const int lines = m_editor->blockCount();
    const int by = lines - m_lines;
    m_lines = lines;
    const QString text = m_editor->source();
    // Colours change too, which is no edit.
    if (text == m_document.text())
        return;
    if (by != 0) {
        const QTextBlock block = m_editor->document()->findBlock(position);
        // What is put in at the start of a line pushes that line down.
        const bool atStart = by > 0 && position == block.position();
        if (m_breakpoints.shift(static_cast<std::uint32_t>(block.blockNumber() + (atStart ? 0 : 1)), by))
            breakpointsMoved();
    }
    m_said.clear();
    m_document.edit(text);
}

void CodeView::showFaces()
{
    const QScopedValueRollback taking(m_taking, true);
    for (const ProgramFace face : faces) {
        const bool there = hasFace(face);
        m_tabs->setTabEnabled(tabOf(face), there);
        m_tabs->setTabToolTip(tabOf(face), there       ? QString()
                                           : builtIn() ? tr("This program is written in assembly only.")
                                                       : tr("A program of your own is written in assembly."));
    }
    m_tabs->setCurrentIndex(tabOf(face()));
    showName();
    showSource();
}

void CodeView::showSource()
{
    const QString what = m_tabs->tabText(tabOf(face()));
    if (!edits()) {
        const Program* const program = m_reading ? &m_reading->program : m_document.program().get();
        m_numbers = runNumbers();
        m_face = program && builtIn() ? FaceText::of(*builtIn(), *program, face(), m_numbers) : FaceText();
        m_reader->setSource(m_face, face());
    }
    source().setAccessibleName(edits() ? tr("Source in assembly, to be edited") : tr("Source in %1").arg(what));
    m_stack->setCurrentWidget(&source());
    showMarks();
    showBreakpoints();
    follow();
}

void CodeView::compare()
{
    const auto run = machine();
    if (m_reading)
        m_current = m_reading->synchronisation ? m_playback.history() && !run
                                               : run && isSameProgram(run->program(), m_reading->program);
    else
        m_current = run && !m_document.isPending() && m_document.program()
                 && (run->sharedProgram() == m_document.program()
                     || isSameProgram(run->program(), *m_document.program()));
    if (!m_current)
        m_search->cancel();
    if (m_current) {
        m_reader->setThreads(m_playback.history()->threads());
        m_editor->setThreads(m_playback.history()->threads());
    }
    if (!edits() && m_numbers != runNumbers())
        showSource();
    showMarks();
    follow();
    showMessage();
}

// The text speaks of the run that is shown; of a program that was not run yet it says what it says.
std::optional<RunNumbers> CodeView::runNumbers() const
{
    if (!m_current || m_playback.history()->iterations() == 0)
        return std::nullopt;
    return RunNumbers{m_playback.history()->threads(), m_playback.history()->iterations()};
}

ThreadPlaces CodeView::places() const
{
    if (!m_current)
        return {};
    if (m_reading && m_reading->synchronisation)
        return placesIn(m_reading->lines, m_playback.state(), m_playback.lastEvent());
    const auto run = machine(); // none yet where the faces are shown before the history
    return run ? placesIn(*run, m_playback.step()) : ThreadPlaces{};
}

int CodeView::rowOf(std::uint32_t assemblyLine) const
{
    if (assemblyLine == 0)
        return -1;
    return edits() ? static_cast<int>(assemblyLine) - 1 : m_face.rowOf(assemblyLine).value_or(-1);
}

void CodeView::showMarks()
{
    const ThreadPlaces there = places();
    SourceMarks marks;
    for (const ThreadPlace& place : there.threads)
        if (const int row = rowOf(place.line); row >= 0)
            marks.chips.push_back({row, place.thread, place.phase});
    std::stable_sort(marks.chips.begin(), marks.chips.end(),
                     [](const auto& a, const auto& b) { return a.row < b.row; });
    marks.acting = there.acting;
    marks.executed = rowOf(there.executed);
    marks.selected = m_selection.thread();
    source().setMarks(std::move(marks));
}

void CodeView::follow()
{
    if (!m_current || (m_playback.isPlaying() && m_playback.speed() > followedSpeed))
        return;
    const SourceMarks& marks = source().marks();
    source().bringIntoSight(marks.executed >= 0 ? marks.executed : marks.rowOf(marks.acting));
}

void CodeView::showError()
{
    const auto& error = m_document.error();
    if (error && !m_document.isPending())
        m_editor->showError(static_cast<int>(error->line) - 1, m_document.errorColumn(),
                            QString::fromUtf8(error->word.data(), static_cast<qsizetype>(error->word.size())).size());
    else
        m_editor->showError(-1, 0, 0);
    showMessage();
}

QString CodeView::message() const
{
    if (!m_reading && m_document.error())
        return m_document.errorSentence();
    if (m_search->isSearching())
        return tr("Looking for the next breakpoint … F8 stops that.");
    if (!m_said.isEmpty())
        return m_said;
    if (m_reading)
        return m_reading->synchronisation == Synchronisation::Sharded
                 ? tr("On the hardware each thread counted in a variable of its own.")
                 : QString();
    if (m_current)
        return {};
    return machine() ? tr("Changed: press Run.") : tr("Not run yet: press Run.");
}

void CodeView::showMessage()
{
    m_foot->setMessage(message(), !m_reading && m_document.error().has_value());
}

void CodeView::say(const QString& sentence)
{
    if (m_said == sentence)
        return;
    m_said = sentence;
    showMessage();
}

void CodeView::showName()
{
    QString name = m_reading ? QString::fromLatin1(m_reading->builtIn.name.data(),
                                                   static_cast<qsizetype>(m_reading->builtIn.name.size()))
                             : m_document.name();
    if (!m_reading && m_document.isModified())
        name = tr("%1, not saved", "a program").arg(name);
    m_foot->setName(name, m_reading ? QString() : m_document.path());
}

void CodeView::takeLook()
{
    m_reader->takeLookOf(*this);
    m_editor->takeLookOf(*this);
}

void CodeView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        takeLook();
        showError();
    }
}

void CodeView::dragEnterEvent(QDragEnterEvent* event)
{
    if (ProgramFiles::canOpen(event->mimeData()))
        event->acceptProposedAction();
}

void CodeView::dropEvent(QDropEvent* event)
{
    if (m_files->openDropped(event->mimeData()))
        event->acceptProposedAction();
}

} // namespace interleave
