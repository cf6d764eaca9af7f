"""The command line: global options, commands loaded when they are called, and one way to tell what went wrong."""

import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise

import click

from pkui.base import settings
from pkui.base.errors import BadInput, PkuiError
from pkui.base.words import DEFAULT_LANGUAGE, N_, _, use_language
from pkui.cli.help import translate_help
from pkui.cli.opening import Program

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells expect it."""
UNEXPECTED = 3

_COMMANDS = {
    "demo": ("pkui.cli.demo:demo", N_("Open the workbench on made-up people.")),
    "queue": ("pkui.cli.queue:queue", N_("The queue in its order, and taking the next case.")),
    "case": ("pkui.cli.case:case", N_("Show, find and work a case.")),
    "day": ("pkui.cli.day:day", N_("Your day: what wants your attention, and the check before you go home.")),
    "sparring": (
        "pkui.cli.sparring:sparring",
        N_("Questions to colleagues, the lawyer and the fortnightly meeting."),
    ),
    "intake": ("pkui.cli.intake:intake", N_("Bring in enquiries, and see what could not be understood.")),
    "rights": ("pkui.cli.rights:rights", N_("Hints about a patient's rights.")),
    "callbacks": ("pkui.cli.callbacks:callbacks", N_("Calls inside the windows the patients chose.")),
    "providers": (
        "pkui.cli.providers:providers",
        N_("Places of treatment: the catalogue, and where to go."),
    ),
    "workload": ("pkui.cli.workload:workload", N_("Who carries what, and moving cases.")),
    "draft": ("pkui.cli.draft:draft", N_("Drafts: letters and messages that are not yet sent.")),
    "text": ("pkui.cli.text:text", N_("Templates of letters and messages.")),
    "phone": ("pkui.cli.phone:phone", N_("The phone book: departments, private hospitals, transport, interpreters.")),
    "staff": ("pkui.cli.staff:staff", N_("People, roles, teams, shifts and absences.")),
    "team": ("pkui.cli.team:team", N_("Teams and working groups, opened and closed by date.")),
    "settings": ("pkui.cli.settings:settings", N_("The office's dated settings.")),
    "crypto": ("pkui.cli.crypto:crypto", N_("Change the key of the sealed fields.")),
    "retention": ("pkui.cli.retention:retention", N_("What has been kept long enough, and anonymising it.")),
    "audit": ("pkui.cli.audit:audit", N_("The access log: rows, check, review, and a citizen's list.")),
    "sign-in": ("pkui.cli.sign_in:sign_in", N_("Sign in for commands.")),
    "sign-out": ("pkui.cli.sign_in:sign_out", N_("End the sign-ins of commands.")),
    "db": ("pkui.cli.db:db", N_("Make, upgrade and check the database.")),
    "keys": ("pkui.cli.keys:keys", N_("Every key and what it does.")),
    "dirs": ("pkui.cli.dirs:dirs", N_("Where pkui keeps its files.")),
    "doctor": ("pkui.cli.doctor:doctor", N_("Check whether this computer is ready for pkui.")),
}


class CommandLine(click.Group):
    """The commands by name; a module is loaded when its command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of a working day."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, taking --json and --plain like every other."""
        if cmd_name not in _COMMANDS:
            return None
        module, _colon, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        _accept_output_options(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with a line each, without loading any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(words)) for name, (_module, words) in _COMMANDS.items()])


def _accept_output_options(command: click.Command) -> None:
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _accept_output_options(one)
        return
    known = {name for parameter in command.params for name in parameter.opts}
    command.params += [option for option in _output_options() if option.opts[0] not in known]


def _output_options() -> list[click.Option]:
    return [
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=lambda ctx, _option, value: _choose(ctx, as_json=value),
            help=_("Print JSON and nothing else."),
        ),
        click.Option(
            ["--plain"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=lambda ctx, _option, value: _choose(ctx, plain=value),
            help=_("Print one line a row, without columns."),
        ),
    ]


def _choose(ctx: click.Context, *, as_json: bool = False, plain: bool = False) -> None:
    output = ctx.ensure_object(Program).output
    output.as_json |= as_json
    output.plain |= plain


def _show_version(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    if not value:
        return
    from importlib.metadata import version

    output = ctx.ensure_object(Program).output
    if output.as_json:
        output.data({"version": version("pkui")})
    else:
        output.lines([f"pkui {version('pkui')}"])
    ctx.exit()


def command_line() -> CommandLine:
    """The whole command line, its help in the language in use."""
    options = [
        click.Option(["--db"], metavar="URL", help=_("The database: sqlite:///FILE or postgresql://HOST/NAME.")),
        click.Option(["--as", "username"], metavar="USERNAME", help=_("Who acts, on a training database.")),
        click.Option(["--lang"], metavar="da|en", help=_("The language of every text.")),
        click.Option(
            ["--version"], is_flag=True, expose_value=False, callback=_show_version, help=_("Print the version.")
        ),
    ]
    return CommandLine(
        "pkui",
        callback=_start,
        params=[*options, *_output_options()],
        invoke_without_command=True,
        help=_("A workbench for the advisers of the office."),
    )


@click.pass_context
def _start(ctx: click.Context, db: str | None, username: str | None, lang: str | None) -> None:
    """Reads the settings of the run; without a command it opens the workbench."""
    program = ctx.ensure_object(Program)
    program.settings = settings.load(db=db, user=username, lang=lang)
    use_language(program.settings.lang)
    if ctx.invoked_subcommand is None:
        from pkui.app import run_workbench

        chosen = program.settings
        ctx.exit(run_workbench(chosen, url=chosen.url, username=chosen.user))


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit code: never a traceback, never a value that was typed."""
    program = Program()
    program.output.as_json = "--json" in arguments[: _end_of_options(arguments)]
    try:
        use_language(_language(arguments))
        translate_help()
        _require_text(arguments)
        code = _invoke(program, arguments)
        sys.stdout.flush()
        return code
    except PkuiError as error:
        return _tell(program, error)
    except (KeyboardInterrupt, click.Abort):
        _tell(program, BadInput("interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has had enough; the interpreter must not try to write the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        _tell(program, BadInput("internal", reference=_reference(error)))
        return UNEXPECTED


def _invoke(program: Program, arguments: Sequence[str]) -> int:
    """Runs the command. Click's own `main` is passed by: it answers a closed pipe and Ctrl-C in ways of its own."""
    line = command_line()
    try:
        with line.make_context("pkui", list(arguments), obj=program) as context:
            line.invoke(context)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        return _tell(program, _usage(error)) if program.as_json else _print_help(error)
    except click.ClickException as error:
        return _tell(program, _usage(error))
    return 0


def _reference(error: BaseException) -> str:
    """Where the log tells more; '-' where no log can be written, which must not hide what went wrong first."""
    from pkui.base.log import unexpected

    try:
        return unexpected(error)
    except OSError:
        return "-"


def _tell(program: Program, error: PkuiError) -> int:
    """One line on standard error, or one JSON object."""
    from pkui.base.words.errors import message

    sentence = message(error)
    if program.as_json:
        told = {"error": {"code": error.code, "message": sentence, "details": error.details}}
        sys.stderr.write(json.dumps(told, default=str) + "\n")
    else:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(f"pkui: {sentence}".encode(encoding, "backslashreplace").decode(encoding) + "\n")
    return error.exit_code


def _print_help(error: click.exceptions.NoArgsIsHelpError) -> int:
    """The help of a group that was called without a command, on standard error: nothing was done."""
    sys.stderr.write(error.format_message() + "\n")
    return BadInput.exit_code


def _usage(error: click.ClickException) -> PkuiError:
    """What was wrong with the command line, naming our own parts of it and nothing that was typed."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "pkui"
    match error:
        case click.MissingParameter():
            return BadInput("missing_parameter", command=command, parameter=_name(error.param))
        case click.BadParameter():
            return _bad_parameter(error, command)
        case click.NoSuchOption():
            return BadInput("no_such_option", command=command)
        case _:
            return BadInput("bad_usage", command=command)


def _bad_parameter(error: click.BadParameter, command: str) -> PkuiError:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        choices = ", ".join(str(choice) for choice in kind.choices)
        return BadInput("bad_choice", command=command, parameter=_name(error.param), choices=choices)
    return BadInput("bad_parameter", command=command, parameter=_name(error.param))


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return ""
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.make_metavar(_NO_CONTEXT)


_NO_CONTEXT = click.Context(click.Command("pkui"))


def _require_text(arguments: Sequence[str]) -> None:
    """Raises BadInput for bytes that are no UTF-8, which the interpreter hands on as lone surrogates."""
    try:
        "".join(arguments).encode()
    except UnicodeEncodeError as error:
        raise BadInput("not_text") from error


def _language(arguments: Sequence[str]) -> str:
    """The language before anything is read for good, so that help and mistakes of usage speak it too."""
    asked = [one.removeprefix("--lang=") for one in arguments if one.startswith("--lang=")]
    asked += [after for one, after in pairwise(arguments) if one == "--lang"]
    try:
        return settings.load(lang=asked[0] if asked else None).lang
    except BadInput:
        return DEFAULT_LANGUAGE


def _end_of_options(arguments: Sequence[str]) -> int:
    return arguments.index("--") if "--" in arguments else len(arguments)
