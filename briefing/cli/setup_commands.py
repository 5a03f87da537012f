"""``config``, ``themes``, ``completion``: print settings and where they come from, themes, shell completion."""

from difflib import get_close_matches

import click
from click.shell_completion import get_completion_class

from briefing.cli.command import WithExamples
from briefing.cli.failing import WRONG_SETUP, Failed, tell
from briefing.cli.options import with_globals
from briefing.cli.state import State


@click.command(
    cls=WithExamples,
    short_help="What is set, and from where.",
    examples=[
        "briefing config",
        "briefing config --init",
        '"$EDITOR" "$(briefing config --path)"',
    ],
)
@click.option("--path", "only_path", is_flag=True, help="Print where the settings file is, and end.")
@click.option("--init", is_flag=True, help="Write a first settings file, every setting explained and commented out.")
@with_globals
@click.pass_context
def config(ctx: click.Context, only_path: bool, init: bool) -> None:
    """Print every setting with its value, where that comes from, and what it does."""
    from briefing.cli.output import heading, styled, write
    from briefing.config import shown
    from briefing.paths import config_file

    if only_path:
        write(f"{config_file()}\n")
        return
    if init:
        _init()
        return
    state = ctx.ensure_object(State)
    loaded = state.loaded
    styled("dim", f"# {loaded.path}{'' if loaded.path.exists() else ' (not there yet: --init writes one)'}")
    for setting in loaded:
        write("\n")
        styled("dim", f"# {setting.help} [{setting.origin}]")
        value = f'"{state.library_address}"' if setting.name == "library" else shown(setting.value)
        heading(f"{setting.name} = {value}")


def _init() -> None:
    from briefing.cli.output import write
    from briefing.config import written
    from briefing.export import write_file
    from briefing.paths import config_file

    file = config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_file(file, written())
    except FileExistsError as error:
        raise Failed(f"{file} is there already and was left as it is") from error
    write(f"wrote {file}\n")


@click.command(
    cls=WithExamples,
    short_help="Themes of the reader.",
    examples=[
        "briefing themes",
    ],
)
@with_globals
@click.pass_context
def themes(ctx: click.Context) -> None:
    """List the themes of the reader, and what is wrong with those that cannot be used."""
    from briefing.cli.output import table
    from briefing.paths import theme_folders
    from briefing.tui.theming.theme_files import load_themes

    current = ctx.ensure_object(State).settings.theme
    found = load_themes(theme_folders())
    table(
        ["", "NAME", "KIND", "ABOUT"],
        [
            ("→" if name == current else "", name, "terminal" if theme.ansi else "dark" if theme.dark else "light",
             theme.about)
            for name, theme in found.files.items()
        ],
    )  # fmt: skip
    problems = [str(problem.message) for problem in found.problems]
    if current != "auto" and current not in found.files:
        problems.append(_no_such_theme(current, list(found.files)))
    for problem in problems:
        tell(problem)
    if problems:
        ctx.exit(WRONG_SETUP)


def _no_such_theme(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"the setting theme names '{name}', which is not there" + (f"; did you mean '{near[0]}'?" if near else "")


@click.command(
    cls=WithExamples,
    short_help="Completion for your shell.",
    examples=[
        'eval "$(briefing completion bash)"',
        "briefing completion fish > ~/.config/fish/completions/briefing.fish",
    ],
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that makes a shell complete commands, options and paths."""
    made = get_completion_class(shell)
    if made is None:
        raise Failed(f"no completion for {shell}")
    click.echo(made(ctx.find_root().command, {}, "briefing", "_BRIEFING_COMPLETE").source())
